import PlumbColumns

extension ScalarFunction {
  static let zip = ScalarFunction(
    "zip", topic: "lists",
    summary: "The elements of two lists side by side, as records.",
    details: """
      `x.a` is of the first list, `x.b` of the second; it ends with the shorter list.
      """,
    overloads: [
      Overload(
        [Parameter("a", .list(.variable("T"))), Parameter("b", .list(.variable("U")))],
        result: .computed { types in
          guard types.count == 2, case .list(let a) = types[0], case .list(let b) = types[1] else {
            return .null
          }
          return .list(.record([DataType.Field("a", a), DataType.Field("b", b)]))
        }
      ) { (call) throws(FunctionError) in
        let (left, right) = (ListRows(call.arguments[0]), ListRows(call.arguments[1]))
        return try call.mapToValues { row in
          let pairs = Swift.zip(left.values(row), right.values(row)).map { a, b in
            Value.record([Value.RecordField("a", a), Value.RecordField("b", b)])
          }
          return .list(pairs, element: call.elementType)
        }
      }
    ],
    examples: [
      Example(#"zip([1, 2], ["x", "y"])"#, #"[{"a":1,"b":"x"},{"a":2,"b":"y"}]"#),
      Example("zip([1, 2], [3])", #"[{"a":1,"b":3}]"#),
      Example("zip([], [1])", "[]"),
      Example("zip(null, [1])", "null"),
      Example(#"zip(5, ["x", "y"])"#, "error: `a` of `zip` must be a list, and this is int"),
    ])
}
