import Foundation
import PlumbColumns

/// A program of `Tests/Golden` with the output that it must have.
///
/// The output of a statement stands in lines that begin with `#>` right below it; what a program
/// that was rejected has to say stands at its end. Lines that begin with `#@` say how to run it.
struct GoldenProgram: Sendable, CustomStringConvertible {
  let url: URL
  /// The folder and the name, such as `stages/top`.
  let description: String
  /// The text as it is in the file.
  let text: String
  let directives: Directives

  /// How a program is run: lines such as `#@ format: json`.
  struct Directives: Sendable {
    var format = "table"
    var timeZone = "UTC"
    var parameters: [String: String] = [:]
    var memoryLimitBytes = 0
    /// Configurations that show something else by their nature, such as plans without optimizer.
    var skippedConfigurations: Set<String> = []
  }

  /// What is wrong with a golden file itself.
  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")

  /// All golden programs, sorted by their paths.
  static let all: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path())
    let names = (files?.allObjects ?? []).compactMap { $0 as? String }
    return names.filter { $0.hasSuffix(".plumb") }.map { String($0.dropLast(6)) }.sorted()
  }()

  init(_ name: String) throws {
    description = name
    url = Self.folder.appending(path: name + ".plumb")
    text = try String(contentsOf: url, encoding: .utf8)
    var directives = Directives()
    for line in Self.lines(text) where line.hasPrefix("#@") {
      try directives.read(line)
    }
    self.directives = directives
  }

  /// The text without the expected output, whose lines are empty so that the others keep their
  /// numbers.
  static func program(of text: String) -> String {
    let lines = lines(text).map { isExpectation($0) ? "" : $0 }
    let last = lines.lastIndex { !$0.isEmpty } ?? 0
    return lines[...last].joined(separator: "\n") + "\n"
  }

  /// The text of this golden with other expected output.
  func text(recording transcript: Transcript) -> String {
    var result: [String] = []
    let lines = Self.lines(text)
    for (index, line) in lines.enumerated() where !Self.isExpectation(line) {
      result.append(line)
      result += transcript.lines(after: index + 1)
    }
    while result.last == "" { result.removeLast() }
    let end = transcript.lines(after: Transcript.endLine)
    if !end.isEmpty, result.last?.hasPrefix("#>") != true { result.append("") }
    return (result + end).joined(separator: "\n") + "\n"
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func isExpectation(_ line: String) -> Bool { line.hasPrefix("#>") }
}

extension GoldenProgram.Directives {
  fileprivate mutating func read(_ line: String) throws {
    let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard parts.count == 2 else { throw GoldenProgram.Malformed(description: line) }
    let value = parts[1]
    switch parts[0] {
    case "format": format = value
    case "time-zone": timeZone = value
    case "memory-limit": memoryLimitBytes = Int(value) ?? 0
    case "skip": skippedConfigurations.insert(value)
    case "param":
      let pair = value.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { throw GoldenProgram.Malformed(description: line) }
      parameters[pair[0]] = pair[1]
    default: throw GoldenProgram.Malformed(description: line)
    }
  }
}
