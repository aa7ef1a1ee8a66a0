import PlumbColumns

extension ScalarFunction {
  static let typeOf = ScalarFunction(
    "type_of", topic: "conversion",
    summary: "The type of an expression, as text.",
    details: "It is the static type: of a null in a column of floats it is `float`.",
    overloads: [
      Overload([Parameter("x", .any)], result: .always(.string), nulls: .handled) { call in
        Column(
          constant: .string(call.arguments[0].type.description), type: .string, count: call.count)
      }
    ],
    examples: [
      Example("type_of(1)", "int"),
      Example("type_of([0.5])", "list<float>"),
      Example(#"type_of("")"#, "string"),
      Example("type_of(nan)", "float"),
      Example("type_of(null)", "null"),
      Example("type_of()", "error: `type_of` needs `x`"),
    ])
}
