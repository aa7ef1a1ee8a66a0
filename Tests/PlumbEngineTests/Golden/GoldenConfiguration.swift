import PlumbEngine

/// A way to run a golden program that must not change what it shows.
struct GoldenConfiguration: Sendable {
  let name: String
  var threadCount = 4
  var batchRows: Int?
  var morselRows: Int?
  var isOptimizing = true

  /// The way whose output stands in the file.
  static let usual = GoldenConfiguration(name: "usual")

  static let others = [
    GoldenConfiguration(name: "one thread", threadCount: 1),
    GoldenConfiguration(name: "optimizer off", isOptimizing: false),
    GoldenConfiguration(name: "batches of 1", batchRows: 1, morselRows: 1),
    GoldenConfiguration(name: "batches of 3", batchRows: 3, morselRows: 6),
  ]

  /// 2026-11-23T12:00:00Z, what `now()` gives in golden programs.
  private static let nowMicroseconds = 1_795_435_200_000_000

  func options(folder: String, memoryLimitBytes: Int) -> SessionOptions {
    var options = SessionOptions()
    options.threadCount = threadCount
    options.batchRows = batchRows
    options.morselRows = morselRows
    options.isOptimizing = isOptimizing
    options.nowMicroseconds = Self.nowMicroseconds
    options.memoryLimitBytes = memoryLimitBytes
    options.folder = folder
    return options
  }
}
