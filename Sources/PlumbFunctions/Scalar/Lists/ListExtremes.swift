import PlumbColumns

extension ScalarFunction {
  static let listMax = ScalarFunction(
    "list_max", topic: "lists",
    summary: "The greatest element of a list.",
    details: """
      For numbers, text, times and durations. Nulls are left out, and so is NaN unless \
      there is nothing else; null when nothing is left.
      """,
    overloads: [
      Overload(
        [Parameter("list", .list(.variable("T")))], result: .elementOf(0)
      ) { call in
        extremeElements(call, sign: 1)
      }
    ],
    examples: [
      Example("list_max([1, 3, 2])", "3"),
      Example(#"list_max(["a", "b"])"#, "b"),
      Example("list_max([])", "null"),
      Example("list_max([1, null])", "1"),
      Example("list_max(null)", "null"),
      Example("list_max([nan, 1.5])", "1.5"),
      Example("list_max(5)", "error: `list` of `list_max` must be a list, and this is int"),
    ])

  static let listMin = ScalarFunction(
    "list_min", topic: "lists",
    summary: "The least element of a list.",
    details: """
      For numbers, text, times and durations. Nulls are left out, and so is NaN unless \
      there is nothing else; null when nothing is left.
      """,
    overloads: [
      Overload(
        [Parameter("list", .list(.variable("T")))], result: .elementOf(0)
      ) { call in
        extremeElements(call, sign: -1)
      }
    ],
    examples: [
      Example("list_min([2, 1, 3])", "1"),
      Example("list_min([])", "null"),
      Example("list_min(null)", "null"),
      Example("list_min([nan, 1.5])", "1.5"),
      Example("list_min([nan])", "NaN"),
      Example("list_min(5)", "error: `list` of `list_min` must be a list, and this is int"),
    ])
}

private func extremeElements(_ call: KernelCall, sign: Int) -> Column {
  let lists = ListRows(call.arguments[0])
  var positions: [UInt32] = []
  positions.reserveCapacity(call.count)
  for row in 0..<call.count {
    var best: (position: Int, value: Value)?
    for position in lists.range(row) {
      let value = lists.elements.value(at: position)
      if value.isNull || (isNaN(value) && best != nil) { continue }
      guard let known = best else {
        best = (position, value)
        continue
      }
      if isNaN(known.value) || compareValues(value, known.value) * sign > 0 {
        best = (position, value)
      }
    }
    positions.append(best.map { UInt32(truncatingIfNeeded: $0.position) } ?? UInt32.max)
  }
  return lists.elements.gatheredOptional(Values(positions))
}

private func isNaN(_ value: Value) -> Bool {
  if case .float(let double) = value { double.isNaN } else { false }
}
