import PlumbDiagnostics
import PlumbEngine
import PlumbOutput
import PlumbSyntax

/// What `plumb run SCRIPT --help` shows: the script's first comment and its parameters.
struct ScriptHelp {
  let file: SourceFile
  let script: String

  func show(_ errors: ErrorStream, _ invocation: Invocation) throws(CommandError) -> ExitCode {
    var diagnostics = Diagnostics()
    let program = parse(file, diagnostics: &diagnostics)
    if diagnostics.hasErrors {
      errors.write(
        DiagnosticRenderer(usesColor: errors.usesColor(invocation.color)).render(diagnostics))
      return .usage
    }
    let parameters = Session().parameters(of: program)
    var text = "usage: plumb run \(shown(script)) [SOURCE …]"
    text += parameters.isEmpty ? "\n" : " [--NAME VALUE …]\n"
    let description = self.description
    if !description.isEmpty { text += "\n" + shown(description) + "\n" }
    if !parameters.isEmpty {
      text += "\nparameters:\n" + HelpText.table(parameters.map(Self.row))
    }
    return try printed(text)
  }

  private static func row(_ parameter: ParameterInfo) -> (name: String, summary: String) {
    let type = parameter.type.isEmpty ? "VALUE" : parameter.type.uppercased()
    var summary = parameter.documentation ?? ""
    let note = parameter.defaultText.map { "default \($0)" } ?? "must be given"
    summary += summary.isEmpty ? note : " (\(note))"
    return ("--\(parameter.name.replacing("_", with: "-")) \(type)", shown(summary))
  }

  /// The comment lines at the head of the script, without a `#!` line.
  private var description: String {
    var lines: [String] = []
    for number in 1...file.lineStarts.count {
      let line = String(decoding: file.bytes[file.bounds(ofLine: number)], as: UTF8.self)
      if number == 1, line.hasPrefix("#!") { continue }
      guard line.hasPrefix("#") else { break }
      let text = line.drop { $0 == "#" }
      lines.append(String(text.hasPrefix(" ") ? text.dropFirst() : text))
    }
    return lines.joined(separator: "\n")
  }
}
