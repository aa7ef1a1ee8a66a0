/// What an entry is.
enum Entry: Sendable, Hashable {
  case nothing
  /// `.name arguments`
  case command(name: String, arguments: String)
  /// `?name`, `name?`, `help name`, `help`
  case help(String?)
  /// `\d`, `show tables` and their like: what other shells have commands for.
  case foreign(String)
  case program(String)

  init(_ text: String) {
    let trimmed = text.trimmingSpace()
    if trimmed.isEmpty {
      self = .nothing
    } else if trimmed.hasPrefix("."), trimmed.dropFirst().first?.isLetter ?? true {
      let name = trimmed.dropFirst().prefix { !$0.isWhitespace }
      self = .command(
        name: String(name), arguments: trimmed.dropFirst(name.count + 1).trimmingSpace())
    } else if trimmed.hasPrefix("?"), !trimmed.contains("\n") {
      let subject = trimmed.dropFirst().trimmingSpace()
      self = .help(subject.isEmpty ? nil : subject)
    } else if let name = Self.questioned(trimmed) {
      self = .help(name)
    } else if ["exit", "quit", "exit()", "quit()"].contains(trimmed) {
      self = .command(name: "quit", arguments: "")
    } else if trimmed.hasPrefix("\\") {
      self = .foreign(String(trimmed.prefix { !$0.isWhitespace }))
    } else if trimmed.lowercased().split(separator: ";").first == "show tables" {
      self = .foreign("show tables")
    } else if let subject = Self.helpSubject(trimmed) {
      self = .help(subject.isEmpty ? nil : subject)
    } else {
      self = .program(text)
    }
  }

  /// Whether the entry is no program, so that it ends with its line.
  var isForShell: Bool {
    if case .program = self { false } else { true }
  }

  /// The name after `help`; empty without one; nil when it is not the word.
  private static func helpSubject(_ text: String) -> String? {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.first == "help", words.count <= 2, !text.contains("\n") else { return nil }
    guard let subject = words.dropFirst().first else { return "" }
    return isName(subject) ? String(subject) : nil
  }

  /// The name before a `?`.
  private static func questioned(_ text: String) -> String? {
    guard text.hasSuffix("?"), text.count > 1, isName(text.dropLast()) else { return nil }
    return String(text.dropLast())
  }

  private static func isName(_ text: Substring) -> Bool {
    text.allSatisfy { $0.isLetter || $0.isNumber || "_.`".contains($0) }
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  func trimmingSpace() -> String {
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
