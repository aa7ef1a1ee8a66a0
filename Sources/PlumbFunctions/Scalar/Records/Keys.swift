import PlumbColumns

extension ScalarFunction {
  static let keys = ScalarFunction(
    "keys", topic: "records",
    summary: "The names of the fields of a record.",
    overloads: [
      Overload([Parameter("record", .record)], result: .always(.list(.string))) { call in
        guard case .record(let fields) = call.arguments[0].type else {
          return .nulls(call.resultType, count: call.count)
        }
        let names = Value.list(fields.map { .string($0.name) }, element: .string)
        return Column(constant: names, type: call.resultType, count: call.count)
      }
    ],
    examples: [
      Example(#"keys({a: 1, b: "x"})"#, #"["a","b"]"#),
      Example("keys({})", "[]"),
      Example("keys(null)", "null"),
      Example("keys(5)", "error: `record` of `keys` must be a record, and this is int"),
    ])
}
