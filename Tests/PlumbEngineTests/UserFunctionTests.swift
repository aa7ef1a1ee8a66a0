import Foundation
import PlumbEngine
import Testing

/// Functions of the program: what they take, where they are put in place of the call, what is
/// told of mistakes in them.
@Suite struct UserFunctionTests {
  private func lines(_ program: String) throws -> [String] {
    try Session().run(program).flatMap { result -> [String] in
      switch result {
      case .chart(let chart): [chart.text()]
      case .table(let table): try table.values(table.columnNames[0]).map { "\($0)" }
      case .value(let value): ["\(value)"]
      case .text(let text): [text]
      }
    }
  }

  private static let rows = """
    let t = table([{x: 1, best: 2}, {x: 3, best: 4}])

    """

  @Test func aTableWithADefaultMayBeLeftOut() throws {
    let above = "def above(rows: table = t, n: int = 0) = rows | where x > n | select best\n"
    for call in [
      "above(2)", "above(t, 2)", "t | above(2)", "above(n = 2)", "above(rows = t, n = 2)",
    ] {
      #expect(try lines(Self.rows + above + call) == ["integer(4)"], "\(call)")
    }
  }

  /// A column is meant where one has the name of a function.
  @Test func columnsHideFunctionsInArguments() throws {
    let program = """
      def best(n) = n
      t | window before = lag(best) sort x | select before
      """
    #expect(try lines(Self.rows + program) == ["null", "integer(2)"])
  }

  @Test func functionsOfTablesStayOpenToPruning() throws {
    let program = """
      def some(rows: table, n: int) {
        expect n > 0, "none"
        let twice = n * 2
        return rows | where x < twice
      }
      explain t | some(2) | select best
      """
    let text = try #require(try lines(Self.rows + program).last)
    #expect(text.contains("filter x < 4"), "\(text)")
  }

  @Test func aFailedExpectationEndsTheRun() throws {
    let program = """
      def some(rows: table, n: int) {
        expect n > 0, f"none, not {n}"
        return rows
      }
      t | some(0) | count
      """
    let error = #expect(throws: PlumbError.self) { try lines(Self.rows + program) }
    #expect(error?.messages.first?.text == "none, not 0")
  }

  /// Null stays null when a number is taken as the text that a store might hold.
  @Test func mixedParametersMeetAsText() throws {
    let program = """
      let t = table([{"params.a": "1e-3", "params.b": 1}, {"params.a": null, "params.b": null}])
      t | unpivot params.* into key, value
      """
    let error = #expect(throws: PlumbError.self) { try lines(program) }
    #expect(error?.messages.first?.text.contains("one type") == true)
    let session = Session()
    try session.open(try ExperimentsModuleTests.store.get())
    let kinds = try session.run(
      """
      runs | unpivot params.* into key, value | where key == "params.alpha" and value != null
      | summarize n = count(), texts = count_if(value == "1e-05") by value | select value, texts
      let held = runs | select params.batch_size, params.optimizer
      held | unpivot params.* into key, value | where value == "null" | count
      """)
    #expect(try kinds[0].strings("value").contains("1e-05"))
    #expect(try kinds[1].integers("count") == [0])
  }

  @Test func mistakesInModulesNameTheModule() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-modules-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String) throws -> String {
      let file = folder.appendingPathComponent(name)
      try Data(text.utf8).write(to: file)
      return file.path
    }
    let own = try write(
      "own.plumb", "## Doubles.\ndef twice(x) = x * 2\ndef wrong(t: table) = t | where nosuch > 1\n"
    )
    let cycle = try write("cycle.plumb", "import \"../\(folder.lastPathComponent)/cycle.plumb\"\n")
    let program = "import \"\(own)\" as own\n"
    #expect(
      try lines(program + "map([1, 2], own.twice)") == [
        "list([PlumbEngine.ResultValue.integer(2), PlumbEngine.ResultValue.integer(4)])"
      ])
    #expect(try lines(program + "help(own)")[0].contains("Doubles."))
    let wrong = #expect(throws: PlumbError.self) {
      try lines(Self.rows + program + "t | own.wrong()")
    }
    let rendered = try #require(wrong?.messages.first?.rendered)
    #expect(rendered.contains("own.plumb:3:"), "\(rendered)")
    #expect(rendered.contains("called at"), "\(rendered)")
    let circular = #expect(throws: PlumbError.self) { try lines("import \"\(cycle)\" as c") }
    #expect(circular?.messages.map(\.code) == ["E0215"])
    let missing = #expect(throws: PlumbError.self) {
      try lines("import \"nowhere.plumb\" as own\nown.twice(1)")
    }
    #expect(missing?.messages.map(\.code) == ["E0501"])
  }
}
