import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Audits from the command line: exit codes, reports, history.
struct AuditTests {
  static let script = """
    let models = table([{name: "churn", owner: "ana"}, {name: "fraud", owner: null}])
    check "pass" "All is well" { models | where false }
    check "low" "Everyone has an owner" (severity = "low", scope = models) { models | where owner == null }

    """

  static let hostile =
    #"]]><script>alert(1)</script> ![x](http://e.example/)|`$HOME` @team \u{1B}[31m%0A::error::x "'"#

  private func run(
    _ script: String, _ arguments: String..., in folder: Scratch
  ) throws -> Ended {
    try folder.file("a.plumb", script)
    return try Program.run(
      ["run", "a.plumb", "--as-of", "2026-11-23"] + arguments, folder: folder.path)
  }

  // MARK: Exit codes

  @Test func exitCodes() throws {
    let folder = try Scratch()
    #expect(try run(Self.script, in: folder).exitCode == 0)
    #expect(try run(Self.script, "--fail-on", "low", in: folder).exitCode == 1)
    let unknown = Self.script + "check \"u\" \"A table\" { monitors }\n"
    #expect(try run(unknown, in: folder).exitCode == 4)
    #expect(try run(unknown, "--allow-unknown", in: folder).exitCode == 0)
    #expect(try run(unknown, "--fail-on", "high", in: folder).exitCode == 0)
    // A finding weighs more than a doubt.
    #expect(try run(unknown, "--fail-on", "low", in: folder).exitCode == 1)
    let broken = "check \"e\" \"Breaks\" { table([{a: \"x\"}]) | where int(a) > 1 }\n"
    #expect(try run(broken, in: folder).exitCode == 1)
    #expect(try run("check \"t\" \"Types\" { 1 + \"a\" }\n", in: folder).exitCode == 2)
    #expect(try run(Self.script + "1 // 0\n", in: folder).exitCode == 3)
    let waiver =
      "let waivers = table([{id: \"W\", check: \"*\", subject: \"*\", reason: \"r\", "
      + "approved_by: \"raj\", expires: \"soon\"}])\n"
    #expect(try run(waiver + Self.script, in: folder).exitCode == 2)
  }

  @Test func selection() throws {
    let folder = try Scratch()
    let ended = try run(Self.script, "--only", "l*", "--fail-on", "low", in: folder)
    #expect(ended.exitCode == 1 && ended.stdout.contains("1 check not selected"))
    #expect(!ended.stdout.contains("All is well"))
    #expect(try run(Self.script, "--only", "severity=medium", in: folder).exitCode == 0)
    expectError(try run(Self.script, "--only", "sevrity=low", in: folder), 2, "`--only` cannot be")
  }

  @Test func badOptions() throws {
    let folder = try Scratch()
    expectError(
      try run(Self.script, "--report", "jnuit=a.xml", in: folder), 2, "did you mean `junit`?")
    expectError(try run(Self.script, "--report", "json", in: folder), 2, "a kind and a file")
    expectError(
      try run(Self.script, "--fail-on", "hgh", in: folder), 2, "did you mean `high`?")
    let none = try run("print(1)\n", "--report", "json=a.json", in: folder)
    #expect(none.exitCode == 3 && none.stderr.contains("no check to report on"))
  }

  // MARK: Reports

  private func reports(_ script: String, in folder: Scratch) throws -> [String: String] {
    var texts: [String: String] = [:]
    let kinds = ["json", "junit", "sarif", "markdown", "html", "github", "tap"]
    let ended = try Program.run(
      ["run", "a.plumb", "--as-of", "2026-11-23"]
        + kinds.flatMap { ["--report", "\($0)=\($0).out"] }, folder: folder.path)
    #expect([0, 1, 4].contains(ended.exitCode), "\(ended.stderr)")
    for kind in kinds { texts[kind] = folder.text("\(kind).out") }
    texts["output"] = ended.stdout
    return texts
  }

  @Test func reportsAreTheSameTwice() throws {
    let folder = try Scratch()
    try folder.file("t.csv", "name,owner\nchurn,ana\nfraud,\n")
    try folder.file(
      "a.plumb",
      "open \"t.csv\"\ncheck \"c\" \"Owner\" (scope = t) { t | where owner == null }\n")
    let first = try reports("", in: folder)
    let second = try reports("", in: folder)
    #expect(first == second)
    #expect(first["json"]?.contains("\"row\": 2") == true)
    #expect(first["json"]?.contains("\"address\": \"t.csv\"") == true)
  }

  /// Names from data cannot leave their place in any report.
  @Test func hostileText() throws {
    let folder = try Scratch()
    let name = Self.hostile.replacing("\\u{1B}", with: "\u{1B}").replacing("%0A", with: "\n")
    let data = try JSONSerialization.data(withJSONObject: [["name": name, "owner": NSNull()]])
    try folder.file("t.json", Array(data))
    try folder.file(
      "a.plumb", "open \"t.json\"\ncheck \"c\" \"Owner\" (scope = t) { t | where owner == null }\n")
    let texts = try reports("", in: folder)
    for (kind, text) in texts { #expect(!text.contains("\u{1B}"), "\(kind)") }
    #expect(texts["html"]?.contains("<script>alert") == false)
    #expect(texts["markdown"]?.contains("<script>") == false)
    #expect(texts["markdown"]?.contains("![x](") == false)
    // A line of its own would be a command of the workflow or a test of its own.
    let commands = texts["github"]?.split(separator: "\n") ?? []
    #expect(commands.count == 2 && commands.allSatisfy { $0.hasPrefix("::error") })
    #expect(texts["tap"]?.split(separator: "\n").count { $0.hasPrefix("not ok") } == 1)
    for kind in ["json", "sarif"] {
      _ = try JSONSerialization.jsonObject(with: Data((texts[kind] ?? "").utf8))
    }
    #expect(XMLParser(data: Data((texts["junit"] ?? "").utf8)).parse())
  }

  @Test func sarifHasRulesAndPlaces() throws {
    let folder = try Scratch()
    try folder.file("a.plumb", Self.script + "check \"u\" \"A table\" { monitors }\n")
    let text = try #require(try reports("", in: folder)["sarif"])
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = driver?["rules"] as? [[String: Any]]
    #expect(rules?.map { $0["id"] as? String } == ["pass", "low", "u"])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["kind"] as? String } == ["fail", "open"])
    for result in results {
      let place = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"]
      let file = (place as? [String: Any])?["artifactLocation"] as? [String: String]
      #expect(file?["uri"] == "a.plumb")
      #expect(result["partialFingerprints"] != nil)
    }
  }

  @Test func junitCountsUnknownAsError() throws {
    let folder = try Scratch()
    try folder.file("a.plumb", Self.script + "check \"u\" \"A table\" { monitors }\n")
    let text = try #require(try reports("", in: folder)["junit"])
    #expect(text.contains("tests=\"3\" failures=\"1\" errors=\"1\" time=\"0\" skipped=\"0\""))
    #expect(text.contains("timestamp=\"2026-11-23T00:00:00\""))
  }

  // MARK: Tests of rules

  @Test func rulesCarryTheirTests() throws {
    let folder = try Scratch()
    #expect(
      Scratch.shell(
        "cd '\(folder.path)' && mkdir -p rules/fixtures/own-01/pass rules/fixtures/own-01/fail"))
    try folder.file(
      "rules/own.plumb",
      "check \"own-01\" \"Young\" (scope = models) { models | where created_at < now() - 30d }\n")
    try folder.file("rules/fixtures/own-01/pass/models.csv", "name,created_at\na,2026-11-01\n")
    try folder.file("rules/fixtures/own-01/pass/as-of", "2026-11-23\n")
    try folder.file("rules/fixtures/own-01/fail/models.csv", "name,created_at\na,2025-11-01\n")
    try folder.file("rules/fixtures/own-01/fail/as-of", "2026-11-23\n")
    let well = try Program.run("test", "rules/", folder: folder.path)
    #expect(well.exitCode == 0 && well.stdout.hasSuffix("2 passed, 0 failed\n"))
    // A rule that never fires is found out.
    try folder.file(
      "rules/own.plumb", "check \"own-01\" \"Young\" { models | where false }\n")
    let dead = try Program.run("test", "rules/", folder: folder.path)
    #expect(dead.exitCode == 1 && dead.stdout.contains("it must be fail, and is pass"))
    #expect(Scratch.shell("cd '\(folder.path)' && rm -r rules/fixtures/own-01/fail"))
    let missing = try Program.run("test", "rules/own.plumb", folder: folder.path)
    #expect(missing.exitCode == 1 && missing.stdout.contains("no fixture shows that it can fail"))
    expectError(try Program.run("test", folder: folder.path), 2, "needs a script or a folder")
  }

  // MARK: Mappings

  /// A mapping that does not fit the table stops, and says what was probably meant.
  @Test func mappingsFitTheirTables() throws {
    let folder = try Scratch()
    try folder.file("d.json", "[{\"id\": \"d-1\", \"note\": \"x\"}]")
    func load(_ mapping: String, as table: String = "deployments") throws -> Ended {
      try folder.file("m.yaml", mapping)
      return try Program.run(
        "-f", "csv", "-c", "load \(table) from \"d.json\", mapping = \"m.yaml\"\n\(table)",
        folder: folder.path)
    }
    let own = "table: deployments\ncolumns:\n  deployment_id: id\n  remark: note\n"
    expectOutput(try load(own), "deployment_id,remark\nd-1,x\n")
    expectError(
      try load("table: deployments\ncolumns: {deploymnt_id: id}\n"), 2,
      "did you mean `deployment_id`?")
    expectError(
      try load("table: incidents\ncolumns: {incident_id: id}\n"), 2,
      "the mapping makes a table `incidents`, and `deployments` is loaded")
    // Two exports may become tables of other names, to be put together.
    #expect(try load(own, as: "deployments_of_a").exitCode == 0)
  }

  // MARK: History of the registry

  @Test func copiesTellWhenAnAliasMoved() throws {
    let folder = try Scratch()
    try folder.file("models.csv", "name\nchurn\n")
    try folder.file("s.plumb", "snapshot registry to \"h\"\n")
    for (day, champion) in [(1, 1), (8, 1), (15, 2), (22, 0)] {
      let rows = (1...2).map { "churn,\($0),\($0 == champion ? "champion;live" : "")\n" }
      try folder.file("versions.csv", "model,version,aliases\n" + rows.joined())
      let ended = try Program.run(
        "run", "s.plumb", "models.csv", "versions.csv", "--as-of",
        "2026-11-\(day < 10 ? "0" : "")\(day)", folder: folder.path)
      #expect(ended.exitCode == 0, "\(ended.stderr)")
    }
    let events = try Program.run(
      "-f", "csv", "-c",
      "import registry; registry.alias_events(\"h\") | where alias == \"champion\" "
        + "| select version, not_before, at, kind, exact", folder: folder.path)
    expectOutput(
      events,
      """
      version,not_before,at,kind,exact
      2,2026-11-08T00:00:00Z,2026-11-15T00:00:00Z,set,false
      ,2026-11-15T00:00:00Z,2026-11-22T00:00:00Z,delete,false

      """)
    let again = try Program.run(
      "run", "s.plumb", "models.csv", "versions.csv", "--as-of", "2026-11-22", folder: folder.path)
    expectError(again, 3, "is there already")
  }

  // MARK: History

  @Test func historyTellsHowFindingsMove() throws {
    let folder = try Scratch()
    func audit(_ rows: String) throws -> Ended {
      try folder.file("t.csv", "name,owner\n" + rows)
      try folder.file(
        "a.plumb", "check \"c\" \"Owner\" (scope = t) { t | where owner == null }\n")
      return try Program.run(
        "run", "a.plumb", "t.csv", "--as-of", "2026-11-23", "--history", "h", folder: folder.path)
    }
    #expect(try audit("a,\nb,x\n").stdout.contains("this is the first run"))
    #expect(
      try audit("a,\nb,\n").stdout.contains("1 new, 0 reopened, 1 persistent, 0 fixed"))
    #expect(
      try audit("a,x\nb,\n").stdout.contains("0 new, 0 reopened, 1 persistent, 1 fixed"))
    #expect(
      try audit("a,\nb,\n").stdout.contains("0 new, 1 reopened, 1 persistent, 0 fixed"))
    let verified = try Program.run("audit", "verify", "h", folder: folder.path)
    #expect(verified.exitCode == 0 && verified.stdout.hasPrefix("4 records"))
  }

  @Test func everyChangeOfTheHistoryIsFound() throws {
    let folder = try Scratch()
    try folder.file("a.plumb", Self.script)
    for day in 21...23 {
      #expect(
        try Program.run(
          "run", "a.plumb", "--as-of", "2026-11-\(day)", "--history", "h", folder: folder.path
        ).exitCode == 0)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder / "h").sorted()
    #expect(names.count == 4)
    func expectFound(_ change: String, _ text: String) throws {
      #expect(Scratch.shell("cd '\(folder.path)' && rm -rf c && cp -r h c && cd c && \(change)"))
      let ended = try Program.run("audit", "verify", "c", folder: folder.path)
      #expect(ended.exitCode == 1 && ended.stderr.contains(text), "\(change): \(ended.stderr)")
      // Nothing is added to a history that was changed.
      let run = try Program.run("run", "a.plumb", "--history", "c", folder: folder.path)
      #expect(run.exitCode == 3)
    }
    try expectFound("sed -i 's/\"low\"/\"lo\"/' \(names[1])", "has been changed")
    try expectFound("rm \(names[0])", "is missing before")
    try expectFound("rm \(names[2])", "which is not the last record")
    try expectFound("rm HEAD", "`HEAD` is missing")
    try expectFound("touch note.txt", "is no record")
    try expectFound("cp \(names[2]) 000004\(names[2].dropFirst(6))", "says that it is another")
    try expectFound("truncate -s 100 \(names[2])", "has been changed")
    try expectFound("echo >> \(names[2])", "has been changed")
    try expectFound("cp \(names[0]) \(names[1])", "has been changed")
    try expectFound(
      "mv \(names[0]) t && mv \(names[1]) 000001\(names[1].dropFirst(6)) "
        + "&& mv t 000002\(names[0].dropFirst(6))", "follows another record")
  }

  /// A history that ends earlier is whole in itself: only the head that was kept tells.
  @Test func aHistoryThatWasCutOffIsFoundByItsHead() throws {
    let folder = try Scratch()
    try folder.file("a.plumb", Self.script)
    func run(_ day: Int, _ history: String) throws {
      let ended = try Program.run(
        "run", "a.plumb", "--as-of", "2026-11-\(day)", "--history", history, folder: folder.path)
      #expect(ended.exitCode == 0)
    }
    for day in 21...23 { try run(day, "h") }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder / "h").sorted()
    func verify(_ head: String) throws -> Ended {
      try Program.run("audit", "verify", "h", head, folder: folder.path)
    }
    #expect(try verify(names[2]).exitCode == 0)
    #expect(try verify(names[0]).exitCode == 0)
    #expect(
      Scratch.shell("cd '\(folder.path)/h' && rm \(names[2]) && echo \(names[1]) > HEAD"))
    #expect(try Program.run("audit", "verify", "h", folder: folder.path).exitCode == 0)
    let cut = try verify(names[2])
    #expect(cut.exitCode == 1 && cut.stderr.contains("was cut off or written anew"))
    // Another record in its place is another record.
    try run(24, "h")
    #expect(try verify(names[2]).exitCode == 1)
    #expect(Scratch.shell("cd '\(folder.path)/h' && rm *"))
    #expect(try verify(names[2]).exitCode == 1)
  }
}
