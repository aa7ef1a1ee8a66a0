import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let changePoint = AggregateFunction(
    "change_point",
    summary: "When `x` changed its level most, in the order of `by`: a record with an interval.",
    details: """
      Use it to date a change that is known to be there. The fields: `at`, the first `by` of the \
      new level; `low` and `high`, between which it lies with about 95 % certainty; `before` and \
      `after`, the medians; `mean_before` and `mean_after`; `p_value`, whether there is a change \
      at all; `n`. By ranks, so that no outlier moves it; one change is assumed. Rows where `x` is \
      null or NaN or `by` is null are left out. Null for fewer than two rows and where `x` is \
      constant. Cite Pettitt (1979); for the interval Bai (1997), applied to the ranks.
      """,
    overloads: [TypePattern.timestamp, .number].map { pattern in
      Overload(
        [Parameter("x", .float), Parameter("by", pattern)],
        result: .computed { ChangePointAccumulator.resultType($0[1]) }, skipsNullsOf: [0, 1]
      ) { setup in ChangePointAccumulator(setup) }
    },
    examples: [
      Example(
        "table(map(range(0, 60), fn (i) => {i: i, x: if i < 40 then i % 3 else 5 + i % 3})) | summarize change_point(x, i)",
        #"{"at":40,"low":38,"high":42,"before":1.0,"after":6.0,"mean_before":0.975,"mean_after":6.05,"p_value":5.091075610962779e-08,"n":60}"#
      ),
      Example(
        "table([{x: null, t: @2026-11-01}, {x: nan, t: @2026-11-02}]) | summarize change_point(x, t)",
        "null"),
      Example("table([{x: 1, i: 1}]) | where x > 1 | summarize change_point(x, i)", "null"),
      Example(
        #"table([{x: "a", i: 1}]) | summarize change_point(x, i)"#,
        "error: `x` of `change_point` must be float, and this is string"),
    ])
}

/// Keeps the values of each group with their places in the order.
final class ChangePointAccumulator: Accumulator {
  /// The record for an order of a type.
  static func resultType(_ order: DataType) -> DataType {
    .record([
      DataType.Field("at", order), DataType.Field("low", order), DataType.Field("high", order),
      DataType.Field("before", .float), DataType.Field("after", .float),
      DataType.Field("mean_before", .float), DataType.Field("mean_after", .float),
      DataType.Field("p_value", .float), DataType.Field("n", .int),
    ])
  }

  private struct Entry: BitwiseCopyable {
    /// The bits of the place: of a double, or an integer.
    var place: Int
    var value: Double
  }

  private let type: DataType
  private let isFloat: Bool
  private var entries = GroupChunks<Entry>()

  init(_ setup: AggregateSetup) {
    type = setup.resultType
    isFloat = setup.types[1] == .float
  }

  func resize(groupCount: Int) { entries.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    let values = input.columns[0].doubles()
    let places = isFloat ? Values<Int>([]) : input.columns[1].integers()
    let numbers = isFloat ? input.columns[1].doubles() : Values<Double>([])
    for row in 0..<input.count where !values[row].isNaN {
      if isFloat, numbers[row].isNaN { continue }
      let place = isFloat ? Int(bitPattern: UInt(numbers[row].bitPattern)) : places[row]
      entries.append(
        Entry(place: place, value: values[row]), to: input.groups.map { Int($0[row]) } ?? 0)
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? ChangePointAccumulator else { return }
    entries.merge(other.entries, groups: groups)
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return Column((0..<groupCount).map(result), type: type)
  }

  private func result(of group: Int) -> Value {
    guard case .record(let fields) = type else { return .null }
    let copy = entries.copy(of: group)
    defer { copy.deallocate() }
    let sorted = copy.enumerated().sorted { a, b in
      if isBefore(a.element, b.element) { return true }
      return !isBefore(b.element, a.element) && a.offset < b.offset
    }.map(\.element)
    let values = sorted.map(\.value)
    guard let change = values.withUnsafeBufferPointer({ ChangePoint($0) }) else { return .null }
    let parts: [Value] = [
      place(sorted[change.index]), place(sorted[change.low]), place(sorted[change.high]),
      .float(median(values[..<change.index])), .float(median(values[change.index...])),
      .float(mean(values[..<change.index])), .float(mean(values[change.index...])),
      .float(change.pValue), .int(values.count),
    ]
    return .record(zip(fields, parts).map { Value.RecordField($0.name, $1) })
  }

  private func isBefore(_ a: Entry, _ b: Entry) -> Bool {
    isFloat ? number(a) < number(b) : a.place < b.place
  }

  /// The place of an entry where it is a float.
  private func number(_ entry: Entry) -> Double {
    Double(bitPattern: UInt64(UInt(bitPattern: entry.place)))
  }

  private func place(_ entry: Entry) -> Value {
    guard case .record(let fields) = type else { return .null }
    switch fields[0].type {
    case .timestamp: return .timestamp(entry.place)
    case .float: return .float(number(entry))
    default: return .int(entry.place)
    }
  }

  private func mean(_ values: ArraySlice<Double>) -> Double {
    var moments = Moments()
    for value in values { moments.add(value) }
    return moments.mean
  }

  private func median(_ values: ArraySlice<Double>) -> Double {
    var copy = Array(values)
    return copy.withUnsafeMutableBufferPointer { selectQuantile($0, 0.5) }
  }
}
