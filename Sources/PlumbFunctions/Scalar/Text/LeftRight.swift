import PlumbColumns

extension ScalarFunction {
  static let left = ScalarFunction(
    "left", topic: "text",
    summary: "The first characters of a text.",
    details: "With a count below 0, all but that many at the end.",
    overloads: [
      Overload([Parameter("text", .string), Parameter("count", .int)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        let count = call.arguments[1].integers()
        return try call.mapTexts { row in
          let wanted = count[row]
          return wanted >= 0
            ? String(text[row].prefix(wanted)) : String(text[row].dropLast(magnitude(wanted)))
        }
      }
    ],
    examples: [
      Example(#"left("val_auc", 3)"#, "val"),
      Example(#"left("val_auc", -4)"#, "val"),
      Example(#"left("", 3)"#, ""),
      Example("left(null, 3)", "null"),
      Example("left(5, 3)", "error: `text` of `left` must be string, and this is int"),
    ])

  static let right = ScalarFunction(
    "right", topic: "text",
    summary: "The last characters of a text.",
    details: "With a count below 0, all but that many at the beginning.",
    overloads: [
      Overload([Parameter("text", .string), Parameter("count", .int)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        let count = call.arguments[1].integers()
        return try call.mapTexts { row in
          let wanted = count[row]
          return wanted >= 0
            ? String(text[row].suffix(wanted)) : String(text[row].dropFirst(magnitude(wanted)))
        }
      }
    ],
    examples: [
      Example(#"right("val_auc", 3)"#, "auc"),
      Example(#"right("val_auc", -4)"#, "auc"),
      Example(#"right("", 3)"#, ""),
      Example("right(null, 3)", "null"),
      Example("right(5, 3)", "error: `text` of `right` must be string, and this is int"),
    ])
}

/// The magnitude as an int; the greatest int for the least.
func magnitude(_ value: Int) -> Int { value == Int.min ? Int.max : abs(value) }
