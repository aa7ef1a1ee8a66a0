import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let psiBins = AggregateFunction(
    "psi_bins",
    summary: "The bins or categories of `psi`: a list of records with what each adds to it.",
    details: """
      Use it to see which bins carry a `psi`. The fields: `bin`, its text; `low` and `high`, a \
      number's bounds (low excluded, high included; null where open and for categories); \
      `n_reference`, `n_current`, `share_reference`, `share_current`, `change` (the difference of \
      the shares), and `psi`, which adds up to that of the feature. Missing rows are a bin unless \
      `missing = false`. Null when a sample is empty. Cite Siddiqi (2006), "Credit Risk \
      Scorecards". \
      \(splitDetails)
      """,
    overloads: [
      Overload(
        [
          Parameter("x", .quantity), Parameter("split", .bool), .constant("bins", 10),
          Parameter("missing", .bool, default: .bool(true), isConstant: true),
        ], result: .always(PsiBinsAccumulator.resultType), skipsNullsOf: [1]
      ) { (setup) throws(FunctionError) in
        PsiBinsAccumulator(
          setup, bins: try setup.integer(2, "bins", in: 2...1000),
          countsMissing: setup.constants[3] == .bool(true))
      },
      Overload(
        [
          Parameter("x", .any), Parameter("split", .bool), .constant("bins", 10),
          Parameter("missing", .bool, default: .bool(true), isConstant: true),
        ], result: .always(PsiBinsAccumulator.resultType), skipsNullsOf: [1]
      ) { setup in
        PsiBinsAccumulator(setup, bins: nil, countsMissing: setup.constants[3] == .bool(true))
      },
    ],
    examples: [
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize psi_bins(x, split = c)"#,
        #"[{"bin":"a","low":null,"high":null,"n_reference":1,"n_current":0,"share_reference":0.5,"share_current":0.0,"change":-0.5,"psi":4.257744876388977},{"bin":"b","low":null,"high":null,"n_reference":1,"n_current":2,"share_reference":0.5,"share_current":1.0,"change":0.5,"psi":0.34657359027997264}]"#
      ),
      Example(
        "table([{x: 1, c: false}, {x: 3, c: false}, {x: 3, c: true}, {x: null, c: true}]) | summarize psi_bins(x, c, bins = 2)",
        #"[{"bin":"<= 2.0","low":null,"high":2.0,"n_reference":1,"n_current":0,"share_reference":0.5,"share_current":0.0,"change":-0.5,"psi":4.257744876388977},{"bin":"> 2.0","low":2.0,"high":null,"n_reference":1,"n_current":1,"share_reference":0.5,"share_current":0.5,"change":0.0,"psi":0.0},{"bin":"missing","low":null,"high":null,"n_reference":0,"n_current":1,"share_reference":0.0,"share_current":0.5,"change":0.5,"psi":4.257744876388977}]"#
      ),
      Example("table([{x: nan, c: true}]) | summarize psi_bins(x, c)", "null"),
      Example("table([{x: 1, c: true}]) | where x > 1 | summarize psi_bins(x, c)", "null"),
      Example(
        "table([{x: 1, c: 1}]) | summarize psi_bins(x, c)",
        "error: `split` of `psi_bins` must be bool, and this is int"),
    ])
}

/// Keeps both samples of each group and bins them at the end.
final class PsiBinsAccumulator: Accumulator {
  static let binType = DataType.record([
    DataType.Field("bin", .string), DataType.Field("low", .float), DataType.Field("high", .float),
    DataType.Field("n_reference", .int), DataType.Field("n_current", .int),
    DataType.Field("share_reference", .float), DataType.Field("share_current", .float),
    DataType.Field("change", .float), DataType.Field("psi", .float),
  ])
  static let resultType = DataType.list(binType)

  private let numbers: NumberSamplesAccumulator?
  private let categories: CategorySamplesAccumulator?
  private let bins: Int
  private let countsMissing: Bool

  /// `bins`: how many for a number; absent for categories.
  init(_ setup: AggregateSetup, bins: Int?, countsMissing: Bool) {
    numbers =
      bins == nil
      ? nil
      : NumberSamplesAccumulator(
        setup, .init(bins: 10, countsMissing: false, measure: { _ in nil }))
    categories =
      bins == nil
      ? CategorySamplesAccumulator(setup, .init(countsMissing: false, measure: { _ in nil })) : nil
    self.bins = bins ?? 10
    self.countsMissing = countsMissing
  }

  func resize(groupCount: Int) {
    numbers?.resize(groupCount: groupCount)
    categories?.resize(groupCount: groupCount)
  }

  func update(_ input: AccumulatorInput) {
    numbers?.update(input)
    categories?.update(input)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? PsiBinsAccumulator else { return }
    if let theirs = other.numbers { numbers?.merge(theirs, groups: groups) }
    if let theirs = other.categories { categories?.merge(theirs, groups: groups) }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    let lists: [[Value]?]
    if let numbers {
      lists = (0..<groupCount).map { numberBins(numbers, $0, groupCount) }
    } else {
      lists = categories?.categories(groupCount).map(categoryBins) ?? []
    }
    return Column(
      lists.map { $0.map { .list($0, element: Self.binType) } ?? .null }, type: Self.resultType)
  }

  private func numberBins(
    _ accumulator: NumberSamplesAccumulator, _ group: Int, _ groupCount: Int
  ) -> [Value]? {
    let (reference, current) = accumulator.samples(of: group, groupCount)
    let pair = SortedPair(reference, current)
    defer { withExtendedLifetime((reference, current)) {} }
    guard !pair.isLacking else { return nil }
    let edges = BinEdges.quantiles(of: pair.reference, bins: bins)
    let bounds: [(low: Double?, high: Double?)] = (0..<edges.binCount).map {
      ($0 == 0 ? nil : edges.edges[$0 - 1], $0 < edges.edges.count ? edges.edges[$0] : nil)
    }
    let labels = bounds.map { low, high in
      switch (low, high) {
      case (nil, let high?): "<= \(high)"
      case (let low?, nil): "> \(low)"
      case (let low?, let high?): "\(low) < x <= \(high)"
      case (nil, nil): "all"
      }
    }
    return rows(
      edges.counts(of: pair), labels, bounds, missing: reference.rowCount - reference.count,
      current.rowCount - current.count)
  }

  private func categoryBins(_ found: CategorySamplesAccumulator.Categories) -> [Value]? {
    guard !found.counts.isLacking else { return nil }
    return rows(
      found.counts, found.values.map(plainText), nil, missing: found.missingReference,
      found.missingCurrent)
  }

  private func rows(
    _ counts: CountPair, _ labels: [String], _ bounds: [(low: Double?, high: Double?)]?,
    missing reference: Int, _ current: Int
  ) -> [Value] {
    var (counts, labels) = (counts, labels)
    if countsMissing, reference + current > 0 {
      counts = counts.appending(reference: reference, current: current)
      labels.append("missing")
    }
    guard let shares = counts.shares, case .record(let fields) = Self.binType else { return [] }
    let floored = shares.floored(at: shareFloor)
    return labels.indices.map { index in
      let bound = bounds.flatMap { index < $0.count ? $0[index] : nil }
      let one = SharePair(
        reference: [floored.reference[index]], current: [floored.current[index]])
      let parts: [Value] = [
        .string(labels[index]), bound?.low.map { .float($0) } ?? .null,
        bound?.high.map { .float($0) } ?? .null, .int(counts.reference[index]),
        .int(counts.current[index]), .float(shares.reference[index]),
        .float(shares.current[index]),
        .float(shares.current[index] - shares.reference[index]), .float(one.stabilityIndex),
      ]
      return .record(zip(fields, parts).map { Value.RecordField($0.name, $1) })
    }
  }
}
