import PlumbFunctions

/// Help as Markdown, for the reference.
package enum HelpMarkdown {
  /// A page as a section with a heading of a level.
  package static func text(_ page: HelpPage, level: Int) -> String {
    var blocks = [String(repeating: "#", count: level) + " " + heading(page.name)]
    if !page.summary.isEmpty { blocks.append(page.summary) }
    if !page.signatures.isEmpty { blocks.append(code(page.signatures.joined(separator: "\n"))) }
    for section in page.sections { blocks.append(contentsOf: self.blocks(section)) }
    return blocks.joined(separator: "\n\n")
  }

  /// A table of names, perhaps types, and meanings.
  package static func table(_ entries: [HelpPage.Entry], title: String) -> String {
    let hasTypes = entries.contains { !$0.type.isEmpty }
    var lines = [
      "| \(title) |\(hasTypes ? " type |" : "") |", "|---|\(hasTypes ? "---|" : "")---|",
    ]
    for entry in entries {
      let type = entry.type.isEmpty ? "" : "`\(entry.type)`"
      lines.append(
        "| \(cell(quoted(entry.name))) |\(hasTypes ? " \(cell(type)) |" : "") \(cell(entry.meaning)) |"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// Text as code, in the quotes that it allows.
  package static func quoted(_ text: String) -> String {
    text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }

  /// Lines as a block of code of the language.
  package static func code(_ text: String, language: String = "plumb") -> String {
    "```\(language)\n\(text)\n```"
  }

  private static func blocks(_ section: HelpPage.Section) -> [String] {
    switch section {
    case .text(let text): [paragraphs(text)]
    case .entries(let title, let entries):
      [table(entries, title: title == "Clauses and options" ? "part" : title.lowercased())]
    case .examples(let setup, let examples): self.examples(setup, examples)
    case .related(let names):
      ["See also: " + names.map(quoted).joined(separator: ", ") + "."]
    }
  }

  /// Paragraphs, those that are indented as code.
  private static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n\n").map { paragraph in
      guard paragraph.hasPrefix("    ") else { return String(paragraph) }
      let lines = paragraph.split(separator: "\n", omittingEmptySubsequences: false)
      return code(lines.map { $0.dropFirst(4) }.joined(separator: "\n"))
    }.joined(separator: "\n\n")
  }

  /// One block for examples with short results, one each for those that show a table.
  private static func examples(_ setup: String, _ examples: [Example]) -> [String] {
    var blocks: [String] = []
    if !setup.isEmpty { blocks.append(code(setup)) }
    var short: [String] = []
    func flush() {
      if !short.isEmpty { blocks.append(code(short.joined(separator: "\n"))) }
      short = []
    }
    for example in examples {
      if example.result.contains("\n") {
        flush()
        blocks.append(code(example.code) + "\n" + code(example.result, language: "text"))
      } else if example.code.contains("\n") || example.code.count + example.result.count > 80 {
        if !short.isEmpty { short.append("") }
        short.append(example.code + "\n# " + example.result)
      } else {
        short.append(example.code + "  # " + example.result)
      }
    }
    flush()
    return blocks
  }

  /// A heading that Markdown takes as it stands.
  private static func heading(_ name: String) -> String {
    name.allSatisfy { $0.isLetter || $0.isNumber || "_-. ".contains($0) }
      && !name.contains("_") ? name : quoted(name)
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
