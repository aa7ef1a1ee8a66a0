import PlumbColumns

extension ScalarFunction {
  static let entries = ScalarFunction(
    "entries", topic: "records",
    summary: "The fields of a record as a list of records with `key` and `value`.",
    details: "The fields must be of one type; ints beside floats become floats.",
    overloads: [
      Overload(
        [Parameter("record", .record)],
        result: .computed { types in
          .list(
            .record([
              DataType.Field("key", .string), DataType.Field("value", commonFieldType(types.first)),
            ]))
        }
      ) { (call) throws(FunctionError) in
        try checkFieldTypes(call.arguments[0].type)
        return try call.mapToValues { row in
          let entries = fieldValues(call.arguments[0].value(at: row)).map { field in
            Value.record([
              Value.RecordField("key", .string(field.name)),
              Value.RecordField("value", field.value),
            ])
          }
          return Value.list(entries, element: call.elementType).coerced(to: call.resultType)
        }
      }
    ],
    examples: [
      Example("entries({a: 1, b: 2})", #"[{"key":"a","value":1},{"key":"b","value":2}]"#),
      Example("entries({a: nan})", #"[{"key":"a","value":"NaN"}]"#),
      Example("entries({})", "[]"),
      Example("entries(null)", "null"),
      Example(
        #"entries({a: 1, b: "x"})"#,
        "error: the fields of the record are of different types, int and string"),
    ])
}
