import PlumbColumns

extension ScalarFunction {
  static let hasField = ScalarFunction(
    "has_field", topic: "records",
    summary: "Whether a record has a field of a name.",
    overloads: [
      Overload([Parameter("record", .record), Parameter("name", .string)], result: .always(.bool)) {
        (call) throws(FunctionError) in
        var names: Set<String> = []
        if case .record(let fields) = call.arguments[0].type { names = Set(fields.map(\.name)) }
        let wanted = call.text(1)
        return try call.mapToBools { names.contains(wanted[$0]) }
      }
    ],
    examples: [
      Example(#"has_field({a: 1}, "a")"#, "true"),
      Example(#"has_field({a: 1}, "b")"#, "false"),
      Example(#"has_field({}, "")"#, "false"),
      Example(#"has_field(null, "a")"#, "null"),
      Example(
        #"has_field(5, "a")"#,
        "error: `record` of `has_field` must be a record, and this is int"),
    ])
}
