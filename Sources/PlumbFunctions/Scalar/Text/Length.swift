import PlumbColumns

extension ScalarFunction {
  static let length = ScalarFunction(
    "length", topic: "text",
    summary: "The number of characters of a text, or of elements of a list.",
    details: """
      Characters are what readers see (grapheme clusters): a letter with its accents is \
      one, and so is an emoji.
      """,
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.int)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToIntegers { characterCount(text.utf8($0)) }
      },
      Overload([Parameter("list", .list(.any))], result: .always(.int)) { call in
        let lists = ListRows(call.arguments[0])
        let lengths = Buffer<Int>(count: call.count)
        for row in 0..<call.count { lengths.base[row] = lists.range(row).count }
        return call.integerColumn(lengths)
      },
    ],
    examples: [
      Example(#"length("abc")"#, "3"),
      Example(#"length("é")"#, "1"),
      Example(#"length("")"#, "0"),
      Example("length([1, 2])", "2"),
      Example("length([])", "0"),
      Example("length(null)", "null"),
      Example("length(5)", "error: `text` of `length` must be string, and this is int"),
    ])
}

/// The number of characters (grapheme clusters) of UTF-8.
func characterCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
  // In ASCII, characters are bytes, but that a line's end in two bytes is one of them.
  if text.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) { return text.count }
  return String(decoding: text, as: UTF8.self).count
}
