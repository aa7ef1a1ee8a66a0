import Glibc
import PlumbDiagnostics
import PlumbOutput

/// The version that `--version` prints.
package let plumbVersion = "0.1.0"

/// Runs the program with its arguments, without the program's own name, and gives the exit code.
package func runCommand(_ arguments: [String]) -> Int32 {
  StandardStreams.prepare()
  let errors = ErrorStream()
  do throws(CommandError) {
    let invocation = try ArgumentReader(arguments).read()
    return try run(invocation, errors).rawValue
  } catch {
    errors.write(error.text)
    return error.exitCode.rawValue
  }
}

private func run(_ invocation: Invocation, _ errors: ErrorStream) throws(CommandError) -> ExitCode {
  if invocation.showsVersion { return try printed("plumb \(plumbVersion)\n") }
  if let subcommand = invocation.subcommand { return try subcommand.perform(invocation, errors) }
  if invocation.showsHelp { return try printed(HelpText.general) }
  return try runWithoutSubcommand(invocation, errors)
}

/// Writes text that was asked for to standard output.
func printed(_ text: String) throws(CommandError) -> ExitCode {
  let output = OutputTarget()
  do throws(OutputFailure) {
    try output.write(text)
    try output.finish()
    return .success
  } catch {
    return try error.exitCode()
  }
}
