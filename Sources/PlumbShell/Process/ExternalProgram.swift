import Glibc

/// Programs that the shell hands its terminal to: an editor, a pager.
enum ExternalProgram {
  /// Runs a command line of the user's (`$EDITOR`) with an argument, and gives its exit code; nil
  /// when it could not be started.
  static func run(_ command: String, argument: String?, modes: TerminalModes) -> Int32? {
    // The command may hold options and quotes, which a shell has to read; the argument may not
    // be read by it.
    var arguments = ["/bin/sh", "-c", command + (argument == nil ? "" : " \"$1\""), "sh"]
    if let argument { arguments.append(argument) }
    guard let child = spawn(arguments, input: nil, modes: modes) else { return nil }
    return wait(child)
  }

  /// The exit code of a command line whose program does not exist.
  static let notFound: Int32 = 127

  /// A program that reads what is written to it.
  struct Fed {
    /// Where to write; SIGPIPE is ignored, so that a program that has left gives an error.
    let descriptor: Int32
    fileprivate let child: pid_t

    /// Ends the program's input, waits for its end and gives its exit code.
    func finish() -> Int32 {
      close(descriptor)
      return ExternalProgram.wait(child)
    }
  }

  /// Starts a command line that will be fed; nil when it could not be started.
  static func start(_ command: String, modes: TerminalModes) -> Fed? {
    guard let pipe = Pipe() else { return nil }
    let child = spawn(["/bin/sh", "-c", command], input: pipe.readEnd, modes: modes)
    close(pipe.readEnd)
    guard let child else {
      close(pipe.writeEnd)
      return nil
    }
    return Fed(descriptor: pipe.writeEnd, child: child)
  }

  private static func spawn(
    _ arguments: [String], input: Int32?, modes: TerminalModes
  ) -> pid_t? {
    modes.restore()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The shell blocks signals that other programs want to get.
    var none = sigset_t()
    sigemptyset(&none)
    var ignored = sigset_t()
    sigemptyset(&ignored)
    sigaddset(&ignored, SIGPIPE)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &ignored)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    var child = pid_t()
    guard posix_spawn(&child, arguments[0], &actions, &attributes, pointers, environ) == 0 else {
      return nil
    }
    return child
  }

  fileprivate static func wait(_ child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
  }
}
