import Glibc
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

extension Shell {
  /// Says what is open, or what to type when nothing is.
  func greet() {
    // Into a pipe go results alone.
    let write = Terminal.isTerminal(1) ? TerminalOutput.write : ErrorOutput.write
    let names = sources.map { escapingControlCharacters(redactingSecrets($0)) }
    let tables = session.tables.count
    if names.isEmpty {
      write(
        """
        Plumb \(options.version). No source is open yet; type one of these:
          .tour        walk through a demo store in six steps
          .open FILE   open an MLflow store (mlflow.db, mlruns/) or a data file
          .help        see the commands and keys; Tab completes, Ctrl-D leaves

        """)
    } else {
      let count = counted(tables, "table")
      write(
        wrapped(
          "Plumb \(options.version) · \(names.joined(separator: ", ")): \(count) · "
            + "`.tables` lists them, `.help` the commands"))
    }
    for warning in session.warnings {
      ErrorOutput.write("warning: \(shown(redactingSecrets(warning)))\n")
    }
  }

  /// The file that is run at the start: `plumb/plumbrc` in the folder for settings of programs.
  var startFilePath: String? {
    let folder = options.environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = options.environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.config" }
    return (folder ?? home).map { $0 + "/plumb/plumbrc" }
  }

  /// Runs the start file, if there is one. A mistake in it is told, and the shell starts.
  func readStartFile() {
    guard let path = startFilePath, access(path, F_OK) == 0 else { return }
    do throws(ShellFailure) { try readFile(path) } catch { report(error) }
  }
}
