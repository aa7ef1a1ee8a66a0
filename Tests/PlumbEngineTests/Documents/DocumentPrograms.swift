/// A document with programs: each block of `plumb` right above a block of `text` is a program
/// with its output.
struct DocumentPrograms {
  /// The lines of the document.
  private(set) var lines: [String]
  /// The programs, from top to bottom.
  private(set) var programs: [Program] = []

  /// A program and the lines that its output takes.
  struct Program {
    let code: String
    let output: Range<Int>
  }

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var line = 0
    while line < lines.count {
      guard lines[line] == "```plumb", let end = close(after: line) else {
        line += 1
        continue
      }
      let code = lines[(line + 1)..<end].joined(separator: "\n")
      line = end + 1
      if line < lines.count, lines[line] == "```text", let end = close(after: line) {
        programs.append(Program(code: code, output: (line + 1)..<end))
        line = end + 1
      }
    }
  }

  /// The document with other outputs, one for each program.
  func text(with outputs: [String]) -> String {
    var result = lines
    for (program, output) in zip(programs, outputs).reversed() {
      let shown = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      result.replaceSubrange(program.output, with: shown)
    }
    return result.joined(separator: "\n")
  }

  private func close(after line: Int) -> Int? {
    lines[(line + 1)...].firstIndex(of: "```")
  }
}
