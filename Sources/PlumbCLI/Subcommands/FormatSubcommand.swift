import Glibc
import PlumbDiagnostics
import PlumbOutput
import PlumbSyntax

extension Subcommand {
  /// `plumb fmt [--check] FILE …`
  static let fmt: Subcommand = Subcommand(
    "fmt", arguments: "[--check] FILE …", summary: "lay source out in the standard way",
    details: """
      Files are changed in place, and only when they change; `-` goes from standard input to
      standard output. A file with syntax errors is left alone (exit code 2).
      With `--check` nothing is written: files that would change are listed (exit code 1).

      """
  ) { (invocation, errors) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.fmt)) }
    guard !invocation.positionals.isEmpty else {
      throw CommandError("`plumb fmt` needs a file", remedy: "write `plumb fmt FILE …`")
    }
    var result = ExitCode.success
    for path in invocation.positionals {
      let one = try formatFile(path, invocation, errors)
      // The worst outcome counts: an error over a file that is not laid out.
      if one.rawValue > result.rawValue { result = one }
    }
    return result
  }
}

/// Lays one file out, or tells whether it would change.
private func formatFile(
  _ path: String, _ invocation: Invocation, _ errors: ErrorStream
) throws(CommandError) -> ExitCode {
  let file: SourceFile
  do throws(CommandError) {
    file = try ProgramText.read(script: path, isLibraryAllowed: false)
  } catch {
    // The other files are still worth looking at.
    errors.write(error.text)
    return error.exitCode
  }
  let laidOut: [UInt8]
  switch format(file) {
  case .success(let text): laidOut = Array(text.utf8)
  case .failure(let diagnostics):
    let renderer = DiagnosticRenderer(usesColor: errors.usesColor(invocation.color))
    errors.write(renderer.render(diagnostics))
    return .usage
  }
  let changes = laidOut != file.bytes
  if invocation.onlyChecks {
    return changes ? try listed(path) : .success
  }
  if path == "-" { return try printed(String(decoding: laidOut, as: UTF8.self)) }
  guard changes else { return .success }
  try replaceFile(path, with: laidOut)
  return .success
}

private func listed(_ path: String) throws(CommandError) -> ExitCode {
  let code = try printed(path + "\n")
  return code == .success ? .checkFailed : code
}

/// Puts new bytes in a file's place, which keeps its permissions.
func replaceFile(_ path: String, with bytes: [UInt8]) throws(CommandError) {
  do throws(OutputFailure) {
    let output = try OutputTarget(path: path)
    do throws(OutputFailure) {
      try output.write(bytes)
      try output.finish()
    } catch {
      output.discard()
      throw error
    }
  } catch {
    throw CommandError("cannot write `\(path)`: \(error.message)", exitCode: .failed)
  }
}
