import PlumbStatistics

/// A way to compare a feature's two samples: the definition from which the `drift` stage, its
/// help and its checks work.
package struct DriftMethod: Sendable {
  package let name: String
  /// Other names under which it is known.
  package let aliases: [String]
  /// One sentence: what it compares.
  package let summary: String
  /// What decides unless a threshold is given.
  package let limit: Limit
  /// Whether it says what level unchanged samples stay below.
  package let knowsUnchangedLevel: Bool
  /// How it compares numbers; absent when it takes each distinct number for a category.
  let numbers: Numbers?
  let categories: (@Sendable (CountPair) -> Measured?)?

  /// What a method needs of two samples of numbers.
  enum Numbers: Sendable {
    /// How many lie in bins cut at the reference's quantiles.
    case bins(@Sendable (CountPair, BinEdges) -> Measured?)
    /// The two distribution functions, for which quantiles are enough.
    case distributions(@Sendable (SortedPair) -> Measured?)
    /// All values.
    case values(@Sendable (SortedPair) -> Measured?)
    /// The values of all features together, row by row.
    case rows(@Sendable (MaximumMeanDiscrepancy) -> Measured)
  }

  /// The limit from which a feature counts as drifted.
  package enum Limit: Sendable, Equatable {
    /// The p-value below `alpha`.
    case alpha
    /// The p-value below a limit of its own, or at it if that counts.
    case pValue(Double, orAt: Bool)
    /// The statistic at or above a limit.
    case statistic(Double)
    /// The statistic above a limit.
    case above(Double)
    /// None: what counts depends on the feature's unit.
    case none
  }

  /// What a method found.
  package struct Measured: Sendable {
    var statistic: Double?
    var pValue: Double?
    var unchangedPSI: Double?
    var recipe: String
    var notes: [String] = []

    init(
      _ statistic: Double?, pValue: Double? = nil, unchangedPSI: Double? = nil, recipe: String,
      notes: [String] = []
    ) {
      self.statistic = statistic
      self.pValue = pValue
      self.unchangedPSI = unchangedPSI
      self.recipe = recipe
      self.notes = notes
    }
  }

  init(
    _ name: String, aliases: [String] = [], summary: String, limit: Limit,
    knowsUnchangedLevel: Bool = false, numbers: Numbers? = nil,
    categories: (@Sendable (CountPair) -> Measured?)? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.limit = limit
    self.knowsUnchangedLevel = knowsUnchangedLevel
    self.numbers = numbers
    self.categories = categories
  }

  /// Whether the method can do with the quantiles of a profile.
  var takesProfiles: Bool {
    switch numbers {
    case .bins, .distributions: true
    case .values, .rows, nil: false
    }
  }

  /// Whether the method goes by a name.
  package func answers(to name: String) -> Bool { self.name == name || aliases.contains(name) }

  /// The distinct numbers that may be taken as categories.
  static let categoryLimit = 1000

  /// What the method makes of numbers: one of categories takes each distinct number as one.
  func measure(_ pair: SortedPair, bins: Int) -> Measured? {
    switch numbers {
    case .bins(let measure):
      let edges = BinEdges.quantiles(of: pair.reference, bins: bins)
      return measure(edges.counts(of: pair), edges)
    case .distributions(let measure), .values(let measure): return measure(pair)
    case .rows: return nil
    case nil:
      return categories.flatMap { categories in
        pair.distinctCounts(limit: Self.categoryLimit).flatMap { categories($0.counts) }
      }
    }
  }

  func rule(alpha: Double, threshold: Double?) -> DriftRule {
    switch limit {
    case .alpha: .pValue(below: threshold ?? alpha, orAt: false)
    case .pValue(let own, let orAt): .pValue(below: threshold ?? own, orAt: orAt)
    case .statistic(let own): .statistic(from: threshold ?? own)
    case .above(let own): .statisticAbove(threshold ?? own)
    case .none: threshold.map { .statistic(from: $0) } ?? .none
    }
  }

  /// Why there is no verdict where the method has no limit.
  var noLimitNote: String { "`\(name)` has no limit of its own: give `threshold`" }
}
