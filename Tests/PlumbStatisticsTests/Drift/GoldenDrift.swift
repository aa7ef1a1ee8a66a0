import Foundation
import Testing

/// The columns of `Tests/Fixtures/drift` with the numbers that established tools compute from them;
/// the README there says which.
enum GoldenDrift {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/drift")

  nonisolated(unsafe) static let expected: [String: Any] = {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("expected.json")),
      let object = try? JSONSerialization.jsonObject(with: data)
    else { return [:] }
    return object as? [String: Any] ?? [:]
  }()

  /// A column of a pair of tables.
  struct Column: Sendable, CustomTestStringConvertible {
    let pair: String
    let name: String
    let isNumber: Bool
    let reference: [String?]
    let current: [String?]
    let expected: Expected

    var testDescription: String { "\(pair).\(name)" }

    /// The finite numbers of a side in ascending order.
    static func numbers(_ cells: [String?]) -> [Double] {
      cells.compactMap { $0.flatMap(Double.init) }.filter(\.isFinite).sorted()
    }

    /// How often each text of either side occurs.
    var categories: (reference: [Int], current: [Int]) {
      var counts: [String: (Int, Int)] = [:]
      for cell in reference.compactMap(\.self) { counts[cell, default: (0, 0)].0 += 1 }
      for cell in current.compactMap(\.self) { counts[cell, default: (0, 0)].1 += 1 }
      let keys = counts.keys.sorted()
      return (keys.map { counts[$0]?.0 ?? 0 }, keys.map { counts[$0]?.1 ?? 0 })
    }
  }

  /// Expected numbers by their path in `expected.json`.
  struct Expected: Sendable {
    private let numbers: [String: Double]
    private let lists: [String: [Double]]

    init(_ object: [String: Any]) {
      var (numbers, lists) = ([String: Double](), [String: [Double]]())
      func walk(_ path: String, _ value: Any) {
        if let object = value as? [String: Any] {
          for (key, value) in object { walk(path.isEmpty ? key : path + "." + key, value) }
        } else if let list = value as? [Any] {
          lists[path] = list.compactMap { GoldenDrift.number($0) }
        } else if let number = GoldenDrift.number(value) {
          numbers[path] = number
        }
      }
      walk("", object)
      self.numbers = numbers
      self.lists = lists
    }

    /// The numbers of a list; absent where the tool gives none.
    func list(_ path: String) -> [Double]? { lists[path] }

    /// The number; absent where the tool gives none.
    subscript(path: String) -> Double? {
      numbers[path].flatMap { $0.isNaN ? nil : $0 }
    }

    /// Whether the tool says anything, a NaN included.
    func has(_ path: String) -> Bool { numbers[path] != nil }
  }

  static func number(_ value: Any?) -> Double? {
    switch value {
    case let text as String where ["NaN", "Infinity", "-Infinity"].contains(text):
      Double(text.replacingOccurrences(of: "Infinity", with: "inf"))
    case let number as NSNumber: number.doubleValue
    default: nil
    }
  }

  static let columns: [Column] = {
    var columns: [Column] = []
    for pair in expected["pairs"] as? [[String: Any]] ?? [] {
      guard let name = pair["name"] as? String,
        let described = pair["columns"] as? [String: [String: Any]],
        let types = pair["types"] as? [String: String]
      else { continue }
      let reference = table("\(name).ref.csv")
      let current = table("\(name).cur.csv")
      for (column, object) in described.sorted(by: { $0.key < $1.key }) {
        columns.append(
          Column(
            pair: name, name: column, isNumber: types[column] == "num",
            reference: reference[column] ?? [], current: current[column] ?? [],
            expected: Expected(object)))
      }
    }
    return columns
  }()

  static let numbers = columns.filter(\.isNumber)
  static let categories = columns.filter { !$0.isNumber }

  /// The columns of a CSV file, an empty cell being absent.
  static func table(_ file: String) -> [String: [String?]] {
    guard let text = try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    else { return [:] }
    var rows: [[String?]] = []
    var (row, cell, isQuoted, wasQuoted) = ([String?](), "", false, false)
    func endCell() {
      row.append(cell.isEmpty && !wasQuoted ? nil : cell)
      (cell, wasQuoted) = ("", false)
    }
    var characters = Array(text.unicodeScalars)[...]
    while let character = characters.popFirst() {
      switch (character, isQuoted) {
      case ("\"", true):
        if characters.first == "\"" {
          cell.append("\"")
          characters.removeFirst()
        } else {
          isQuoted = false
        }
      case ("\"", false): (isQuoted, wasQuoted) = (true, true)
      case (",", false): endCell()
      case ("\n", false):
        endCell()
        rows.append(row)
        row = []
      default: cell.unicodeScalars.append(character)
      }
    }
    guard let header = rows.first else { return [:] }
    var columns: [String: [String?]] = [:]
    for (index, name) in header.enumerated() {
      columns[name ?? ""] = rows.dropFirst().map { index < $0.count ? $0[index] : nil }
    }
    return columns
  }

  /// Whether a statistic is the expected one within the tolerance of `expected.json`.
  static func agrees(_ found: Double?, _ expected: Double?, relative: Double) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    if found == expected { return true }
    return abs(found - expected) <= max(1e-12, relative * abs(expected))
  }

  /// Whether a p-value is the expected one: relatively above 1e-12, else in its order of magnitude.
  static func agreesAsP(_ found: Double?, _ expected: Double?, relative: Double = 1e-6) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    if found == expected || (found < 1e-300 && expected < 1e-300) { return true }
    if expected > 1e-12 { return abs(found - expected) <= relative * expected }
    return abs(log10(found / expected)) < 0.01
  }
}
