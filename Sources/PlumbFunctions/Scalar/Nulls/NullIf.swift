import PlumbColumns

extension ScalarFunction {
  static let nullIf = ScalarFunction(
    "null_if", topic: "nulls",
    summary: "A value, or null if it equals another.",
    details: "Null and NaN equal themselves here; by `==` NaN does not.",
    overloads: [
      Overload(
        [Parameter("x", .variable("T")), Parameter("unwanted", .variable("T"))],
        result: .unified, nulls: .handled
      ) { call in
        let (x, unwanted) = (call.arguments[0].materialized(), call.arguments[1])
        let isKept = (0..<call.count).map { row in
          !x.isNull(row) && x.value(at: row) != unwanted.value(at: row)
        }
        return x.withValidity(Bitmap(isKept))
      }
    ],
    examples: [
      Example(#"null_if("", "")"#, "null"),
      Example(#"null_if("a", "")"#, "a"),
      Example("null_if(-1, -1)", "null"),
      Example("null_if(null, 1)", "null"),
      Example("null_if(1, null)", "1"),
      Example("null_if(nan, nan)", "null"),
      Example(#"null_if(5, "")"#, "error: `unwanted` of `null_if` must be int, and this is string"),
    ])
}
