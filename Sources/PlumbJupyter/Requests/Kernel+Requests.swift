import PlumbColumns
import PlumbEngine
import PlumbSyntax

extension Kernel {
  /// Answers a request of the shell channel, `busy` before and `idle` after it.
  func answer(_ request: KernelRequest) {
    publisher.status("busy", parent: request.header)
    var aborted: [KernelRequest] = []
    switch request.type {
    case "execute_request": aborted = execute(request)
    case "kernel_info_request": publisher.reply(request, kernelInfo)
    case "complete_request": publisher.reply(request, completion(request.content))
    case "inspect_request": publisher.reply(request, inspection(request.content))
    case "is_complete_request": publisher.reply(request, completeness(request.content))
    case "history_request": publisher.reply(request, historyReply(request.content))
    case "comm_info_request": publisher.reply(request, ["status": "ok", "comms": [:]])
    case "comm_open":
      // No target is known here; the other side is told so.
      publisher.publish(
        "comm_close",
        ["comm_id": .string(request.content["comm_id"]?.string ?? ""), "data": [:]],
        parent: request.header)
    case "interrupt_request": publisher.reply(request, ["status": "ok"])
    case "shutdown_request":
      let content: JSONTree = [
        "status": "ok", "restart": .bool(request.content["restart"]?.bool ?? false),
      ]
      publisher.reply(request, content)
      shutDown(request, content)
    default: break
    }
    publisher.status("idle", parent: request.header)
    for request in aborted { abort(request) }
  }

  /// Answers a cell that will not run because one before it failed.
  private func abort(_ request: KernelRequest) {
    publisher.status("busy", parent: request.header)
    // Only the status: a count would number a cell that never ran.
    publisher.reply(request, ["status": "aborted"])
    publisher.status("idle", parent: request.header)
  }

  var kernelInfo: JSONTree {
    [
      "status": "ok", "protocol_version": .string(MessageWriter.protocolVersion),
      "implementation": "plumb", "implementation_version": .string(options.version),
      "language_info": [
        "name": "plumb", "version": .string(options.version), "mimetype": "text/x-plumb",
        "file_extension": ".plumb", "pygments_lexer": "plumb", "codemirror_mode": "sql",
        "nbconvert_exporter": "script",
      ],
      "banner": .string(
        "Plumb \(options.version): questions to the records of machine learning models"),
      "debugger": false, "help_links": [], "supported_features": [],
    ]
  }

  // MARK: Help while typing

  private func completion(_ content: JSONTree) -> JSONTree {
    let code = CursorText(content)
    let found = session.completions(in: code.text, at: code.offset)
    let start = code.scalars(before: found.range.lowerBound)
    let end = code.scalars(before: found.range.upperBound)
    return [
      "status": "ok", "matches": .array(found.candidates.map { .string($0.text) }),
      "cursor_start": .int(start), "cursor_end": .int(end),
      "metadata": [
        "_jupyter_types_experimental": .array(
          found.candidates.map {
            [
              "text": .string($0.text), "type": .string($0.kind.rawValue),
              "signature": .string($0.kind == .function ? $0.type : ""), "start": .int(start),
              "end": .int(end),
            ]
          })
      ],
    ]
  }

  private func inspection(_ content: JSONTree) -> JSONTree {
    let code = CursorText(content)
    guard let text = session.inspection(at: code.offset, in: code.text) else {
      return ["status": "ok", "found": false, "data": [:], "metadata": [:]]
    }
    return [
      "status": "ok", "found": true, "data": ["text/plain": .string(text)], "metadata": [:],
    ]
  }

  private func completeness(_ content: JSONTree) -> JSONTree {
    let code = content["code"]?.string ?? ""
    if HelpCell(code) != nil { return ["status": "complete"] }
    switch PlumbSyntax.completeness(of: code) {
    case .complete: return ["status": "complete"]
    case .needsMore: return ["status": "incomplete", "indent": "  "]
    case .hasErrors: return ["status": "invalid"]
    }
  }
}

/// A cell's text and the cursor in it, which clients count in Unicode scalars.
struct CursorText {
  let text: String
  /// The cursor in bytes of UTF-8, within the text whatever the client says.
  let offset: Int

  init(_ content: JSONTree) {
    text = content["code"]?.string ?? ""
    let scalars = text.unicodeScalars
    let position = max(0, content["cursor_pos"]?.int ?? scalars.count)
    let index = scalars.index(
      scalars.startIndex, offsetBy: min(position, scalars.count), limitedBy: scalars.endIndex)
    offset = text.utf8.distance(from: text.startIndex, to: index ?? scalars.endIndex)
  }

  /// The number of scalars before an offset of UTF-8.
  func scalars(before offset: Int) -> Int {
    String(decoding: text.utf8.prefix(max(0, offset)), as: UTF8.self).unicodeScalars.count
  }
}

/// A cell that asks for help: `?name`, `name?`, `?`.
struct HelpCell {
  /// The name; nil for the overview.
  let subject: String?

  init?(_ code: String) {
    let text = String(code.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    guard !text.contains(where: \.isNewline) else { return nil }
    let name: Substring
    if text.hasPrefix("?") {
      name = text.dropFirst().drop { $0.isWhitespace }
    } else if text.hasSuffix("?") {
      // Code may end in a comment that does: only a name is a question.
      name = text.dropLast()
      guard name.allSatisfy({ $0.isLetter || $0.isNumber || "_.`".contains($0) }) else {
        return nil
      }
    } else {
      return nil
    }
    subject = name.isEmpty ? nil : String(name)
  }
}
