import Foundation
import Glibc
import Testing

/// The built program: the one that `PLUMB_PROGRAM` names, else the debug build beside the tests.
enum Program {
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["PLUMB_PROGRAM"], !path.isEmpty {
      return path
    }
    return Scratch.products.appendingPathComponent("plumb").path
  }()

  /// Whether `scripts/test --long` asks for what takes minutes.
  static let isLong = ProcessInfo.processInfo.environment["PLUMB_LONG_TESTS"] == "1"

  /// Whether the program is built without optimization, and so many times slower.
  static let isDebugBuild = !ProcessInfo.processInfo.environment.keys.contains("PLUMB_PROGRAM")

  /// Runs the program to its end.
  static func run(
    _ arguments: String..., input: String? = nil, folder: String? = nil,
    change: (inout RunningProgram.Launch) -> Void = { _ in }
  ) throws -> Ended {
    try run(arguments, input: input, folder: folder, change: change)
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], input: String? = nil, folder: String? = nil,
    change: (inout RunningProgram.Launch) -> Void = { _ in }
  ) throws -> Ended {
    try start(arguments, input: input, folder: folder, change: change).finish()
  }

  /// Starts the program.
  static func start(
    _ arguments: [String], input: String? = nil, folder: String? = nil,
    change: (inout RunningProgram.Launch) -> Void = { _ in }
  ) throws -> RunningProgram {
    var launch = RunningProgram.Launch(arguments)
    launch.input = input.map { Array($0.utf8) }
    launch.folder = folder
    change(&launch)
    return try RunningProgram(launch)
  }
}

/// That a run went well with exactly this output, and had nothing else to say.
func expectOutput(
  _ ended: Ended, _ output: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(ended.stdout == output, sourceLocation: sourceLocation)
  #expect(ended.stderr == "", sourceLocation: sourceLocation)
  #expect(ended.exitCode == 0, "signal \(ended.signal ?? 0)", sourceLocation: sourceLocation)
}

/// That a run ended with one error that says all of these, and with nothing on standard output.
func expectError(
  _ ended: Ended, _ exitCode: Int32, _ phrases: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let comment = Comment(rawValue: String(ended.stderr.prefix(2_000)))
  #expect(ended.exitCode == exitCode, comment, sourceLocation: sourceLocation)
  #expect(ended.stdout == "", sourceLocation: sourceLocation)
  #expect(ended.errorCount == 1, comment, sourceLocation: sourceLocation)
  for phrase in phrases {
    #expect(ended.stderr.contains(phrase), comment, sourceLocation: sourceLocation)
  }
}
