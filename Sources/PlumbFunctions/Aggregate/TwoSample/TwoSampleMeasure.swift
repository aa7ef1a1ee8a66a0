import PlumbColumns
import PlumbStatistics

/// What an aggregate of two samples computes: of numbers, of categories, or of both. Absent where
/// nothing can be said, such as of an empty sample.
struct TwoSampleMeasure: Sendable {
  var numbers: (@Sendable (NumberInput) -> Double?)?
  var categories: (@Sendable (CountPair) -> Double?)?

  /// Two samples of numbers as measures see them.
  struct NumberInput {
    let pair: SortedPair
    /// The bins of what is binned.
    let bins: Int
    /// The rows without a finite number in each sample, where they are a bin of their own.
    let missing: (reference: Int, current: Int)?

    /// The counts in bins that hold equal shares of the reference, with one more for missing
    /// rows; absent when a sample has no number.
    var binned: CountPair? {
      guard !pair.isLacking else { return nil }
      let counts = BinEdges.quantiles(of: pair.reference, bins: bins).counts(of: pair)
      guard let missing else { return counts }
      return counts.appending(reference: missing.reference, current: missing.current)
    }
  }

  /// A measure of the shares of bins or categories.
  static func ofShares(_ measure: @escaping @Sendable (SharePair) -> Double) -> TwoSampleMeasure {
    TwoSampleMeasure(
      numbers: { $0.binned?.shares.map(measure) }, categories: { $0.shares.map(measure) })
  }

  /// A measure of two distribution functions.
  static func ofNumbers(_ measure: @escaping @Sendable (SortedPair) -> Double?) -> TwoSampleMeasure
  {
    TwoSampleMeasure(numbers: { measure($0.pair) })
  }

  /// A measure of how often categories occur; numbers are categories too.
  static func ofCategories(
    _ measure: @escaping @Sendable (CountPair) -> Double?
  ) -> TwoSampleMeasure {
    TwoSampleMeasure(categories: measure)
  }
}

extension AggregateFunction {
  /// An aggregate over a column and a bool that parts its rows.
  static func twoSample(
    _ name: String, summary: String, details: String, isBinned: Bool = false,
    _ measure: TwoSampleMeasure, examples: [Example]
  ) -> AggregateFunction {
    let split = Parameter("split", .bool)
    let bins = Parameter("bins", .int, default: .int(10), isConstant: true)
    let missing = Parameter("missing", .bool, default: .bool(false), isConstant: true)
    var overloads: [Overload] = []
    if let numbers = measure.numbers {
      overloads.append(
        Overload(
          [Parameter("x", .quantity), split] + (isBinned ? [bins, missing] : []),
          result: .always(.float), skipsNullsOf: [1], sharing: .samples
        ) { (setup) throws(FunctionError) in
          let count = isBinned ? try setup.integer(2, "bins", in: 2...1000) : 10
          return NumberSamplesAccumulator(
            setup,
            .init(
              bins: count, countsMissing: setup.constants[3] == .bool(true), measure: numbers))
        })
    }
    if let categories = measure.categories {
      overloads.append(
        Overload(
          [Parameter("x", .any), split] + (isBinned ? [missing] : []), result: .always(.float),
          skipsNullsOf: [1], sharing: .categories
        ) { setup in
          CategorySamplesAccumulator(
            setup, .init(countsMissing: setup.constants[2] == .bool(true), measure: categories))
        })
    }
    return AggregateFunction(
      name, summary: summary, details: details, overloads: overloads, examples: examples)
  }

  /// What all details say of the split and of the rows left out.
  static let splitDetails = """
    `split` says where a row belongs: `true` to the current sample, `false` to the reference, null \
    to neither.
    """
}
