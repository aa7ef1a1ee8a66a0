import Glibc
import Testing

/// The built program as a child process, with its three streams.
final class RunningProgram {
  let pid: pid_t
  private var input: Int32
  private var output: Int32
  private var error: Int32
  private var stdout: [UInt8] = []
  private var stderr: [UInt8] = []
  private let start = ContinuousClock.now
  private var peakBytes = 0

  /// Where a stream of the child leads.
  enum Stream {
    /// To the test, which keeps what is written.
    case captured
    case closed
    /// To this file or device.
    case path(String)
    /// To this descriptor.
    case descriptor(Int32)
  }

  /// How to start the program.
  struct Launch {
    var executable = Program.path
    var arguments: [String]
    /// What standard input holds; nil when `inputStream` says where it comes from.
    var input: [UInt8]?
    var inputStream = Stream.path("/dev/null")
    var output = Stream.captured
    var error = Stream.captured
    var folder: String?
    var environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]

    init(_ arguments: [String]) { self.arguments = arguments }
  }

  struct LaunchFailure: Error, CustomStringConvertible {
    let description: String
  }

  init(_ launch: Launch) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var ofChild: [Int32] = []
    defer { for descriptor in ofChild { close(descriptor) } }

    /// Leads a descriptor of the child to its stream and gives our end, or -1.
    func connect(_ stream: Stream, _ number: Int32, _ flags: Int32) -> Int32 {
      switch stream {
      case .closed: posix_spawn_file_actions_addclose(&actions, number)
      case .path(let path): posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o666)
      case .descriptor(let own): posix_spawn_file_actions_adddup2(&actions, own, number)
      case .captured:
        guard let pipe = HiddenFunctions.pipe() else { return -1 }
        let (theirs, ours) =
          number == 0 ? (pipe.reading, pipe.writing) : (pipe.writing, pipe.reading)
        posix_spawn_file_actions_adddup2(&actions, theirs, number)
        ofChild.append(theirs)
        return ours
      }
      return -1
    }
    input = connect(launch.input == nil ? launch.inputStream : .captured, 0, O_RDONLY)
    output = connect(launch.output, 1, O_WRONLY)
    error = connect(launch.error, 2, O_WRONLY)
    if let folder = launch.folder, !HiddenFunctions.addFolder(folder, to: &actions) {
      throw LaunchFailure(description: "cannot start in \(folder)")
    }

    // What the test itself ignores or blocks is no business of the program's.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))

    var child = pid_t()
    let status = withCStrings([launch.executable] + launch.arguments) { arguments in
      withCStrings(launch.environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&child, launch.executable, &actions, &attributes, arguments, environment)
      }
    }
    guard status == 0 else {
      throw LaunchFailure(
        description: "\(launch.executable): \(String(cString: strerror(status)))")
    }
    pid = child
    for descriptor in [input, output, error] where descriptor >= 0 {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
    pending = (launch.input ?? [])[...]
    if launch.input != nil, pending.isEmpty { closeInput() }
  }

  deinit {
    for descriptor in [input, output, error] where descriptor >= 0 { close(descriptor) }
  }

  private var pending: ArraySlice<UInt8> = []

  func send(_ signal: Int32) { kill(pid, signal) }

  /// Whether the program waits for standard input: its main thread is in a read of descriptor 0.
  var sleepsInRead: Bool {
    guard let file = fopen("/proc/\(pid)/syscall", "r") else {
      // Where processes may not look at each other, time has to do.
      usleep(500_000)
      return true
    }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return false }
    // `NUMBER ARGUMENT …`, or `running`. The number of read(2) differs between processors.
    let fields = String(
      decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
    )
    .split(separator: " ")
    return fields.count > 1 && fields[1] == "0x0" && fields[0] != "-1"
  }

  /// Stops reading the program's output, as `head` does when it has enough.
  func leaveOutput() {
    close(output)
    output = -1
  }

  func closeInput() {
    close(input)
    input = -1
  }

  /// Reads until the condition holds of standard output and standard error; false when the
  /// program ended before.
  func wait(
    seconds: Double = 60, until condition: (_ output: String, _ error: String) -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !condition(text(stdout), text(stderr)) {
      guard ContinuousClock.now < deadline, exchange(milliseconds: 20) else { return false }
    }
    return true
  }

  /// Waits for the end and gives all that the program left. One that does not end is killed.
  func finish(seconds: Double = 120) -> Ended {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var isLate = false
    while exchange(milliseconds: 5) {
      notePeak()
      if ContinuousClock.now > deadline {
        kill(pid, SIGKILL)
        isLate = true
        break
      }
    }
    var status: Int32 = 0
    var usage = rusage()
    while true {
      let ended = wait4(pid, &status, WNOHANG, &usage)
      if ended == pid || (ended < 0 && errno != EINTR) { break }
      notePeak()
      if ContinuousClock.now > deadline, !isLate {
        kill(pid, SIGKILL)
        isLate = true
      }
      usleep(1000)
    }
    while exchange(milliseconds: 0) {}
    // The macros of wait(2): a signal in the low seven bits, else the code in the next byte.
    let signal = status & 0x7F
    return Ended(
      stdoutBytes: stdout, stderr: text(stderr), exitCode: signal == 0 ? (status >> 8) & 0xFF : nil,
      signal: signal == 0 ? nil : signal, isLate: isLate, peakBytes: peakBytes,
      processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// Looks up the most memory that the program has held.
  ///
  /// `ru_maxrss` would not do: it counts the memory of the test itself, which the child shares
  /// until it becomes the program.
  private func notePeak() {
    guard let file = fopen("/proc/\(pid)/status", "r") else { return }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix("VmHWM:") else { continue }
      let kibibytes = text.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
      peakBytes = max(peakBytes, (kibibytes ?? 0) << 10)
      return
    }
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  /// Moves what can be moved now; false when both output streams are at their end.
  private func exchange(milliseconds: Int32) -> Bool {
    var polled: [pollfd] = []
    if output >= 0 { polled.append(pollfd(fd: output, events: Int16(POLLIN), revents: 0)) }
    if error >= 0 { polled.append(pollfd(fd: error, events: Int16(POLLIN), revents: 0)) }
    guard !polled.isEmpty else { return false }
    if input >= 0 { polled.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return milliseconds > 0 }
    for entry in polled where entry.revents != 0 {
      if entry.fd == input {
        writeInput()
      } else if entry.fd == output {
        if !read(entry.fd, into: &stdout) { leaveOutput() }
      } else if !read(entry.fd, into: &stderr) {
        close(error)
        error = -1
      }
    }
    return output >= 0 || error >= 0
  }

  private func writeInput() {
    let count = pending.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
    if count > 0 { pending = pending.dropFirst(count) }
    // A program that ends early does not read on; a write to it would then fail for good.
    if pending.isEmpty || (count < 0 && errno != EAGAIN) { closeInput() }
  }

  private func read(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { bytes.append(contentsOf: chunk[..<count]) }
    return count > 0 || (count < 0 && errno == EAGAIN)
  }
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Calls the body with the strings as C's null-terminated array of null-terminated strings.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let pointers = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  let array = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
    capacity: pointers.count + 1)
  defer { array.deallocate() }
  for (index, pointer) in pointers.enumerated() { (array + index).initialize(to: pointer) }
  (array + pointers.count).initialize(to: nil)
  return body(array)
}
