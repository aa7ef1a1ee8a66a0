import Foundation
import PlumbStdlib

/// The bundled store as a file, written once for a run of the tests.
enum DemoStoreFile {
  static let path: String = {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-help-\(getpid()).db").path
    do {
      try Data(DemoStore.database()).write(to: URL(fileURLWithPath: path))
    } catch {
      fatalError("the bundled store cannot be written: \(error)")
    }
    return path
  }()
}
