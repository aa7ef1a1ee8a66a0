/// A pattern in which `*` stands for any text and `?` for one character; case counts.
package struct GlobPattern: Sendable {
  private let pattern: [Character]

  package init(_ pattern: String) { self.pattern = Array(pattern) }

  /// Whether the pattern covers a whole text. Takes time of the product of the two lengths.
  package func matches(_ text: String) -> Bool {
    let text = Array(text)
    var position = 0
    var index = 0
    // Where to go back to when a `*` has taken too little.
    var star: Int?
    var starPosition = 0
    while position < text.count {
      if index < pattern.count, pattern[index] == "*" {
        star = index
        starPosition = position
        index += 1
      } else if index < pattern.count, pattern[index] == "?" || pattern[index] == text[position] {
        index += 1
        position += 1
      } else if let star {
        index = star + 1
        starPosition += 1
        position = starPosition
      } else {
        return false
      }
    }
    return pattern[index...].allSatisfy { $0 == "*" }
  }
}
