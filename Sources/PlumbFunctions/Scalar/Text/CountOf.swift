import PlumbColumns

extension ScalarFunction {
  static let countOf = ScalarFunction(
    "count_of", topic: "text",
    summary: "How often a part occurs in a text, without overlaps.",
    details: "For patterns there is `count_matches`.",
    overloads: [
      Overload([Parameter("text", .string), Parameter("part", .string)], result: .always(.int)) {
        (call) throws(FunctionError) in
        let (text, part) = (call.text(0), call.text(1))
        return try call.mapToIntegers { (row) throws(FunctionError) in
          let (whole, wanted) = (text.utf8(row), part.utf8(row))
          guard !wanted.isEmpty else {
            throw FunctionError("the part to count must not be empty")
          }
          var count = 0
          var start = 0
          while let found = findBytes(wanted, in: whole, from: start) {
            count += 1
            start = found + wanted.count
          }
          return count
        }
      }
    ],
    examples: [
      Example(#"count_of("banana", "an")"#, "2"),
      Example(#"count_of("", "a")"#, "0"),
      Example(#"count_of(null, "a")"#, "null"),
      Example(#"count_of("abc", "")"#, "error: the part to count must not be empty"),
    ])
}
