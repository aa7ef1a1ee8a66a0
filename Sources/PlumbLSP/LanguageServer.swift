import Glibc
import PlumbColumns
import PlumbDiagnostics
package import PlumbEngine
import PlumbOutput
import PlumbSyntax
import PlumbSystem

/// Answers an editor over standard input and output: what is wrong, what a word may become, what it
/// means, where it is defined, how the file is laid out (Language Server Protocol 3.17).
package final class LanguageServer {
  private let session: Session
  private let version: String
  private var stream = MessageStream()
  private var documents: [String: TextDocument] = [:]
  private var isShutDown = false

  package init(_ session: Session, version: String) {
    self.session = session
    self.version = version
  }

  /// Serves until the editor says that it ends; gives whether it ended in order.
  package func run() -> Bool {
    while let message = stream.next() {
      let method = message["method"]?.string
      if method == "exit" { return isShutDown }
      let parameters = message["params"] ?? .null
      guard let id = message["id"], let method else {
        if let method { notice(method, parameters) }
        continue
      }
      switch method {
      case "initialize": answer(id, capabilities)
      case "shutdown":
        isShutDown = true
        answer(id, .null)
      case "textDocument/completion": answer(id, withDocument(parameters, completion))
      case "textDocument/hover": answer(id, withDocument(parameters, hover))
      case "textDocument/definition": answer(id, withDocument(parameters, definition))
      case "textDocument/formatting": answer(id, withDocument(parameters, formatting))
      default:
        send([
          "jsonrpc": "2.0", "id": id,
          "error": ["code": -32601, "message": .string("unknown method \(method)")],
        ])
      }
    }
    return isShutDown
  }

  // MARK: Messages

  private func send(_ message: JSONTree) {
    let text = message.text
    try? writeAll("Content-Length: \(text.utf8.count)\r\n\r\n\(text)", to: 1)
  }

  private func answer(_ id: JSONTree, _ result: JSONTree) {
    send(["jsonrpc": "2.0", "id": id, "result": result])
  }

  private var capabilities: JSONTree {
    [
      "capabilities": [
        "positionEncoding": "utf-16",
        // The whole text with every change: programs are short.
        "textDocumentSync": ["openClose": true, "change": 1],
        "completionProvider": ["triggerCharacters": ["|", ".", "\""]], "hoverProvider": true,
        "definitionProvider": true, "documentFormattingProvider": true,
      ], "serverInfo": ["name": "plumb", "version": .string(version)],
    ]
  }

  /// Takes what needs no answer.
  private func notice(_ method: String, _ parameters: JSONTree) {
    guard let document = parameters["textDocument"], let address = document["uri"]?.string else {
      return
    }
    switch method {
    case "textDocument/didOpen":
      take(TextDocument(address: address, text: document["text"]?.string ?? ""))
    case "textDocument/didChange":
      guard let text = parameters["contentChanges"]?.array?.last?["text"]?.string else { return }
      take(TextDocument(address: address, text: text))
    case "textDocument/didClose":
      documents[address] = nil
      publish([], of: address)
    default: break
    }
  }

  private func take(_ document: TextDocument) {
    documents[document.address] = document
    let found = session.check(document.file).diagnostics.displayed.filter {
      $0.range?.file === document.file
    }
    publish(found.map { diagnosis($0, in: document) }, of: document.address)
  }

  private func publish(_ diagnostics: [JSONTree], of address: String) {
    send([
      "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics",
      "params": ["uri": .string(address), "diagnostics": .array(diagnostics)],
    ])
  }

  private func diagnosis(_ diagnostic: Diagnostic, in document: TextDocument) -> JSONTree {
    var message = diagnostic.message
    for more in [diagnostic.label].compactMap(\.self) + diagnostic.notes { message += "\n" + more }
    if let help = diagnostic.help { message += "\nhelp: " + help }
    return [
      "range": document.range(diagnostic.range?.offsets ?? 0..<0),
      "severity": .int(diagnostic.severity == .error ? 1 : 2), "source": "plumb",
      "code": .string(diagnostic.code.id), "message": .string(message),
    ]
  }

  // MARK: Requests about a file

  private func withDocument(
    _ parameters: JSONTree, _ body: (TextDocument, JSONTree) -> JSONTree
  ) -> JSONTree {
    guard let address = parameters["textDocument"]?["uri"]?.string,
      let document = documents[address]
    else { return .null }
    return body(document, parameters)
  }

  private func completion(_ document: TextDocument, _ parameters: JSONTree) -> JSONTree {
    let offset = document.offset(of: parameters["position"])
    let found = session.completions(in: document.text, at: offset)
    let range = document.range(found.range)
    let items = found.candidates.enumerated().map { index, candidate -> JSONTree in
      let rank = String(index)
      return [
        "label": .string(candidate.text), "kind": .int(Self.kind(candidate.kind)),
        "detail": .string(candidate.type), "documentation": .string(candidate.summary),
        // The order is the server's: the likeliest first.
        "sortText": .string(String(repeating: "0", count: max(0, 6 - rank.count)) + rank),
        "filterText": .string(candidate.text),
        "textEdit": ["range": range, "newText": .string(candidate.text)],
      ]
    }
    return ["isIncomplete": true, "items": .array(items)]
  }

  /// The protocol's numbers of kinds of completion.
  private static func kind(_ kind: CompletionCandidate.Kind) -> Int {
    switch kind {
    case .function: 3
    case .column: 5
    case .variable: 6
    case .table: 7
    case .module: 9
    case .family: 10
    case .value: 12
    case .keyword, .stage, .command: 14
    case .file: 17
    case .option: 20
    }
  }

  private func hover(_ document: TextDocument, _ parameters: JSONTree) -> JSONTree {
    let offset = document.offset(of: parameters["position"])
    guard let text = session.inspection(at: offset, in: document.text) else { return .null }
    return ["contents": ["kind": "plaintext", "value": .string(text)]]
  }

  private func definition(_ document: TextDocument, _ parameters: JSONTree) -> JSONTree {
    let offset = document.offset(of: parameters["position"])
    guard let range = DefinitionFinder(document.file).definition(of: offset) else { return .null }
    return ["uri": .string(document.address), "range": document.range(range)]
  }

  private func formatting(_ document: TextDocument, _: JSONTree) -> JSONTree {
    guard case .success(let text) = format(document.file) else { return .null }
    if text == document.text { return [] }
    return [
      ["range": document.range(0..<document.file.bytes.count), "newText": .string(text)]
    ]
  }
}
