import Foundation
import Testing

/// The language server as an editor speaks with it.
struct LanguageServerTests {
  private static let address = "file:///w/a.plumb"

  /// The answers to requests and the notices, in order.
  private func answers(to messages: [String]) throws -> [[String: Any]] {
    var input = ""
    for message in messages {
      input += "Content-Length: \(message.utf8.count)\r\n\r\n\(message)"
    }
    let ended = try Program.run("lsp", input: input)
    #expect(ended.exitCode == 0 && ended.stderr == "")
    var rest = Substring(ended.stdout)
    var found: [[String: Any]] = []
    while let header = rest.prefixMatch(of: /Content-Length: (\d+)\r\n\r\n/) {
      let body = Array(rest.utf8.dropFirst(header.output.0.utf8.count))
      let length = try #require(Int(header.output.1))
      let object = try JSONSerialization.jsonObject(with: Data(body.prefix(length)))
      found.append(try #require(object as? [String: Any]))
      rest = Substring(String(decoding: body.dropFirst(length), as: UTF8.self))
    }
    return found
  }

  private func request(_ id: Int, _ method: String, _ more: String = "") -> String {
    let document = "\"textDocument\":{\"uri\":\"\(Self.address)\"}"
    return
      "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":{\(document)\(more)}}"
  }

  private func open(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
    return """
      {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":\
      "\(Self.address)","languageId":"plumb","version":1,"text":"\(escaped)"}}}
      """
  }

  private let end = [
    #"{"jsonrpc":"2.0","id":99,"method":"shutdown"}"#, #"{"jsonrpc":"2.0","method":"exit"}"#,
  ]

  private func position(_ line: Int, _ character: Int) -> String {
    ",\"position\":{\"line\":\(line),\"character\":\(character)}"
  }

  @Test func tellsOfMistakes() throws {
    let found = try answers(
      to: [
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#,
        open("let 𝄞 = 1"), open("let t = table([{a: 1}])\n\"𝄞\"; t | where b > 1"),
      ] + end)
    let first = found[0]["result"] as? [String: Any]
    #expect((first?["capabilities"] as? [String: Any])?["hoverProvider"] as? Bool == true)
    let notices = found.filter { $0["method"] as? String == "textDocument/publishDiagnostics" }
    #expect(notices.count == 2)
    let last = notices.last?["params"] as? [String: Any]
    let diagnostic = try #require((last?["diagnostics"] as? [[String: Any]])?.first)
    #expect(diagnostic["code"] as? String == "E0203")
    let start = (diagnostic["range"] as? [String: Any])?["start"] as? [String: Int]
    // Columns are UTF-16 units: the clef before it takes two.
    #expect(start == ["line": 1, "character": 16])
  }

  @Test func completesExplainsFindsAndLaysOut() throws {
    let text = "let alpha = table([{beta: 1}])\nalpha|where bet\ndef f(x) = x\nf(1)"
    let found = try answers(
      to: [
        open(text), request(2, "textDocument/completion", position(1, 15)),
        request(3, "textDocument/hover", position(1, 8)),
        request(4, "textDocument/definition", position(1, 2)),
        request(5, "textDocument/definition", position(3, 0)),
        request(6, "textDocument/formatting"), request(7, "no/such"),
      ] + end)
    func result(_ id: Int) -> Any? { found.first { $0["id"] as? Int == id }?["result"] }
    let items = (result(2) as? [String: Any])?["items"] as? [[String: Any]]
    #expect(items?.first?["label"] as? String == "beta")
    let contents = (result(3) as? [String: Any])?["contents"] as? [String: Any]
    #expect((contents?["value"] as? String)?.contains("where COND") == true)
    for (id, line, character) in [(4, 0, 4), (5, 2, 4)] {
      let range = (result(id) as? [String: Any])?["range"] as? [String: Any]
      #expect(range?["start"] as? [String: Int] == ["line": line, "character": character])
    }
    let edits = try #require(result(6) as? [[String: Any]])
    #expect((edits[0]["newText"] as? String)?.contains("alpha | where bet") == true)
    #expect(found.first { $0["id"] as? Int == 7 }?["error"] != nil)
  }

  /// What is no message ends the server; what is no request is passed over.
  @Test func survivesNonsense() throws {
    for input in [
      "", "nonsense\r\n\r\n", "Content-Length: 5\r\n\r\n{", "Content-Length: -1\r\n\r\n",
    ] {
      let ended = try Program.run("lsp", input: input)
      #expect(ended.exitCode == 3 && ended.stdout == "")
    }
    _ = try answers(to: ["{", "[]", "null", #"{"method":5}"#, request(1, "shutdown")] + end)
    _ = try answers(to: [request(1, "textDocument/hover", position(5, 5)), open("\n")] + end)
  }
}
