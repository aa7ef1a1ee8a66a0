import Foundation
import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbStdlib
import Synchronization

/// The example portfolio as rows of text, to be changed and audited.
struct Portfolio {
  /// A table of a CSV file: no field of the portfolio holds a comma or a quote.
  struct Table {
    var columns: [String]
    var rows: [[String]]
  }

  /// A line of `defects.csv`: what to change so that a rule finds something.
  struct Defect {
    let rule: String
    /// Which models it may be about.
    let models: String
    let table: String
    let action: String
    let condition: String
    let values: String
  }

  var tables: [String: Table]
  /// Files that are opened in place of tables, by the tables' names.
  var exports: [String: URL] = [:]
  /// Other files that lie beside the tables, by name.
  var files: [String: String] = [:]

  static let folder = ExperimentsModuleTests.repository
    .appendingPathComponent("stdlib/examples/portfolio")

  static let live = [
    "churn": "high", "fraud": "high", "pricing": "medium", "search": "low", "demand": "medium",
    "credit": "critical", "tagging": "low", "returns": "medium",
  ]

  static let defects: [Defect] = {
    let table =
      (try? read(folder.appendingPathComponent("defects.csv"))) ?? Table(columns: [], rows: [])
    return table.rows.map { row in
      Defect(
        rule: row[0], models: row[1], table: row[2], action: row[3], condition: row[4],
        values: row[5])
    }
  }()

  /// The rules in the order of `defects.csv`, each once.
  static let rules: [String] = defects.map(\.rule).reduce(into: []) { rules, rule in
    if rules.last != rule { rules.append(rule) }
  }

  /// The models that a rule's defect may be planted in.
  static func models(for rule: String) -> [String] {
    let kind = defects.first { $0.rule == rule }?.models
    switch kind {
    case "high": return live.filter { ["high", "critical"].contains($0.value) }.keys.sorted()
    case "class": return ["credit"]
    case "performance": return live.filter { $0.value != "low" }.keys.sorted()
    case "retired": return ["legacy"]
    default: return live.keys.sorted()
    }
  }

  static func healthy() throws -> Portfolio {
    let folder = folder.appendingPathComponent("healthy")
    var tables: [String: Table] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      tables[String(name.dropLast(4))] = try read(folder.appendingPathComponent(name))
    }
    return Portfolio(tables: tables)
  }

  private static func read(_ file: URL) throws -> Table {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let rows = lines.map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return Table(columns: rows[0], rows: Array(rows.dropFirst()))
  }

  /// Plants the defect of a rule in a model.
  mutating func plant(_ rule: String, in model: String) {
    for defect in Self.defects where defect.rule == rule {
      let condition = Self.pairs(defect.condition, ";", model)
      let values = Self.pairs(defect.values, "|", model)
      change(defect.table, where: condition, defect.action, values)
    }
  }

  /// Sets cells of the rows of a table that have some values.
  mutating func set(
    _ table: String, where condition: [(String, String)], _ values: [(String, String)]
  ) {
    change(table, where: condition, "set", values)
  }

  /// Adds a row to a table.
  mutating func add(_ table: String, _ values: [(String, String)]) {
    change(table, where: [], "add", values)
  }

  /// Takes rows out of a table.
  mutating func remove(_ table: String, where condition: [(String, String)]) {
    change(table, where: condition, "delete", [])
  }

  private mutating func change(
    _ name: String, where condition: [(String, String)], _ action: String,
    _ values: [(String, String)]
  ) {
    guard var table = tables[name] else { return }
    let index = Dictionary(uniqueKeysWithValues: table.columns.enumerated().map { ($1, $0) })
    let matches = { (row: [String]) in
      condition.allSatisfy { key, value in index[key].map { row[$0] == value } ?? false }
    }
    func putting(_ row: [String]) -> [String] {
      var row = row
      for (key, value) in values {
        if let column = index[key] { row[column] = value }
      }
      return row
    }
    switch action {
    case "delete": table.rows.removeAll(where: matches)
    case "add": table.rows.append(putting(Array(repeating: "", count: table.columns.count)))
    default: table.rows = table.rows.map { matches($0) ? putting($0) : $0 }
    }
    tables[name] = table
  }

  private static func pairs(
    _ text: String, _ separator: Character, _ model: String
  ) -> [(String, String)] {
    text.replacing("{model}", with: model).split(separator: separator).map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }

  // MARK: Auditing

  /// 2026-06-30T12:00:00Z.
  static let now = 1_782_820_800_000_000

  /// Runs std:audit over the portfolio and gives its report; with `only`, just one check of it.
  func audit(
    only: String? = nil, now: Int = Portfolio.now, parameters: [String: String] = [:],
    history: AuditHistory? = nil
  ) throws -> AuditReport {
    let script = only.map(Self.script(withOnly:)) ?? Self.script("audit")
    return try run(
      script, name: "std:audit", now: now, parameters: parameters, history: history)
  }

  /// std:audit with one check and what stands beside the checks: the other ones are cut out instead
  /// of left out, which saves looking at them.
  private static func script(withOnly id: String) -> String {
    let whole = script("audit").components(separatedBy: "\n# What it comes to")[0]
    let parts = whole.components(separatedBy: "\ncheck ")
    return parts.enumerated().map { index, part in
      if index == 0 { return part }
      if part.hasPrefix("\"\(id)\"") { return "\ncheck " + part }
      return part.range(of: "\n}").map { String(part[$0.upperBound...]) } ?? ""
    }.joined() + "\n"
  }

  static func script(_ name: String) -> String {
    StandardLibrary.scripts.first { $0.name == name }?.text ?? ""
  }

  /// Runs a script over the portfolio and gives the report of its checks.
  func run(
    _ text: String, name: String, now: Int = Portfolio.now, parameters: [String: String] = [:],
    history: AuditHistory? = nil
  ) throws -> AuditReport {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-portfolio-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = SessionOptions()
    options.nowMicroseconds = now
    options.folder = folder.path
    options.auditHistory = history
    let session = Session(options)
    for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
      if let export = exports[name] {
        try session.open(export.path)
        continue
      }
      let lines = ([table.columns] + table.rows).map { $0.joined(separator: ",") }
      try (lines.joined(separator: "\n") + "\n").write(
        to: folder.appendingPathComponent("\(name).csv"), atomically: true, encoding: .utf8)
      try session.open("\(name).csv")
    }
    for (name, text) in files {
      try text.write(
        to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let (program, diagnostics) = session.check(
      SourceFile(name: name, text: text), parameters: parameters)
    guard let program else { throw Failure(messages: diagnostics.all.map(\.message)) }
    let report = Mutex<AuditReport?>(nil)
    let messages = Mutex<[String]>([])
    _ = session.run(program) { event in
      switch event {
      case .audited(let found): report.withLock { $0 = found }
      case .diagnostic(let diagnostic): messages.withLock { $0.append(diagnostic.message) }
      default: break
      }
    }
    guard let found = report.withLock({ $0 }) else {
      throw Failure(messages: messages.withLock { $0 })
    }
    return found
  }

  struct Failure: Error {
    let messages: [String]
  }
}

extension AuditReport {
  subscript(id: String) -> CheckResult? { results.first { $0.definition.id == id } }

  /// The ids of the checks with an outcome.
  func checks(_ outcome: CheckOutcome) -> [String] {
    results.filter { $0.outcome == outcome }.map(\.definition.id)
  }
}
