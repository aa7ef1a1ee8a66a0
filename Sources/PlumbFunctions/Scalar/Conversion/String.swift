import PlumbColumns

extension ScalarFunction {
  static let string = ScalarFunction(
    "string", topic: "conversion",
    summary: "A value as text.",
    details: """
      Floats are the shortest text that reads back the same, times ISO 8601 in UTC, \
      durations as `1h 30m`; text inside lists and records is quoted. Every value has a \
      text, so there is no `try_string`.
      """,
    overloads: [
      Overload([Parameter("x", .string)], result: .always(.string)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .any)], result: .always(.string)) { (call) throws(FunctionError) in
        let column = call.arguments[0]
        switch column.type {
        case .int:
          let input = column.integers()
          return try call.mapTexts { String(input[$0]) }
        case .float:
          let input = column.doubles()
          return try call.mapTexts { FloatText.format(input[$0]) }
        case .null, .bool, .string, .timestamp, .duration, .list, .record:
          return try call.mapTexts { plainText(column.value(at: $0)) }
        }
      },
    ],
    examples: [
      Example("string(0.1)", "0.1"),
      Example("string(3.0)", "3.0"),
      Example("string(42)", "42"),
      Example("string(@2026-11-23T10:30)", "2026-11-23T10:30:00Z"),
      Example("string(90m)", "1h 30m"),
      Example("string([1, 2])", "[1, 2]"),
      Example(#"string({a: "x"})"#, #"{a: "x"}"#),
      Example(#"string("")"#, ""),
      Example("string(null)", "null"),
      Example("string(nan)", "NaN"),
      Example("string()", "error: `string` needs `x`"),
    ])
}
