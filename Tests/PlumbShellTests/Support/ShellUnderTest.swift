import Foundation
import Glibc
import Testing

/// The built program in a pseudo-terminal, with a model of the screen that it draws on.
final class ShellUnderTest {
  private(set) var screen: ScreenModel
  private var master: Int32
  private let pid: pid_t
  private var received: [UInt8] = []
  private var status: Int32?
  let home: URL
  private let ownsHome: Bool

  /// Waiting for anything ends with a failure after this.
  private static let patience = Duration.seconds(30)

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The program: the one that `PLUMB_PROGRAM` names, else the debug build of this package.
  static let program: String = {
    if let path = ProcessInfo.processInfo.environment["PLUMB_PROGRAM"], !path.isEmpty {
      return path
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(".build/debug/plumb").path
  }()

  /// Runs a scenario once, or 50 times under `scripts/test --long`.
  static func rounds(_ body: () throws -> Void) rethrows {
    for _ in 0..<roundCount { try body() }
  }

  private static let roundCount =
    ProcessInfo.processInfo.environment["PLUMB_LONG_TESTS"] == "1" ? 50 : 1

  /// Starts the shell and waits for its prompt, unless told otherwise. The home is made if it is
  /// not there, and removed in the end if it is this shell's own.
  init(
    _ arguments: [String] = ["std:demo"], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:], files: [String: String] = [:], home: URL? = nil,
    ownsHome: Bool = true, waits: Bool = true
  ) throws {
    self.ownsHome = ownsHome
    screen = ScreenModel(columns: columns, rows: rows)
    self.home =
      home ?? FileManager.default.temporaryDirectory.appendingPathComponent("plumb-\(UUID())")
    try FileManager.default.createDirectory(at: self.home, withIntermediateDirectories: true)
    for (name, text) in files {
      let url = self.home.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: Int32 = 0
    // TIOCSPTLCK and TIOCGPTN: unlock the other end, and ask for its number.
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0,
      ioctl(master, 0x8004_5430, &number) == 0
    else { throw Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))") }
    var window = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
    var all = [
      "PATH": "/usr/bin:/bin", "HOME": self.home.path, "TERM": "xterm-256color", "LANG": "C.UTF-8",
      "TMPDIR": self.home.path,
    ]
    all.merge(environment) { _, new in new }
    pid = try Self.spawn(arguments, terminal: "/dev/pts/\(number)", environment: all)
    if waits { try waitForPrompt() }
  }

  deinit {
    if status == nil {
      kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
    if master >= 0 { close(master) }
    if ownsHome { try? FileManager.default.removeItem(at: home) }
  }

  private static func spawn(
    _ arguments: [String], terminal: String, environment: [String: String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens is its own.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // POSIX_SPAWN_SETSID has the value 0x80.
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | 0x80))
    var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in argv + envp { free(pointer) } }
    argv.append(nil)
    envp.append(nil)
    var child = pid_t()
    let status = posix_spawn(&child, program, &actions, &attributes, argv, envp)
    guard status == 0 else {
      throw Failure(description: "cannot start \(program): \(String(cString: strerror(status)))")
    }
    return child
  }

  // MARK: Keys

  /// Sends keys all at once.
  func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      sent += count
      // A terminal that is not read from takes no more input either.
      _ = receive(milliseconds: 0)
    }
  }

  /// Sends keys and waits until the shell is ready for the next entry.
  func enter(_ keys: String) throws {
    let ready = screen.marks["B"] ?? 0
    send(keys + "\r")
    try wait("the next prompt") { ($0.marks["B"] ?? 0) > ready }
  }

  /// Gives the entry, or what runs, up and waits until the shell is ready for the next.
  func interrupt() throws {
    let ready = screen.marks["B"] ?? 0
    send(Self.control.c)
    try wait("the next prompt") { ($0.marks["B"] ?? 0) > ready }
  }

  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let altEnter = "\u{1B}\r"
  static let control = (
    c: "\u{3}", d: "\u{4}", k: "\u{B}", l: "\u{C}", r: "\u{12}", u: "\u{15}", w: "\u{17}",
    y: "\u{19}", underscore: "\u{1F}"
  )

  /// Text from the clipboard, as a terminal sends it.
  static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }

  // MARK: Waiting

  func waitForPrompt() throws { try wait("a prompt") { $0.marks["B"] != nil } }

  /// Waits until the screen is as wanted.
  func wait(
    _ what: String, until isMet: (ScreenModel) -> Bool
  ) throws {
    let start = ContinuousClock.now
    while !isMet(screen) {
      guard ContinuousClock.now - start < Self.patience, receive(milliseconds: 100) else {
        throw Failure(description: "waited for \(what) in vain; " + evidence)
      }
    }
  }

  /// Waits until the screen holds a text.
  func wait(for text: String) throws {
    try wait("`\(text)`") { $0.lines.contains { $0.contains(text) } }
  }

  /// The screen and the last bytes, for the report of a failure.
  var evidence: String {
    "the screen was\n\(screen.text)\n(cursor \(screen.row), \(screen.column))\nthe last bytes were "
      + String(decoding: received.suffix(500), as: UTF8.self).debugDescription
  }

  /// Takes what has arrived; false when the terminal is closed.
  private func receive(milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, milliseconds) > 0 else { return true }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { read(master, $0.baseAddress, $0.count) }
    guard count > 0 else { return false }
    received += bytes[..<count]
    screen.feed(bytes[..<count])
    return true
  }

  // MARK: The process

  /// Waits for the end of the process and gives its exit code; 128 and more for a signal.
  func exitCode() throws -> Int32 {
    let start = ContinuousClock.now
    while status == nil {
      _ = receive(milliseconds: 20)
      var raw: Int32 = 0
      if waitpid(pid, &raw, WNOHANG) == pid {
        status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + raw & 0x7F
      }
      guard ContinuousClock.now - start < Self.patience else {
        throw Failure(description: "the shell does not end; " + evidence)
      }
    }
    while receive(milliseconds: 0), status == nil {}
    return status ?? -1
  }

  func signal(_ number: Int32) { kill(pid, number) }

  /// Closes the terminal, as a window that is closed.
  func hangUp() {
    close(master)
    master = -1
  }

  func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    var window = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
  }

  /// Whether the terminal shows what is typed, as it does for programs that do not draw.
  var echoes: Bool {
    var modes = termios()
    tcgetattr(master, &modes)
    return modes.c_lflag & UInt32(ECHO) != 0 && modes.c_lflag & UInt32(ICANON) != 0
  }
}
