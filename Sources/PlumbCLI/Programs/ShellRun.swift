import PlumbEngine
import PlumbOutput
import PlumbShell
import PlumbSystem

/// The interactive shell as the command line asks for it.
struct ShellRun {
  private let invocation: Invocation
  private let errors: ErrorStream

  init(_ invocation: Invocation, errors: ErrorStream) {
    self.invocation = invocation
    self.errors = errors
  }

  func run() throws(CommandError) -> ExitCode {
    if let path = invocation.outputPath {
      throw CommandError(
        "the shell writes to the terminal, not to `\(path)`",
        remedy: "end a pipeline with `| save \"\(path)\"`, or give a program with `-c`")
    }
    if let format = invocation.format, format.isBinary {
      throw CommandError(
        "the format \(format.name) is not for a terminal",
        remedy: "end a pipeline with `| save \"result.\(format.name)\"`")
    }
    if let parameter = invocation.parameters.first {
      throw ArgumentReader.unknownOption("--" + parameter.name)
    }
    try invocation.refuseReports(because: "the shell has no end to report at")
    let setup = SessionSetup(invocation, errors: errors)
    let progress = invocation.isQuiet ? nil : ProgressLine(errors)
    let options = shellOptions(progress)
    guard let shell = Shell(options, makeSession: { setup.makeSession(progress) }) else {
      throw CommandError("cannot start the shell: the machine is out of threads", exitCode: .failed)
    }
    defer { TemporaryFiles.removeAll() }
    for address in invocation.positionals { try setup.open(address, in: shell.session) }
    progress?.end()
    let code = shell.run()
    return ExitCode(rawValue: code) ?? .interrupted
  }

  private func shellOptions(_ progress: ProgressLine?) -> ShellOptions {
    var options = ShellOptions()
    options.version = plumbVersion
    options.color = invocation.color
    options.timeZone = invocation.timeZone
    options.format = invocation.format
    switch invocation.maxRows {
    case .fitting: break
    case .all: options.showsAllRows = true
    case .limit(let rows): options.maxRows = rows
    }
    options.showsTime = invocation.showsTiming
    options.isQuiet = invocation.isQuiet
    options.readsStartFile = !invocation.skipsStartFile
    options.sources = invocation.positionals
    options.progress = progress
    options.cleanUp = { TemporaryFiles.removeAll() }
    options.environment = environmentVariables
    return options
  }
}
