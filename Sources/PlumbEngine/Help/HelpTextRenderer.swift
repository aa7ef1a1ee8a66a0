import PlumbDiagnostics
import PlumbFunctions

/// Help as text of a given width, for a terminal or a file.
package struct HelpTextRenderer {
  /// The columns that a line may take.
  let width: Int

  package init(width: Int = 80) { self.width = max(20, width) }

  /// What `help(SUBJECT)` shows; without a subject, the overview.
  package func text(_ catalog: HelpCatalog, for subject: String?) -> String {
    guard let subject, !subject.isEmpty else { return overview(catalog) }
    let pages = catalog.pages(for: subject)
    guard pages.isEmpty else { return text(pages) }
    let name = "`\(HelpCatalog.bare(subject))`"
    if let own = catalog.ownName(for: subject) {
      return "\(name) is called `\(own.name)` here.\n\n" + text(own.pages)
    }
    let suggestion = catalog.suggestion(for: subject).map { "; did you mean \($0)?" } ?? ""
    return "no help on \(name)\(suggestion)"
  }

  /// Pages one below the other.
  package func text(_ pages: [HelpPage]) -> String {
    let rule = "\n\n" + String(repeating: "─", count: width) + "\n\n"
    return pages.map(text).joined(separator: rule)
  }

  /// One page.
  package func text(_ page: HelpPage) -> String {
    var blocks = ["\(page.name)  (\(page.kind.rawValue))"]
    if displayWidth(of: blocks[0]) > width { blocks = ["\(page.name)\n  (\(page.kind.rawValue))"] }
    if !page.signatures.isEmpty {
      blocks.append(page.signatures.map { wrapped($0, indent: 2, hanging: 4) }.joined("\n"))
    }
    if !page.summary.isEmpty { blocks.append(wrapped(page.summary)) }
    for section in page.sections { blocks.append(text(section)) }
    return blocks.joined("\n\n")
  }

  private func text(_ section: HelpPage.Section) -> String {
    switch section {
    case .text(let text): paragraphs(text)
    case .entries(let title, let entries): title + "\n" + list(entries)
    case .examples(let setup, let examples): self.examples(setup, examples)
    case .related(let names):
      wrapped("See also: " + names.joined(separator: ", "), hanging: 10)
    }
  }

  /// Paragraphs, wrapped; those that are indented stay as they are.
  private func paragraphs(_ text: String) -> String {
    text.split(separator: "\n\n").map { paragraph in
      paragraph.hasPrefix("    ")
        ? String(paragraph) : wrapped(String(paragraph).replacing("\n", with: " "))
    }.joined("\n\n")
  }

  // MARK: Lists

  /// Names, types and meanings in columns; a long name has its line to itself.
  func list(_ entries: [HelpPage.Entry]) -> String {
    let widest = max(14, width / 3)
    let nameWidth = min(widest, entries.map { displayWidth(of: $0.name) }.max() ?? 0)
    let typeWidth = entries.map { displayWidth(of: $0.type) }.max() ?? 0
    let indent = 2 + nameWidth + (typeWidth > 0 ? 2 + typeWidth : 0) + 2
    return entries.map { entry in
      var line = "  " + padded(entry.name, nameWidth)
      if typeWidth > 0 { line += "  " + padded(entry.type, typeWidth) }
      if entry.meaning.isEmpty { return trimmed(line) }
      let meaning = wrapped(entry.meaning, indent: indent, hanging: indent)
      if displayWidth(of: entry.name) > nameWidth {
        let name = typeWidth > 0 ? trimmed(line) : wrapped(entry.name, indent: 2, hanging: 4)
        return name + "\n" + meaning
      }
      return line + "  " + meaning.dropFirst(indent)
    }.joined("\n")
  }

  // MARK: Examples

  private func examples(_ setup: String, _ examples: [Example]) -> String {
    var blocks: [String] = []
    if setup.isEmpty {
      blocks.append("Examples")
    } else {
      blocks.append("Examples, after\n" + indented(setup))
    }
    let short = examples.map { isShort($0) }
    let codeWidth = zip(examples, short).filter(\.1).map { displayWidth(of: $0.0.code) }.max() ?? 0
    var wasShort = false
    for (example, isShort) in zip(examples, short) {
      if isShort {
        let line = "    \(padded(example.code, codeWidth))  # \(example.result)"
        if wasShort { blocks[blocks.count - 1] += "\n" + line } else { blocks.append(line) }
      } else {
        blocks.append(long(example))
      }
      wasShort = isShort
    }
    if setup.isEmpty, blocks.count > 1 {
      blocks[0] += "\n" + blocks.remove(at: 1)
    }
    return blocks.joined("\n\n")
  }

  /// Whether code and result fit on one line.
  private func isShort(_ example: Example) -> Bool {
    !example.code.contains("\n") && !example.result.contains("\n")
      && displayWidth(of: example.code) + displayWidth(of: example.result) + 8 <= width
      && displayWidth(of: example.code) <= width / 2
  }

  private func long(_ example: Example) -> String {
    if example.result.contains("\n") {
      return indented(example.code) + "\n" + indented(example.result)
    }
    return indented(example.code) + "\n" + indented("# " + example.result)
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined("\n")
  }

  // MARK: Lines

  /// Text broken at spaces: the first line after `indent` columns, the others after `hanging`.
  func wrapped(_ text: String, indent: Int = 0, hanging: Int = 0) -> String {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var used = indent
    var isEmpty = true
    for word in text.split(separator: " ") {
      let length = displayWidth(of: word)
      if !isEmpty, used + 1 + length > width {
        lines.append(line)
        line = String(repeating: " ", count: hanging)
        used = hanging
        isEmpty = true
      }
      if !isEmpty {
        line += " "
        used += 1
      }
      line += word
      used += length
      isEmpty = false
    }
    return (lines + [line]).joined("\n")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - displayWidth(of: text)))
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}

extension [String] {
  /// The texts with `separator` between them.
  fileprivate func joined(_ separator: String) -> String { joined(separator: separator) }
}
