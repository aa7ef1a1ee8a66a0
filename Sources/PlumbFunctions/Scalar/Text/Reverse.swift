import PlumbColumns

extension ScalarFunction {
  static let reverse = ScalarFunction(
    "reverse", topic: "text",
    summary: "A text or a list from its end to its beginning.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { String(text[$0].reversed()) }
      },
      Overload([Parameter("list", .list(.any))], result: .sameAs(0)) {
        (call) throws(FunctionError) in
        let lists = ListRows(call.arguments[0])
        return try call.mapToValues { row in
          .list(lists.values(row).reversed(), element: call.elementType)
        }
      },
    ],
    examples: [
      Example(#"reverse("abc")"#, "cba"),
      Example(#"reverse("")"#, ""),
      Example("reverse([1, 2, 3])", "[3,2,1]"),
      Example("reverse([])", "[]"),
      Example("reverse(null)", "null"),
      Example("reverse(5)", "error: `text` of `reverse` must be string, and this is int"),
    ])
}
