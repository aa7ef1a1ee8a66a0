import PlumbColumns

extension ScalarFunction {
  static let contains = ScalarFunction(
    "contains", topic: "text",
    summary: "Whether a text has another in it, or a list an element.",
    details: """
      Letters count as they are written; `text ~ "(?i)part"` ignores case. In lists, \
      null and NaN are found as values; `in`, which compares as `==` does, finds no NaN.
      """,
    overloads: [
      Overload([Parameter("text", .string), Parameter("part", .string)], result: .always(.bool)) {
        (call) throws(FunctionError) in
        let (text, part) = (call.text(0), call.text(1))
        return try call.mapToBools { findBytes(part.utf8($0), in: text.utf8($0), from: 0) != nil }
      },
      Overload(
        [Parameter("list", .list(.variable("T"))), Parameter("element", .variable("T"))],
        result: .always(.bool)
      ) { call in
        let lists = ListRows(call.arguments[0])
        let element = call.arguments[1]
        return Column(
          (0..<call.count).map { row in
            let wanted = element.value(at: row)
            return lists.range(row).contains { lists.elements.value(at: $0) == wanted }
          })
      },
    ],
    examples: [
      Example(#"contains("val_auc", "_a")"#, "true"),
      Example(#"contains("auc", "")"#, "true"),
      Example(#"contains("", "a")"#, "false"),
      Example("contains([1, 2], 2)", "true"),
      Example("contains([], 2)", "false"),
      Example(#"contains(null, "a")"#, "null"),
      Example("contains([nan], nan)", "true"),
      Example(
        #"contains(5, "_a")"#,
        "error: `text` of `contains` must be string, and this is int"),
    ])
}
