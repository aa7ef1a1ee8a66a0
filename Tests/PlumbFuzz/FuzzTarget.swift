/// A thing that takes bytes from outside and must survive any: what `scripts/fuzz NAME` feeds.
package struct FuzzTarget: Sendable {
  /// Its name on the command line, and of its folders in `Tests/Fixtures/fuzz`.
  package let name: String
  /// Takes one input; a trap is a finding.
  package let run: @Sendable (UnsafeBufferPointer<UInt8>) -> Void

  /// All targets, sorted by name.
  ///
  /// A new one is a file beside this one, its entry here, its seeds, and the sources that it is to
  /// cover in `scripts/fuzz`.
  package static let all: [FuzzTarget] = [
    .arrow, .copy, .csv, .json, .mapping, .mlflowDatabase, .mlflowFiles, .parquet, .parser,
    .places, .profile, .server, .snapshot, .tensorBoard, .yaml,
  ]
}
