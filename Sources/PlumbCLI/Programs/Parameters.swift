import PlumbDiagnostics
import PlumbEngine
import PlumbSyntax

/// The `--NAME VALUE` of a command line, as far as they are no options of the command.
struct Parameters {
  let given: [(name: String, value: String)]

  /// Text by name for the program to read; a name that it does not declare is an unknown option.
  func matched(with file: SourceFile) throws(CommandError) -> [String: String] {
    // Every program is looked at: a parameter that no command line can set is a mistake in it.
    var diagnostics = Diagnostics()
    let program = parse(file, diagnostics: &diagnostics)
    let declared = Session().parameters(of: program).map { Self.optionName($0.name) }
    if let taken = declared.first(where: CommandOption.reservedNames.contains) {
      throw CommandError(
        "the program has a parameter called as the option `\(taken)` of plumb",
        remedy: "give the parameter another name")
    }
    var result: [String: String] = [:]
    for (name, value) in given {
      let option = Self.optionName(name)
      guard declared.contains(option) else {
        // With syntax errors the declaration may be what was not understood.
        if diagnostics.hasErrors { continue }
        throw ArgumentReader.unknownOption("--" + name, parameters: declared)
      }
      let key = String(option.dropFirst(2).replacing("-", with: "_"))
      if result.updateValue(value, forKey: key) != nil {
        throw CommandError("`\(option)` is given twice")
      }
    }
    return result
  }

  /// `max_depth` as it is written on the command line.
  private static func optionName(_ name: String) -> String {
    "--" + name.replacing("_", with: "-")
  }
}
