import Glibc

/// What the file system says of a database, which is different after somebody wrote to it.
struct SourceStamp: Equatable, Sendable {
  /// Of the database and of the write-ahead log beside it (zeros when there is none).
  let numbers: [Int]
  /// When the stamp was taken, in seconds since 1970.
  let takenSeconds: Int
  /// The latest time in it, in seconds since 1970.
  private let latestSeconds: Int

  /// The numbers of each file.
  private static let namesOfFile = [
    "device", "number", "size", "modified", "modified_ns", "changed", "changed_ns",
  ]
  /// What the numbers are called where they are kept.
  static let names = namesOfFile + namesOfFile.map { "log_" + $0 }

  /// The stamp of a file now; nil if there is none.
  init?(_ path: String) {
    guard let own = Self.numbers(path) else { return nil }
    numbers = own + (Self.numbers(path + "-wal") ?? Self.namesOfFile.map { _ in 0 })
    takenSeconds = time(nil)
    latestSeconds = Self.latest(numbers)
  }

  /// A stamp that was kept.
  init(numbers: [Int], takenSeconds: Int) {
    self.numbers = numbers
    self.takenSeconds = takenSeconds
    latestSeconds = Self.latest(numbers)
  }

  private static func numbers(_ path: String) -> [Int]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return [
      Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino),
      Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
      status.st_ctim.tv_nsec,
    ]
  }

  private static func latest(_ numbers: [Int]) -> Int {
    zip(numbers, names).reduce(0) { latest, entry in
      entry.1.hasSuffix("modified") || entry.1.hasSuffix("changed")
        ? max(latest, entry.0) : latest
    }
  }

  /// How long before the stamp was taken the file was last written to; at least 0.
  var ageSeconds: Int {
    let (age, overflow) = takenSeconds.subtractingReportingOverflow(latestSeconds)
    return overflow ? 0 : max(0, age)
  }

  /// Whether the file is the same and nothing was written to it since.
  ///
  /// The clock of a file system has ticks: of a file that was written to just before the stamp was
  /// taken, a later write may bear the same time.
  func isUnchanged(in other: SourceStamp) -> Bool {
    numbers == other.numbers && ageSeconds > 2
  }
}
