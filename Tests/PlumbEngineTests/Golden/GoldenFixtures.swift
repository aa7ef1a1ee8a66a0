import Foundation

/// The data that golden programs read.
enum GoldenFixtures {
  private static let fixtures = GoldenProgram.folder.deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// The folder of all runs of this process, removed when it ends.
  private static let processFolder: URL = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-golden-\(getpid())")
    atexit { try? FileManager.default.removeItem(at: GoldenFixtures.processFolder) }
    return folder
  }()

  /// The files by name: those of `Tests/Fixtures/golden`, the stores, unpacked, TensorBoard's logs and
  /// the exports of trackers.
  private static let files: Result<[String: URL], any Error> = Result {
    let manager = FileManager.default
    let unpacked = processFolder.appending(path: "unpacked")
    try manager.createDirectory(at: unpacked, withIntermediateDirectories: true)
    var files: [String: URL] = [:]
    for name in ["mlflow-ml.db"] {
      let packed = fixtures.appending(path: "mlflow/\(name).gz").path()
      try shell("gzip -dc '\(packed)' > '\(unpacked.appending(path: name).path())'")
      files[name] = unpacked.appending(path: name)
    }
    files["logs"] = fixtures.appending(path: "tensorboard/logs")
    files["exports"] = fixtures.appending(path: "exports")
    let plain = fixtures.appending(path: "golden")
    for name in try manager.contentsOfDirectory(atPath: plain.path()) {
      files[name] = plain.appending(path: name)
    }
    return files
  }

  /// A new folder with the files in it, which a run may write to.
  static func folder() throws -> String {
    let manager = FileManager.default
    let folder = processFolder.appending(path: UUID().uuidString)
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, file) in try files.get() {
      try manager.createSymbolicLink(at: folder.appending(path: name), withDestinationURL: file)
    }
    return folder.path()
  }

  private static func shell(_ command: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw GoldenProgram.Malformed(description: "failed: \(command)")
    }
  }
}
