import PlumbColumns

extension ScalarFunction {
  static let substring = ScalarFunction(
    "substring", topic: "text",
    summary: "The characters of a text from a position on: all, or a number of them.",
    details: """
      Positions count from 0, and below 0 from the end. What lies outside the text is \
      left out.
      """,
    overloads: [
      Overload([Parameter("text", .string), Parameter("start", .int)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        let start = call.arguments[1].integers()
        return try call.mapTexts { part(of: text[$0], from: start[$0], length: Int.max) }
      },
      Overload(
        [Parameter("text", .string), Parameter("start", .int), Parameter("length", .int)],
        result: .always(.string)
      ) { (call) throws(FunctionError) in
        let text = call.text(0)
        let (start, length) = (call.arguments[1].integers(), call.arguments[2].integers())
        return try call.mapTexts { (row) throws(FunctionError) in
          guard length[row] >= 0 else {
            throw FunctionError("the length of a part must not be below 0, not \(length[row])")
          }
          return part(of: text[row], from: start[row], length: length[row])
        }
      },
    ],
    examples: [
      Example(#"substring("val_auc", 4)"#, "auc"),
      Example(#"substring("val_auc", 0, 3)"#, "val"),
      Example(#"substring("val_auc", -3)"#, "auc"),
      Example(#"substring("abc", 5)"#, ""),
      Example(#"substring("", 0, 3)"#, ""),
      Example(#"substring("", -9223372036854775807 - 1, 3)"#, ""),
      Example("substring(null, 0)", "null"),
      Example(
        #"substring("abc", 0, -1)"#, "error: the length of a part must not be below 0, not -1"),
    ])
}

/// Some characters of a text; a start below 0 counts from the end.
func part(of text: String, from start: Int, length: Int) -> String {
  guard start < 0 else { return String(text.dropFirst(start).prefix(length)) }
  let back = magnitude(start)
  // Characters before the beginning are not there, but they count.
  let missing = max(0, back - text.count)
  return String(text.suffix(back).prefix(max(0, length - missing)))
}
