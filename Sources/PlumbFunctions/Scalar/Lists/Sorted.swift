import PlumbColumns

extension ScalarFunction {
  static let sorted = ScalarFunction(
    "sorted", topic: "lists",
    summary: "A list with its elements in order.",
    details: "NaN comes after every number, null last, in both directions.",
    overloads: [
      Overload(
        [
          Parameter("list", .list(.variable("T"))),
          Parameter("descending", .bool, default: .bool(false)),
        ], result: .sameAs(0)
      ) { (call) throws(FunctionError) in
        let lists = ListRows(call.arguments[0])
        let descending = call.arguments[1].bools()
        return try call.mapToValues { row in
          let isDescending = descending[row] != 0
          let values = lists.values(row).enumerated().sorted { a, b in
            let order = sortOrder(a.element, b.element, isDescending: isDescending)
            return order == 0 ? a.offset < b.offset : order < 0
          }
          return .list(values.map(\.element), element: call.elementType)
        }
      }
    ],
    examples: [
      Example("sorted([3, 1, 2])", "[1,2,3]"),
      Example(#"sorted(["b", "a"], descending = true)"#, #"["b","a"]"#),
      Example("sorted([])", "[]"),
      Example("sorted([2, null, 1])", "[1,2,null]"),
      Example("sorted([nan, 0.5], true)", #"[0.5,"NaN"]"#),
      Example("sorted(null)", "null"),
      Example("sorted(5)", "error: `list` of `sorted` must be a list, and this is int"),
    ])
}

/// The order of two elements: only what is neither null nor NaN turns round.
private func sortOrder(_ a: Value, _ b: Value, isDescending: Bool) -> Int {
  let order = compareValues(a, b)
  return isDescending && isProper(a) && isProper(b) ? -order : order
}

private func isProper(_ value: Value) -> Bool {
  switch value {
  case .null: false
  case .float(let double): !double.isNaN
  default: true
  }
}
