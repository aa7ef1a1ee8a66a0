/// Gives the columns of a file names that are all different.
struct UniqueNames {
  private var taken: Set<String> = []
  private let written: Set<String>
  private let path: String
  private var count = 0
  /// What the user should know: the names that were changed.
  var warnings: [String] = []

  init(_ names: [String], path: String) {
    self.path = path
    written = Set(names)
  }

  /// The name of the next column: a number for an empty one, a mark for one that occurs again.
  mutating func unique(_ text: String) -> String {
    count += 1
    let wanted = text.isEmpty ? "column_\(count)" : text
    var name = wanted
    var number = 2
    while taken.contains(name) || (name != text && written.contains(name)) {
      name = "\(wanted)_\(number)"
      number += 1
    }
    taken.insert(name)
    if text.isEmpty {
      warnings.append("column \(count) of `\(path)` has no name and is called `\(name)`")
    } else if name != text {
      warnings.append(
        "the name `\(text)` occurs twice in `\(path)`: column \(count) is called `\(name)`")
    }
    return name
  }
}
