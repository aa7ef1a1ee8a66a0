import Glibc
import PlumbEngine
import PlumbJupyter
import PlumbOutput
import PlumbSystem

extension Subcommand {
  /// `plumb kernel install | uninstall | status | run`
  static let kernel: Subcommand = Subcommand(
    "kernel", arguments: "install | uninstall | status | run -f FILE [SOURCE …]",
    summary: "the kernel for Jupyter notebooks",
    details: """
      `install` tells Jupyter of this program: for the user, or with `--sys-prefix` or
      `--prefix DIR` for one Python environment. `status` says where it is installed.
      `run` is what Jupyter calls; sources after it are open in every notebook. It needs
      the library ZeroMQ (Debian: libzmq5).

      """
  ) { (invocation, errors) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.kernel)) }
    switch invocation.positionals.first {
    case "install": return try installKernel(invocation.kernel)
    case "uninstall": return try uninstallKernel(invocation.kernel)
    case "status": return try tellOfKernel(invocation.kernel)
    case "run": return try runKernel(invocation, errors)
    default:
      throw CommandError(
        "`plumb kernel` needs to know what to do",
        remedy: "write `plumb kernel install`, `uninstall`, `status` or `run`")
    }
  }
}

private func installKernel(_ options: KernelInvocation) throws(CommandError) -> ExitCode {
  let folder = try told { () throws(KernelError) in
    let specification = try KernelSpecification(
      name: options.name, displayName: options.displayName, program: programPath())
    return try KernelFolder.install(specification, into: try kernelFolder(options))
  }
  return try printed("installed the kernel `\(options.name)` in \(folder)\n")
}

private func uninstallKernel(_ options: KernelInvocation) throws(CommandError) -> ExitCode {
  let (folder, wasThere) = try told { () throws(KernelError) in
    let folder = try kernelFolder(options)
    return (folder, try KernelFolder.uninstall(options.name, from: folder))
  }
  guard wasThere else {
    throw CommandError(
      "no kernel `\(options.name)` is installed in \(folder)", exitCode: .failed)
  }
  return try printed("removed the kernel `\(options.name)` from \(folder)\n")
}

private func tellOfKernel(_ options: KernelInvocation) throws(CommandError) -> ExitCode {
  let folder = try told { () throws(KernelError) in try kernelFolder(options) }
  let path = folder + "/" + options.name
  let isThere = access(path + "/kernel.json", F_OK) == 0
  return try printed(isThere ? "installed in \(path)\n" : "not installed in \(path)\n")
}

private func runKernel(
  _ invocation: Invocation, _ errors: ErrorStream
) throws(CommandError) -> ExitCode {
  guard let path = invocation.kernel.connectionFile else {
    throw CommandError(
      "`plumb kernel run` needs the connection file that a Jupyter client writes",
      remedy: "clients call it themselves once `plumb kernel install` was run")
  }
  let file = try ProgramText.bytes(ofFile: path)
  var options = KernelOptions()
  options.version = plumbVersion
  options.userName = environmentVariables["USER"] ?? "plumb"
  options.client = environmentVariables["JPY_PARENT_PID"].flatMap { Int32($0) }
  options.historyPath = notebookHistoryPath(environmentVariables)
  options.cleanUp = { TemporaryFiles.removeAll() }
  let setup = SessionSetup(invocation, errors: errors)
  let kernel = try told { () throws(KernelError) in
    try Kernel(connectionFile: file, options: options) { setup.makeSession(progress: $0) }
  }
  for address in invocation.positionals.dropFirst() { try setup.open(address, in: kernel.session) }
  try told { () throws(KernelError) in try kernel.run() }
}

/// Does something whose failure the command tells of.
private func told<Result>(
  _ body: () throws(KernelError) -> Result
) throws(CommandError) -> Result {
  do throws(KernelError) { return try body() } catch {
    throw CommandError(error.message, remedy: error.remedy, exitCode: .failed)
  }
}

private func kernelFolder(_ options: KernelInvocation) throws(KernelError) -> String {
  var place = KernelFolder.Place.user
  if let prefix = options.prefix { place = .prefix(prefix) }
  if options.isForEnvironment {
    let active = environmentVariables["VIRTUAL_ENV"] ?? environmentVariables["CONDA_PREFIX"]
    guard let active, !active.isEmpty else {
      throw KernelError(
        "no Python environment is active",
        remedy: "activate one, or name its folder with `--prefix DIR`")
    }
    place = .prefix(active)
  }
  return try KernelFolder.path(place, environment: environmentVariables)
}

/// `PLUMB_HISTORY=` keeps none, as in the shell.
private func notebookHistoryPath(_ environment: [String: String]) -> String? {
  if environment["PLUMB_HISTORY"] == "" { return nil }
  return UserFolders(environment: environment).state.map { $0 + "/plumb/notebooks.jsonl" }
}
