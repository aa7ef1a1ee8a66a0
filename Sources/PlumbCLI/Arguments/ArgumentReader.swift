import PlumbDiagnostics

/// Reads a command line: options anywhere, the first other argument a subcommand if it is one.
struct ArgumentReader {
  private var rest: ArraySlice<String>
  private var invocation = Invocation()
  /// Long options that are none of the command, in order.
  private var unknown: [String] = []
  private var positionalCount = 0

  init(_ arguments: [String]) { rest = arguments[...] }

  /// Reads all arguments.
  consuming func read() throws(CommandError) -> Invocation {
    var endsOptions = false
    while let argument = rest.popFirst() {
      if endsOptions || argument == "-" || !argument.hasPrefix("-") {
        takePositional(argument)
      } else if argument == "--" {
        endsOptions = true
      } else if argument.hasPrefix("--") {
        try takeLong(argument)
      } else {
        try takeShort(argument)
      }
    }
    try validate()
    return invocation
  }

  private mutating func takePositional(_ argument: String) {
    positionalCount += 1
    if positionalCount == 1, let subcommand = Subcommand.named(argument) {
      invocation.subcommand = subcommand
    } else {
      invocation.positionals.append(argument)
    }
  }

  private mutating func takeLong(_ argument: String) throws(CommandError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard let option = CommandOption.named(name, of: invocation.subcommand) else {
      unknown.append(name)
      guard let value = attached ?? rest.popFirst() else {
        throw CommandError(
          "`\(name)` is no option of plumb, and a parameter of a script needs a value",
          remedy: Self.unknownOption(name).remedy)
      }
      invocation.parameters.append((String(name.dropFirst(2)), value))
      return
    }
    try take(option, called: name, attached: attached)
  }

  private mutating func takeShort(_ argument: String) throws(CommandError) {
    let name = String(argument.prefix(2))
    guard let option = CommandOption.named(name, of: invocation.subcommand) else {
      throw Self.unknownOption(argument)
    }
    let attached = argument.count > 2 ? String(argument.dropFirst(2)) : nil
    try take(option, called: name, attached: attached)
  }

  private mutating func take(
    _ option: CommandOption, called name: String, attached: String?
  ) throws(CommandError) {
    guard let kind = option.value else {
      if attached != nil { throw CommandError("`\(name)` takes no value") }
      try option.apply("", &invocation)
      used.append((option, name))
      return
    }
    guard let value = attached ?? rest.popFirst() else {
      throw CommandError("`\(name)` needs a value", remedy: "write `\(name) \(kind.placeholder)`")
    }
    try option.apply(value, &invocation)
    used.append((option, name))
  }

  private var used: [(option: CommandOption, name: String)] = []

  private func validate() throws(CommandError) {
    let subcommand = invocation.subcommand
    for (option, name) in used {
      if let owner = option.subcommand, owner != subcommand?.name {
        throw CommandError("`\(name)` belongs to `plumb \(owner)`")
      }
    }
    if invocation.showsHelp || invocation.showsVersion { return }
    if let subcommand, invocation.code != nil {
      throw CommandError(
        "`-c` does not go together with `plumb \(subcommand.name)`",
        remedy: "a file or folder of that name is written `./\(subcommand.name)`")
    }
    if let name = unknown.first, !(subcommand?.takesParameters ?? true) {
      throw Self.unknownOption(name)
    }
  }

  /// The error of an option that is none, with the nearest that is.
  static func unknownOption(_ name: String, parameters: [String] = []) -> CommandError {
    let known = parameters + CommandOption.longNames
    let near = nearestName(to: name, in: known).map { "did you mean `\($0)`? " } ?? ""
    let all =
      parameters.isEmpty
      ? "" : "The program's parameters are: " + parameters.joined(separator: ", ") + ". "
    return CommandError(
      "unknown option `\(name)`", remedy: near + all + "`plumb --help` lists the options")
  }
}
