extension CommandOption {
  /// The options of `plumb kernel`.
  ///
  /// They stand apart because they are options only there: a script may have a parameter `user`,
  /// and `-f` is what Jupyter's kernels call the connection file.
  static let ofKernel: [CommandOption] = [
    CommandOption(
      "-f", "--connection-file", value: .file("FILE"),
      summary: "run: the file that the client has written", subcommand: "kernel"
    ) { (text, invocation) throws(CommandError) in invocation.kernel.connectionFile = text },
    CommandOption(
      "--user", summary: "install for this user; the default", subcommand: "kernel"
    ) { (_, invocation) throws(CommandError) in invocation.kernel.isForUser = true },
    CommandOption(
      "--sys-prefix", summary: "install into the Python environment that is active",
      subcommand: "kernel"
    ) { (_, invocation) throws(CommandError) in invocation.kernel.isForEnvironment = true },
    CommandOption(
      "--prefix", value: .file("DIR"), summary: "install into DIR/share/jupyter/kernels",
      subcommand: "kernel"
    ) { (text, invocation) throws(CommandError) in invocation.kernel.prefix = text },
    CommandOption(
      "--name", value: .text("NAME"), summary: "the name of the kernel; `plumb` by default",
      subcommand: "kernel"
    ) { (text, invocation) throws(CommandError) in invocation.kernel.name = text },
    CommandOption(
      "--display-name", value: .text("TEXT"), summary: "what people see; `Plumb` by default",
      subcommand: "kernel"
    ) { (text, invocation) throws(CommandError) in invocation.kernel.displayName = text },
  ]
}

/// What the options of `plumb kernel` ask for.
struct KernelInvocation {
  var connectionFile: String?
  var isForUser = false
  var isForEnvironment = false
  var prefix: String?
  var name = "plumb"
  var displayName = "Plumb"
}
