import PlumbColumns

extension ScalarFunction {
  static let indexOf = ScalarFunction(
    "index_of", topic: "text",
    summary: """
      The position of the first occurrence of a part of a text, or of an element of a \
      list.
      """,
    details: "Positions count from 0; null when there is no occurrence.",
    overloads: [
      Overload([Parameter("text", .string), Parameter("part", .string)], result: .always(.int)) {
        (call) throws(FunctionError) in
        let (text, part) = (call.text(0), call.text(1))
        return try call.mapToIntegers { row in
          let whole = text.utf8(row)
          return findBytes(part.utf8(row), in: whole, from: 0).map {
            characterCount(UnsafeBufferPointer(rebasing: whole[..<$0]))
          }
        }
      },
      Overload(
        [Parameter("list", .list(.variable("T"))), Parameter("element", .variable("T"))],
        result: .always(.int)
      ) { call in
        let lists = ListRows(call.arguments[0])
        let element = call.arguments[1]
        var builder = IntegerColumnBuilder(capacity: call.count)
        for row in 0..<call.count {
          let wanted = element.value(at: row)
          let range = lists.range(row)
          if let found = range.first(where: { lists.elements.value(at: $0) == wanted }) {
            builder.append(found - range.lowerBound)
          } else {
            builder.appendNull()
          }
        }
        return builder.finish()
      },
    ],
    examples: [
      Example(#"index_of("val_auc", "_")"#, "3"),
      Example(#"index_of("auc", "z")"#, "null"),
      Example(#"index_of("", "")"#, "0"),
      Example("index_of([10, 20], 20)", "1"),
      Example("index_of([], 1)", "null"),
      Example("index_of([nan], nan)", "0"),
      Example(#"index_of(null, "a")"#, "null"),
      Example(#"index_of(5, "_")"#, "error: `text` of `index_of` must be string, and this is int"),
    ])
}
