import PlumbColumns

extension WindowFunction {
  static let lag = WindowFunction(
    "lag",
    summary: "The value of `x` so many rows before, in the order of the window.",
    details: """
      `default` where there is no such row in the group. A negative `n` looks ahead, as `lead` \
      does.
      """,
    overloads: [
      Overload(shiftParameters, result: .sameAs(0)) { (call) throws(FunctionError) in
        try call.shifted(by: call.constantInt(1, "n"))
      }
    ],
    examples: [
      Example("table([{x: 1}, {x: 2}]) | window y = lag(x) | tail 1 | select y", "1"),
      Example("table([{x: 1}, {x: 2}]) | window y = lag(x) | take 1 | select y", "null"),
      Example("table([{x: 1}, {x: 2}]) | window y = lag(x, 1, 0) | take 1 | select y", "0"),
      Example("table([{x: nan}, {x: 2.0}]) | window y = lag(x) | tail 1 | select y", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | window y = lag(x) | summarize count()", "0"),
      Example(
        "table([{x: 1}]) | window y = lag(x, null)",
        "error: `n` must be a constant int, not null"),
    ])

  static let lead = WindowFunction(
    "lead",
    summary: "The value of `x` so many rows after, in the order of the window.",
    details: """
      `default` where there is no such row in the group. A negative `n` looks back, as `lag` does.
      """,
    overloads: [
      Overload(shiftParameters, result: .sameAs(0)) { (call) throws(FunctionError) in
        let n = try call.constantInt(1, "n")
        guard n != .min else { throw FunctionError("`n` is out of range: \(n)") }
        return try call.shifted(by: -n)
      }
    ],
    examples: [
      Example("table([{x: 1}, {x: 2}]) | window y = lead(x) | take 1 | select y", "2"),
      Example("table([{x: 1}, {x: 2}]) | window y = lead(x) | tail 1 | select y", "null"),
      Example("table([{x: 1}, {x: 2}]) | window y = lead(x, 1, 9) | tail 1 | select y", "9"),
      Example("table([{x: 2.0}, {x: nan}]) | window y = lead(x) | take 1 | select y", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | window y = lead(x) | summarize count()", "0"),
      Example(
        "table([{x: 1}]) | window y = lead(x, null)",
        "error: `n` must be a constant int, not null"),
    ])

  private static let shiftParameters = [
    Parameter("x", .variable("T")),
    Parameter("n", .int, default: .int(1), isConstant: true),
    Parameter("default", .variable("T"), default: .null, isConstant: true),
  ]
}

extension WindowCall {
  /// Argument 0 moved down by `distance` rows within each group, argument 2 where nothing comes.
  func shifted(by distance: Int) throws(FunctionError) -> Column {
    let column = arguments[0].materialized()
    let filler = arguments.count > 2 ? (arguments[2].constantValue ?? .null) : .null
    switch (column.storage, filler) {
    case (_, .null): break
    case (.float(let values), .float(let value)):
      return try shift(values, distance, filler: value, column) { .float($0) }
    case (.bool(let values), .bool(let value)):
      return try shift(values, distance, filler: value ? 1 : 0, column) { .bool($0) }
    case (_, .int(let value)), (_, .timestamp(let value)), (_, .duration(let value)):
      return try shift(column.integers(), distance, filler: value, column) { .int64($0) }
    case (_, .string), (_, .list), (_, .record), (_, .bool), (_, .float):
      return try shiftValues(column, distance, filler)
    }
    switch column.storage {
    case .int8(let values): return try shift(values, distance, column) { .int8($0) }
    case .int16(let values): return try shift(values, distance, column) { .int16($0) }
    case .int32(let values): return try shift(values, distance, column) { .int32($0) }
    case .int64(let values): return try shift(values, distance, column) { .int64($0) }
    case .float(let values):
      return try shift(values, distance, filler: 0, column, isNull: true) { .float($0) }
    case .bool(let values): return try shift(values, distance, column) { .bool($0) }
    case .text8(let codes, let dictionary):
      return try shift(codes, distance, column) { .text8($0, dictionary) }
    case .text16(let codes, let dictionary):
      return try shift(codes, distance, column) { .text16($0, dictionary) }
    case .text32(let codes, let dictionary):
      return try shift(codes, distance, column) { .text32($0, dictionary) }
    case .list, .record, .constant: return try shiftValues(column, distance, filler)
    }
  }

  @inline(__always)
  private func shift<Element: FixedWidthInteger & BitwiseCopyable>(
    _ values: Values<Element>, _ distance: Int, _ column: Column,
    _ layout: (Values<Element>) -> Column.Storage
  ) throws(FunctionError) -> Column {
    try shift(values, distance, filler: 0, column, isNull: true, layout)
  }

  /// Moves whole stretches of memory; rows that nothing comes to get the filler or null.
  @inline(__always)
  private func shift<Element: BitwiseCopyable>(
    _ values: Values<Element>, _ distance: Int, filler: Element, _ column: Column,
    isNull: Bool = false, _ layout: (Values<Element>) -> Column.Storage
  ) throws(FunctionError) -> Column {
    let result = Buffer<Element>(count: count)
    let (source, target) = (values.pointer, result.base)
    var validity = ValidityBuilder()
    try forEachGroup { start, end in
      let gap = Int(min(distance.magnitude, UInt(end - start)))
      let kept = end - start - gap
      let (from, to, hole) =
        distance >= 0
        ? (start, start + gap, start) : (start + gap, start, start + kept)
      (target + to).update(from: source + from, count: kept)
      (target + hole).update(repeating: filler, count: gap)
      if distance >= 0, gap > 0 {
        isNull ? validity.appendNull(gap) : validity.appendValid(gap)
      }
      if let bits = column.validity {
        for row in from..<(from + kept) {
          if bits[row] { validity.appendValid() } else { validity.appendNull() }
        }
      } else {
        validity.appendValid(kept)
      }
      if distance < 0, gap > 0 {
        isNull ? validity.appendNull(gap) : validity.appendValid(gap)
      }
    }
    withExtendedLifetime(values) {}
    return Column(
      type: column.type, count: count, storage: layout(Values(result)),
      validity: validity.finish())
  }

  private func shiftValues(
    _ column: Column, _ distance: Int, _ filler: Value
  ) throws(FunctionError) -> Column {
    var builder = ColumnBuilder(type: resultType, capacity: count)
    try forEachGroup { start, end in
      for row in start..<end {
        let (from, overflow) = row.subtractingReportingOverflow(distance)
        let isInside = !overflow && from >= start && from < end
        builder.append(isInside ? column.value(at: from) : filler)
      }
    }
    return builder.finish()
  }
}
