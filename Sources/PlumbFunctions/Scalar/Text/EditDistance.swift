import PlumbColumns

extension ScalarFunction {
  static let editDistance = ScalarFunction(
    "edit_distance", topic: "text",
    summary: """
      The least number of characters to insert, delete or replace to make one text of \
      another.
      """,
    details: """
      Levenshtein (1966), by dynamic programming in time proportional to the product of \
      the lengths. Texts of more than 10,000 characters are an error.
      """,
    overloads: [
      Overload([Parameter("a", .string), Parameter("b", .string)], result: .always(.int)) {
        (call) throws(FunctionError) in
        let (a, b) = (call.text(0), call.text(1))
        return try call.mapToIntegers { (row) throws(FunctionError) in
          let (left, right) = (Array(a[row]), Array(b[row]))
          guard max(left.count, right.count) <= maximumCharacters else {
            throw FunctionError(
              "`edit_distance` is for texts of at most \(maximumCharacters) characters")
          }
          return try levenshtein(left, right, call.environment.control)
        }
      }
    ],
    examples: [
      Example(#"edit_distance("val_acu", "val_auc")"#, "2"),
      Example(#"edit_distance("", "abc")"#, "3"),
      Example(#"edit_distance("abc", null)"#, "null"),
      Example(
        #"edit_distance(repeat("a", 10001), "b")"#,
        "error: `edit_distance` is for texts of at most 10000 characters"),
    ])
}

private let maximumCharacters = 10_000

private func levenshtein(
  _ a: [Character], _ b: [Character], _ control: RunControl
) throws(FunctionError) -> Int {
  // `row[j]` is the distance between the first `i` characters of `a` and the first `j` of `b`.
  var row = Array(0...b.count)
  for (i, character) in a.enumerated() {
    if i & 15 == 0 { try control.checkFunction() }
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let substituted = diagonal + (character == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
