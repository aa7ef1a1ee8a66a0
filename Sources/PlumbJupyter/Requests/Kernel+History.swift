import PlumbColumns

extension Kernel {
  func historyReply(_ content: JSONTree) -> JSONTree {
    let limit = content["n"]?.int
    var entries: [NotebookHistory.Entry]
    switch content["hist_access_type"]?.string {
    case "range":
      let asked = content["session"]?.int ?? 0
      let session = asked > 0 ? asked : history.session + asked
      let start = content["start"]?.int ?? 0
      let stop = content["stop"]?.int ?? .max
      entries = history.entries.filter {
        $0.session == session && $0.line >= start && $0.line < stop
      }
    case "search":
      let pattern = content["pattern"]?.string ?? "*"
      entries = history.entries(matching: pattern, isUnique: content["unique"]?.bool ?? false)
      if let limit { entries = Array(entries.suffix(max(0, limit))) }
    default: entries = Array(history.entries.suffix(max(0, limit ?? 1000)))
    }
    let withOutput = content["output"]?.bool ?? false
    return [
      "status": "ok",
      "history": .array(
        entries.map { entry in
          let output = entry.output.map { JSONTree.string($0) } ?? .null
          return [
            .int(entry.session), .int(entry.line),
            withOutput ? [.string(entry.input), output] : .string(entry.input),
          ]
        }),
    ]
  }
}
