import Foundation
import PlumbDiagnostics
import PlumbEngine
import PlumbStdlib
import Testing

/// Which pages a name has, and what they show.
@Suite struct HelpPageTests {
  private func kinds(_ name: String, _ session: Session = Session()) -> [HelpPage.Kind] {
    session.help.pages(for: name).map(\.kind)
  }

  @Test func namesOfEveryKind() {
    #expect(kinds("join") == [.stage])
    #expect(kinds("\"join\"") == [.stage])
    #expect(kinds("let") == [.statement])
    #expect(kinds("if") == [.statement])
    #expect(kinds("??") == [.topic])
    #expect(kinds("not in") == [.topic])
    #expect(kinds("quantile") == [.aggregate])
    #expect(kinds("lag") == [.window])
    #expect(kinds("sqrt") == [.scalar])
    #expect(kinds("numbers") == [.group])
    #expect(kinds("mlflow-sqlite") == [.source])
    #expect(kinds("jsonl") == [.outputFormat])
    #expect(kinds("e0203") == [.errorCode])
    #expect(kinds("nonsense").isEmpty)
  }

  @Test func aNameThatIsSeveralThingsShowsAll() {
    #expect(kinds("count") == [.stage, .aggregate])
    #expect(kinds("duration") == [.topic, .scalar])
    #expect(kinds("csv") == [.source, .outputFormat])
  }

  @Test func tablesAndColumns() throws {
    let session = Session()
    try session.open(address: DemoStoreFile.path)
    #expect(kinds("runs", session) == [.table])
    #expect(kinds("runs.status", session) == [.column])
    #expect(kinds("runs.params", session) == [.column])
    #expect(kinds("status", session) == [.column])
    #expect(kinds("runs.metrics.accuracy", session) == [.column])
    #expect(kinds("runs.nothing", session).isEmpty)
    #expect(session.help.suggestion(for: "runs.statsu") == "`runs.status`")
    #expect(session.help.suggestion(for: "statsu") == "`status`")
  }

  /// Every fixed column and every family of every table of a store has a meaning.
  @Test func columnsOfAStoreAreExplained() throws {
    let session = Session()
    try session.open(address: DemoStoreFile.path)
    #expect(session.tableNames.count == 11)
    for name in session.tableNames {
      let page = try #require(session.help.pages(for: name).first { $0.kind == .table })
      #expect(page.summary.contains("."))
      for section in page.sections {
        guard case .entries(_, let entries) = section else { continue }
        for entry in entries {
          #expect(entry.meaning.hasSuffix("."), "\(name).\(entry.name)")
          #expect(!entry.type.isEmpty)
        }
      }
    }
  }

  @Test func functionsOfTheProgram() throws {
    let shown = ExampleRun.printed(
      """
      ## Twice a number.
      ##
      ## Null for null.
      ##
      ##     twice(2)
      def twice(x: float, times = 2) = x * times
      help(twice)
      """)
    #expect(
      shown == """
        twice  (function of this program)

          twice(x: float, times = 2)

        Twice a number.

        Null for null.

            twice(2)
        """)
  }

  @Test func functionsOfAFile() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let file = "\(folder)/plumb-help-\(getpid()).plumb"
    try "## Twice a number.\ndef twice(x) = x * 2\n".write(
      toFile: file, atomically: true, encoding: .utf8)
    defer { unlink(file) }
    let shown = ExampleRun.printed("import \"\(file)\" as own\nhelp(own.twice)")
    #expect(shown.contains("own.twice(x)"))
    #expect(shown.contains("Twice a number."))
  }

  @Test(arguments: StandardLibrary.modules.map(\.name))
  func modulesAreExplained(_ name: String) throws {
    let help = Session().help
    let page = try #require(help.pages(for: name).first { $0.kind == .module })
    #expect(page.summary.hasSuffix("."))
    for section in page.sections {
      guard case .entries(_, let functions) = section else { continue }
      #expect(!functions.isEmpty)
      for function in functions {
        #expect(function.meaning.hasSuffix("."), "\(function.name)")
        let member = function.name.prefix { $0 != "(" }
        #expect(help.pages(for: "\(name).\(member)").map(\.kind) == [.moduleFunction])
      }
    }
  }

  @Test func unknownNames() {
    #expect(ExampleRun.printed("help(tpo)") == "no help on `tpo`; did you mean `top`?")
    #expect(ExampleRun.printed("help(qqqqqq)") == "no help on `qqqqqq`")
    #expect(ExampleRun.printed("help(filter)").hasPrefix("`filter` is called `where` here."))
    #expect(
      ExampleRun.printed("help(strlen)").hasPrefix("`strlen` is called `length(text)` here."))
    #expect(ExampleRun.printed("help(nvl)") == "no help on `nvl`; did you mean `x ?? value`?")
  }

  @Test func everyEntryHasAPage() {
    let help = Session().help
    let entries = help.entries
    #expect(entries.count > 250)
    for entry in entries {
      #expect(help.pages(for: entry.name).contains { $0.kind == entry.kind }, "\(entry.name)")
      #expect(!entry.summary.isEmpty, "\(entry.name)")
    }
  }

  @Test(arguments: [40, 80, 120])
  func linesFitTheWidth(_ width: Int) {
    let help = Session().help
    let text = HelpTextRenderer(width: width)
    for line in text.overview(help).split(separator: "\n") where !line.hasPrefix("    ") {
      #expect(displayWidth(of: line) <= max(width, 82), "\(line)")
    }
    for entry in help.entries {
      // Code is not broken, nor is a word.
      for line in text.text(help, for: entry.name).split(separator: "\n")
      where !line.hasPrefix("    ") && line.contains(" ") {
        #expect(displayWidth(of: line) <= width, "\(entry.name): \(line)")
      }
    }
  }
}
