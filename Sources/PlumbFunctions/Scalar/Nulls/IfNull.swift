import PlumbColumns

extension ScalarFunction {
  static let ifNull = ScalarFunction(
    "if_null", topic: "nulls",
    summary: "A value, or another if it is null.",
    details: "`x ?? otherwise` is the same.",
    overloads: [
      Overload(
        [Parameter("x", .variable("T")), Parameter("otherwise", .variable("T"))], result: .unified,
        nulls: .handled
      ) { call in
        firstPresent(call)
      }
    ],
    examples: [
      Example("if_null(null, 0)", "0"),
      Example("if_null(1, 0)", "1"),
      Example(#"if_null("", "a")"#, ""),
      Example("if_null(nan, 0)", "NaN"),
      Example(
        #"if_null("a", 0)"#, "error: `otherwise` of `if_null` must be string, and this is int"),
    ])
}
