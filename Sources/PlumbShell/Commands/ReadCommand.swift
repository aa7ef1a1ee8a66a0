import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

extension ShellCommand {
  static let read = ShellCommand(
    "read", arguments: "FILE", summary: "run a file as if it were typed",
    details: "Lines that begin with a point are commands of the shell; the rest is a program.",
    choices: { shell, _ in shell.files() }
  ) { (shell, path) throws(ShellFailure) in
    guard !path.isEmpty else { throw ShellFailure("`.read` needs a file") }
    try shell.readFile(path)
  }
}

extension Shell {
  /// How deeply files may read each other.
  private static let readLimit = 20

  /// Runs the commands and the programs between them of a file.
  func readFile(_ path: String) throws(ShellFailure) {
    guard readDepth < Self.readLimit else {
      throw ShellFailure("files read each other more than \(Self.readLimit) deep")
    }
    readDepth += 1
    defer { readDepth -= 1 }
    let text = try TextFile.read(path)
    var program = ""
    var firstLine = 1
    var line = 0
    /// Runs the lines before a command; empty lines keep the numbers of lines right.
    func flush() -> Bool {
      defer {
        program = ""
        firstLine = line + 1
      }
      guard program.contains(where: { !$0.isWhitespace }) else { return true }
      let padding = String(repeating: "\n", count: firstLine - 1)
      return runProgram(SourceFile(name: path, text: padding + program))
    }
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      if case .command(let name, let arguments) = Entry(String(part)), part.hasPrefix(".") {
        line -= 1
        guard flush() else { return }
        line += 1
        firstLine = line + 1
        runCommand(name, arguments)
        if exitCode != nil { return }
      } else {
        program += part + "\n"
      }
    }
    _ = flush()
  }
}
