import PlumbColumns

extension ScalarFunction {
  static let enumerate = ScalarFunction(
    "enumerate", topic: "lists",
    summary: "The elements of a list with their positions, as records.",
    details: "`x.index` counts from 0, `x.value` is the element.",
    overloads: [
      Overload(
        [Parameter("list", .list(.variable("T")))],
        result: .computed { types in
          guard case .list(let element)? = types.first else { return .null }
          return .list(.record([DataType.Field("index", .int), DataType.Field("value", element)]))
        }
      ) { (call) throws(FunctionError) in
        let lists = ListRows(call.arguments[0])
        return try call.mapToValues { row in
          let records = lists.values(row).enumerated().map { index, value in
            Value.record([
              Value.RecordField("index", .int(index)), Value.RecordField("value", value),
            ])
          }
          return .list(records, element: call.elementType)
        }
      }
    ],
    examples: [
      Example(#"enumerate(["a", "b"])"#, #"[{"index":0,"value":"a"},{"index":1,"value":"b"}]"#),
      Example("enumerate([])", "[]"),
      Example("enumerate(null)", "null"),
      Example("enumerate(5)", "error: `list` of `enumerate` must be a list, and this is int"),
    ])
}
