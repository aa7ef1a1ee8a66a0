import PlumbColumns

extension ScalarFunction {
  static let nanToNull = ScalarFunction(
    "nan_to_null", topic: "numbers",
    summary: "A number, or null if it is NaN.",
    details: """
      With it, aggregates that give NaN when they meet one skip those rows instead. \
      Infinities stay.
      """,
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        let input = call.arguments[0].doubles()
        let present = Buffer<UInt8>(count: call.count)
        for row in 0..<call.count { present.base[row] = input[row].isNaN ? 0 : 1 }
        return Column(
          type: .float, count: call.count, storage: .float(input),
          validity: Bitmap(bytes: present.base, count: call.count))
      }
    ],
    examples: [
      Example("nan_to_null(nan)", "null"),
      Example("nan_to_null(0.5)", "0.5"),
      Example("nan_to_null(inf)", "Infinity"),
      Example("nan_to_null(null)", "null"),
      Example(
        #"nan_to_null("two")"#,
        "error: `x` of `nan_to_null` must be float, and this is string"),
    ])
}
