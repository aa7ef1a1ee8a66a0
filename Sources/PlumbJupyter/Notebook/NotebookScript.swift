import PlumbSyntax

/// A notebook as a script and back, in the percent format that editors know: `# %%` begins a cell
/// of code, `# %% [markdown]` one of text, whose lines are comments.
package enum NotebookScript {
  private static let marker = "# %%"

  /// The script of a notebook.
  package static func script(of notebook: Notebook) -> String {
    var blocks: [String] = []
    for cell in notebook.cells {
      switch cell.kind {
      case .code: blocks.append(marker + "\n" + code(cell.source))
      case .markdown: blocks.append(marker + " [markdown]\n" + comment(cell.source))
      case .raw: blocks.append(marker + " [raw]\n" + comment(cell.source))
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// A cell that asks for help is no statement of a script.
  private static func code(_ source: String) -> String {
    if HelpCell(source) != nil { return comment(source) }
    // A line that looks like a marker is told from one by a space.
    return lines(source).map { $0.hasPrefix(marker) ? " " + $0 : String($0) }
      .joined(separator: "\n")
  }

  private static func comment(_ source: String) -> String {
    lines(source).map { $0.isEmpty ? "#" : "# " + $0 }.joined(separator: "\n")
  }

  private static func lines(_ text: String) -> [Substring] {
    text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
  }

  // MARK: From a script

  /// The notebook of a script. Without markers, paragraphs of comments are cells of text, and
  /// statements up to an empty line are cells of code.
  package static func notebook(of script: String, version: String) -> Notebook {
    let lines = lines(script)
    let cells =
      lines.contains { $0.hasPrefix(marker) } ? markedCells(lines) : paragraphCells(lines)
    return Notebook(cells: cells, version: version)
  }

  private static func markedCells(_ lines: [Substring]) -> [Notebook.Cell] {
    var cells: [Notebook.Cell] = []
    var kind = Notebook.Cell.Kind.code
    var body: [Substring] = []
    func finish() {
      let trimmed = trimmed(body)
      body = []
      if trimmed.isEmpty, cells.isEmpty { return }
      let text = kind == .code ? trimmed : trimmed.map(uncommented)
      cells.append(Notebook.Cell(kind, text.joined(separator: "\n")))
    }
    var isFirst = true
    for line in lines {
      guard line.hasPrefix(marker) else {
        body.append(line)
        continue
      }
      if !isFirst || !trimmed(body).isEmpty { finish() } else { body = [] }
      isFirst = false
      kind =
        line.contains("[markdown]") || line.contains("[md]")
        ? .markdown : line.contains("[raw]") ? .raw : .code
    }
    finish()
    return cells
  }

  private static func paragraphCells(_ lines: [Substring]) -> [Notebook.Cell] {
    var cells: [Notebook.Cell] = []
    var body: [Substring] = []
    func finish() {
      let trimmed = trimmed(body)
      body = []
      guard !trimmed.isEmpty else { return }
      let isText = trimmed.allSatisfy { $0.hasPrefix("#") && !$0.hasPrefix("##") }
      let text = isText ? trimmed.map(uncommented) : trimmed
      cells.append(Notebook.Cell(isText ? .markdown : .code, text.joined(separator: "\n")))
    }
    for (index, line) in lines.enumerated() {
      if index == 0, line.hasPrefix("#!") { continue }
      body.append(line)
      // An empty line inside of a block or a pipeline ends nothing.
      let isEmpty = line.allSatisfy(\.isWhitespace)
      if isEmpty, completeness(of: body.joined(separator: "\n")) != .needsMore { finish() }
    }
    finish()
    return cells
  }

  private static func uncommented(_ line: Substring) -> Substring {
    if line.hasPrefix("# ") { return line.dropFirst(2) }
    return line.hasPrefix("#") ? line.dropFirst() : line
  }

  private static func trimmed(_ lines: [Substring]) -> [Substring] {
    let inner = lines.drop { $0.allSatisfy(\.isWhitespace) }
    return inner.reversed().drop { $0.allSatisfy(\.isWhitespace) }.reversed()
  }
}
