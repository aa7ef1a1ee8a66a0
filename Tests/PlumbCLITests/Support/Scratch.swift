import Foundation
import Glibc
import Testing

/// A folder of a test, removed with all that is in it when the test lets go of it.
final class Scratch: Sendable {
  let path: String

  init() throws {
    var template = Array(
      FileManager.default.temporaryDirectory.appendingPathComponent("plumb-test-XXXXXX").path
        .utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(made)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

  /// Writes a file and gives its path.
  @discardableResult
  func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let path = self / name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// The bytes of a file in the folder; nil when there is none.
  func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: self / name).map(Array.init)
  }

  /// The text of a file in the folder; nil when there is none.
  func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

  /// The names of what is in the folder, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  static func / (folder: Scratch, name: String) -> String { folder.path + "/" + name }

  /// The root of this package.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The folder of this test's build, where the program is too.
  static let products: URL = {
    // The test bundle is the program that runs, or was handed to one that does.
    let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") }
    return bundle.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
      ?? package.appendingPathComponent(".build/debug")
  }()

  /// The bundled MLflow database, unpacked once for all tests, which only read it.
  static let store: String = {
    let packed = package.appendingPathComponent("Tests/Fixtures/mlflow/mlflow-ml.db.gz").path
    try? FileManager.default.createDirectory(at: storeFolder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: Scratch.storeFolder) }
    let target = storeFolder.appendingPathComponent("mlflow.db").path
    shell("gzip -dc '\(packed)' > '\(target)'")
    return target
  }()

  private static let storeFolder = FileManager.default.temporaryDirectory
    .appendingPathComponent("plumb-cli-\(getpid())")

  /// Runs a shell command; whether it went well.
  @discardableResult
  static func shell(_ command: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
