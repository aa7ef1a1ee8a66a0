/// The names of the built-in stages: keywords after `|`, names everywhere else.
package enum StageKeyword: String, Sendable, CaseIterable {
  case asof, count, derive, describe, distinct, drift, drop, explode, fill, join, lookup, pareto
  case pivot, plot, rename, sample, save, select, skip, sort, summarize, tail, take, top, union
  case unpivot, `where`, window

  /// The options (`NAME = VALUE`) that the stage takes; nil when the parser cannot know them all.
  package var options: [String]? {
    switch self {
    case .asof: ["direction", "tolerance", "suffix"]
    case .drift: ["method", "like", "alpha", "threshold", "bins", "correction", "minimum"]
    case .join, .lookup: ["suffix"]
    case .sample: ["seed"]
    case .save: ["by", "compression"]
    case .plot: nil
    default: []
    }
  }

  /// The words that begin a clause of the stage.
  package var clauses: [String] {
    switch self {
    case .asof: ["on", "by"]
    case .drift: ["on", "by", "over", "every"]
    case .fill: ["every", "by"]
    case .join, .lookup: ["on"]
    case .pivot: ["by", "in", "per"]
    case .summarize: ["by"]
    case .top: ["by", "per", "with"]
    case .unpivot: ["into"]
    case .window: ["by", "sort", "rows"]
    default: []
    }
  }
}
