package import PlumbSyntax

/// The stages. A new one is a file here, a case of `StageKeyword`, and a line below.
extension StageKeyword {
  /// What help and the reference say of the stage; nil for those that are read and not yet run.
  package var definition: LanguageDefinition? {
    switch self {
    case .asof: .asof
    case .count: .count
    case .derive: .derive
    case .describe: .describe
    case .distinct: .distinct
    case .drift: nil
    case .drop: .drop
    case .explode: .explode
    case .fill: .fill
    case .join: .join
    case .lookup: .lookup
    case .pareto: .pareto
    case .pivot: .pivot
    case .plot: .plot
    case .rename: .rename
    case .sample: .sample
    case .save: .save
    case .select: .select
    case .skip: .skip
    case .sort: .sort
    case .summarize: .summarize
    case .tail: .tail
    case .take: .take
    case .top: .top
    case .union: .union
    case .unpivot: .unpivot
    case .where: .where
    case .window: .window
    }
  }
}

/// The definitions of the stages.
package enum StageCatalog {
  /// The topics, in the order in which lists show them.
  package static let topics = ["rows", "columns", "groups", "tables", "shape", "results"]

  /// The stages that run, by topic, then name.
  package static let all: [LanguageDefinition] = topics.flatMap { topic in
    StageKeyword.allCases.compactMap(\.definition).filter { $0.topic == topic }
  }
}
