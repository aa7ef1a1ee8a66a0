import PlumbColumns

extension ScalarFunction {
  static let `repeat` = ScalarFunction(
    "repeat", topic: "text",
    summary: "A text a number of times in a row.",
    details: "A result of more than 16 million bytes is an error.",
    overloads: [
      Overload([Parameter("text", .string), Parameter("count", .int)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        let count = call.arguments[1].integers()
        return try call.mapTexts { (row) throws(FunctionError) in
          guard count[row] >= 0 else {
            throw FunctionError("a text cannot be repeated \(count[row]) times")
          }
          try checkTextBytes(count[row].multipliedReportingOverflow(by: text.utf8(row).count))
          return text.utf8(row).isEmpty ? "" : String(repeating: text[row], count: count[row])
        }
      }
    ],
    examples: [
      Example(#"repeat("ab", 3)"#, "ababab"),
      Example(#"repeat("ab", 0)"#, ""),
      Example(#"repeat("", 5)"#, ""),
      Example("repeat(null, 2)", "null"),
      Example(#"repeat("ab", -1)"#, "error: a text cannot be repeated -1 times"),
      Example(#"repeat("ab", 1000000000)"#, "error: the text would be longer than 16777216 bytes"),
    ])
}

/// The longest text that a function makes out of a short one.
private let maximumTextBytes = 1 << 24

/// Throws when a text would get too long.
func checkTextBytes(
  _ count: (partialValue: Int, overflow: Bool)
) throws(FunctionError) {
  guard !count.overflow, count.partialValue <= maximumTextBytes else {
    throw FunctionError("the text would be longer than \(maximumTextBytes) bytes")
  }
}
