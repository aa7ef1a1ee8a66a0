/// What the program left behind.
struct Ended {
  let stdoutBytes: [UInt8]
  let stderr: String
  /// The exit code; nil when a signal ended the program.
  let exitCode: Int32?
  /// The signal that ended the program: a crash, or the test's own.
  let signal: Int32?
  /// Whether the test had to kill a program that did not end.
  let isLate: Bool
  /// The most memory that the program held at once.
  let peakBytes: Int
  let processorSeconds: Double
  let seconds: Double

  var stdout: String { String(decoding: stdoutBytes, as: UTF8.self) }

  /// The errors that the program told of.
  var errorCount: Int {
    stderr.split(separator: "\n")
      .count { $0.hasPrefix("error[") || $0.hasPrefix("plumb: ") }
  }
}
