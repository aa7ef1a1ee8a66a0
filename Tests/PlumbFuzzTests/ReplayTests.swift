import Foundation
import PlumbFuzz
import Testing

/// Feeds each target its seeds and every input that was ever found to break it.
@Test(arguments: FuzzTarget.all.map(\.name))
func replaysSeedsAndFindings(name: String) throws {
  let target = try #require(FuzzTarget.all.first { $0.name == name })
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  var inputs: [URL] = []
  for folder in ["seeds", "findings"] {
    let path = root.appending(path: "Fixtures/fuzz/\(folder)/\(name)")
    guard FileManager.default.fileExists(atPath: path.path) else { continue }
    inputs += try FileManager.default.contentsOfDirectory(at: path, includingPropertiesForKeys: nil)
  }
  #expect(!inputs.isEmpty, "\(name) has no seeds")
  for input in inputs {
    let bytes = Array(try Data(contentsOf: input))
    bytes.withUnsafeBufferPointer(target.run)
  }
}
