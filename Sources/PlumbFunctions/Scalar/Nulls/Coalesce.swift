import PlumbColumns

extension ScalarFunction {
  static let coalesce = ScalarFunction(
    "coalesce", topic: "nulls",
    summary: "The first of several values that is not null.",
    details: "`a ?? b` is the same for two. NaN is a value; `if_nan` replaces it.",
    overloads: [
      Overload(
        [Parameter("x", .variable("T"), isRepeated: true)], result: .unified, nulls: .handled
      ) { call in
        firstPresent(call)
      }
    ],
    examples: [
      Example("coalesce(null, 2, 3)", "2"),
      Example("coalesce(null, null)", "null"),
      Example(#"coalesce("", "a")"#, ""),
      Example("coalesce(nan, 1.0)", "NaN"),
      Example(#"coalesce("a", 2, 3)"#, "error: `x` of `coalesce` must be string, and this is int"),
    ])
}

/// The first argument that is not null, row by row.
func firstPresent(_ call: KernelCall) -> Column {
  guard let first = call.arguments.first, first.mayHaveNulls else { return call.arguments[0] }
  var picks = [UInt8](repeating: 0, count: call.count)
  for row in 0..<call.count {
    let present = call.arguments.firstIndex { !$0.isNull(row) } ?? 0
    picks[row] = UInt8(truncatingIfNeeded: present)
  }
  return chooseRows(call.arguments, picks: picks, type: call.resultType)
}
