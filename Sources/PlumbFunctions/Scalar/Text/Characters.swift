import PlumbColumns

extension ScalarFunction {
  static let char = ScalarFunction(
    "char", topic: "text",
    summary: "The character of a Unicode code point.",
    overloads: [
      Overload([Parameter("code", .int)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let code = call.arguments[0].integers()
        return try call.mapTexts { (row) throws(FunctionError) in
          guard let scalar = UInt32(exactly: code[row]).flatMap(Unicode.Scalar.init) else {
            throw FunctionError("\(code[row]) is not the code point of a character")
          }
          return String(Character(scalar))
        }
      }
    ],
    examples: [
      Example("char(65)", "A"),
      Example("char(233)", "é"),
      Example("char(null)", "null"),
      Example("char(-1)", "error: -1 is not the code point of a character"),
    ])

  static let codePoint = ScalarFunction(
    "code_point", topic: "text",
    summary: "The Unicode code point of the first character of a text.",
    details: "Null for the empty text.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.int)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToIntegers { text[$0].unicodeScalars.first.map { Int($0.value) } }
      }
    ],
    examples: [
      Example(#"code_point("A")"#, "65"),
      Example(#"code_point("é")"#, "233"),
      Example(#"code_point("")"#, "null"),
      Example("code_point(null)", "null"),
      Example("code_point(5)", "error: `text` of `code_point` must be string, and this is int"),
    ])
}
