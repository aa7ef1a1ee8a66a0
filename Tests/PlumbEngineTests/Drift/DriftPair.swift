import Foundation
import PlumbEngine

/// Two tables of `Tests/Fixtures/drift` and what established tools say of their columns.
struct DriftPair: Sendable, CustomStringConvertible {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/drift")

  /// The pairs that have several columns to compare.
  static let all: [DriftPair] = {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("expected.json")),
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let pairs = object["pairs"] as? [[String: Any]]
    else { return [] }
    return pairs.compactMap(DriftPair.init)
  }()

  let name: String
  let types: [String: String]
  /// The expected numbers by column and path; texts and truth values by the same.
  private let numbers: [String: [String: Double]]
  private let texts: [String: [String: String]]

  /// How many columns Evidently's report counts as drifted; absent where it raises.
  let presetCount: Int?

  var description: String { name }
  /// The columns with expected numbers.
  let columns: [String]

  private init?(_ object: [String: Any]) {
    guard let name = object["name"] as? String, let types = object["types"] as? [String: String],
      let columns = object["columns"] as? [String: [String: Any]]
    else { return nil }
    self.name = name
    self.types = types
    presetCount = (object["evidently_preset"] as? [String: Any])?["drifted_columns"] as? Int
    self.columns = columns.keys.sorted()
    var (numbers, texts) = ([String: [String: Double]](), [String: [String: String]]())
    for (column, described) in columns {
      func walk(_ path: String, _ value: Any) {
        switch value {
        case let object as [String: Any]:
          for (key, value) in object { walk(path.isEmpty ? key : path + "." + key, value) }
        case let text as String:
          if let number = Double(text.replacingOccurrences(of: "Infinity", with: "inf")) {
            numbers[column, default: [:]][path] = number
          } else {
            texts[column, default: [:]][path] = text
          }
        case let number as NSNumber: numbers[column, default: [:]][path] = number.doubleValue
        default: break
        }
      }
      walk("", described)
    }
    self.numbers = numbers
    self.texts = texts
  }

  /// The expected number; absent where a tool gives none.
  func number(_ column: String, _ path: String) -> Double? {
    numbers[column]?[path].flatMap { $0.isNaN ? nil : $0 }
  }

  /// The distinct numbers of both sides at least.
  func distinctCount(_ column: String) -> Int {
    Int(max(number(column, "ref.distinct") ?? 0, number(column, "cur.distinct") ?? 0))
  }

  /// The values of the smaller side.
  func leastCount(_ column: String) -> Int {
    Int(min(number(column, "ref.used") ?? 0, number(column, "cur.used") ?? 0))
  }

  /// Whether a tool says anything, a NaN included.
  func has(_ column: String, _ path: String) -> Bool { numbers[column]?[path] != nil }

  func text(_ column: String, _ path: String) -> String? { texts[column]?[path] }

  /// Statements that read both tables.
  var reading: String {
    let types = types.map { "\"\($0)\": \"\($1 == "num" ? "float" : "string")\"" }.sorted()
      .joined(separator: ", ")
    return ["reference": "ref", "current": "cur"].sorted { $0.key < $1.key }.map { name, suffix in
      let path = Self.folder.appendingPathComponent("\(self.name).\(suffix).csv").path
      return "let \(name) = read(\"\(path)\", types = {\(types)})\n"
    }.joined()
  }

  /// The rows of `drift` with some options, by feature.
  func drift(_ options: String) throws -> [String: Row] {
    let features = columns.map { "`\($0)`" }.joined(separator: ", ")
    let program = reading + "current | drift against reference on \(features) \(options)"
    guard let table = try Session().run(program).last?.table else { return [:] }
    let (names, statistics) = (try table.strings("feature"), try table.doubles("statistic"))
    let (pValues, verdicts) = (try table.doubles("p_value"), try table.bools("drifted"))
    let notes = try table.strings("note")
    var rows: [String: Row] = [:]
    for index in names.indices {
      rows[names[index] ?? ""] = Row(
        statistic: statistics[index], pValue: pValues[index], drifted: verdicts[index],
        note: notes[index])
    }
    return rows
  }

  /// Whether a number is the expected one, within the tolerances of `expected.json`.
  static func agrees(
    _ found: Double?, _ expected: Double?, _ column: String, isP: Bool, relative: Double = 1e-9
  ) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    if found == expected { return true }
    if isP, expected <= 1e-12 {
      return found < 1e-300 && expected < 1e-300 || abs(log10(found / expected)) < 0.01
    }
    var relative = max(relative, isP ? 1e-6 : 1e-7)
    // What is left of a small spread beside a large mean depends on the order of additions.
    if column == "large_offset" { relative = max(relative, 1e-4) }
    if column == "almost_constant" { relative = 1e-2 }
    return abs(found - expected) <= max(1e-12, relative * abs(expected))
  }

  struct Row {
    let statistic: Double?
    let pValue: Double?
    let drifted: Bool?
    let note: String?
  }
}
