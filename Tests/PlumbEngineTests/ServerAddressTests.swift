import PlumbDiagnostics
import PlumbEngine
import Testing

/// Programs that name servers. Nothing answers on port 1 of this machine.
struct ServerAddressTests {
  private let address = "postgresql://ada:s3cret@127.0.0.1:1/db"

  private func diagnostics(_ code: String, opensServers: Bool = true) -> Diagnostics {
    var options = SessionOptions()
    options.checkOpensServers = opensServers
    return Session(options).check(SourceFile(name: "x.plumb", text: code)).diagnostics
  }

  @Test func aPasswordDoesNotShowInErrors() throws {
    for code in [
      "open \"\(address)\"", "load x from \"\(address)\"", "open '\(address)', 5",
      "read(\"\(address)\") | take 1", "let x = \"\(address)\" + 1",
    ] {
      let found = diagnostics(code)
      #expect(found.hasErrors)
      let text = DiagnosticRenderer().render(found)
      #expect(!text.contains("s3cret"), "\(text)")
    }
  }

  @Test func theUnderlineIsThatOfTheTextThatShows() throws {
    let lines = DiagnosticRenderer().render(diagnostics("open \"\(address)\""))
      .split(separator: "\n").map(String.init)
    let shown = try #require(lines.first { $0.hasPrefix("1 |") })
    let underline = try #require(lines.first { $0.contains("^") })
    #expect(shown.hasSuffix("open \"postgresql://ada:***@127.0.0.1:1/db\""))
    #expect(underline.filter { $0 == "^" }.count == "\"postgresql://ada:***@127.0.0.1:1/db\"".count)
  }

  @Test func anEditorDoesNotConnect() throws {
    let code = "open \"\(address)\"\nopen \"http://127.0.0.1:1\" as b\nb.runs | where x == 1"
    #expect(!diagnostics(code, opensServers: false).hasErrors)
    #expect(diagnostics(code).hasErrors)
  }
}
