import PlumbColumns

extension ScalarFunction {
  static let json = ScalarFunction(
    "json", topic: "JSON",
    summary: "A value as JSON text.",
    details: """
      Times are ISO 8601 in UTC, durations seconds, NaN and infinities the strings \
      "NaN", "Infinity" and "-Infinity". Parts of JSON text are read by `json_get` and \
      its kin.
      """,
    overloads: [
      Overload([Parameter("x", .any)], result: .always(.string)) { (call) throws(FunctionError) in
        let column = call.arguments[0]
        return try call.mapTexts { JSONText.write(column.value(at: $0)) }
      }
    ],
    examples: [
      Example("json({a: 1, b: [true, null]})", #"{"a":1,"b":[true,null]}"#),
      Example(#"json("a\"b")"#, #""a\"b""#),
      Example("json(90s)", "90"),
      Example(#"json("")"#, #""""#),
      Example("json([])", "[]"),
      Example("json(nan)", #""NaN""#),
      Example("json(null)", "null"),
      Example("json()", "error: `json` needs `x`"),
    ])
}
