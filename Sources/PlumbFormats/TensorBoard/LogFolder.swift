import Glibc
import PlumbColumns

/// Finds event files as TensorBoard does: their names hold `tfevents`, and each folder that has
/// some is a run, called by its path from the folder that was opened.
enum LogFolder {
  /// A run and its event files, in the order of their names, which begin with the time of their
  /// making.
  struct Run: Sendable {
    let name: String
    let files: [String]
  }

  /// Folders within folders, deeper than any run lies.
  private static let maximumDepth = 32

  static func isEventFile(_ name: String) -> Bool { name.contains("tfevents") }

  /// Whether a file of this name and with these first bytes is an event file: the check of its
  /// first record's length fits.
  static func isEventFile(_ name: String, head: [UInt8]) -> Bool {
    guard isEventFile(name) else { return false }
    guard head.count >= 12 else { return true }
    return head.withUnsafeBytes { head in
      let check = UInt32(littleEndian: head.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
      return CRC32C.masked(UnsafeRawBufferPointer(rebasing: head[..<8])) == check
    }
  }

  /// Whether there is an event file in a folder or below it.
  ///
  /// A folder of data files is none, nor is one of partitions looked into, so that large data sets
  /// are not walked.
  static func holdsEvents(_ path: String) -> Bool { holdsEvents(Folder(path), depth: 0) }

  private static func holdsEvents(_ folder: Folder, depth: Int) -> Bool {
    guard depth < maximumDepth, let listing = try? folder.listing() else { return false }
    if listing.files.contains(where: isEventFile) { return true }
    if depth == 0, listing.files.contains(where: isDataFile) { return false }
    return listing.folders.contains { name in
      !name.contains("=") && holdsEvents(folder.sub(name), depth: depth + 1)
    }
  }

  private static func isDataFile(_ name: String) -> Bool {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return ["parquet", "arrow", "feather", "csv", "tsv", "jsonl", "ndjson"].contains(ending)
  }

  /// The runs of a folder in bytewise order of their names, the folder itself as `.`; of a file,
  /// the one run that it tells of.
  static func runs(_ path: String, _ control: RunControl) throws(ImportError) -> [Run] {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
      return [Run(name: ".", files: [path])]
    }
    let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var runs: [Run] = []
    try collect(Folder(root), name: "", depth: 0, &runs, control)
    return runs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func collect(
    _ folder: Folder, name: String, depth: Int, _ runs: inout [Run], _ control: RunControl
  ) throws(ImportError) {
    try control.checkImport()
    guard depth < maximumDepth else {
      throw ImportError(
        .corrupt, "the folder `\(folder.path)` is nested too deeply",
        remedy: "look for a symbolic link that leads back to a folder above it",
        location: folder.path)
    }
    let listing = try folder.listing()
    let files = listing.files.filter(isEventFile)
    if !files.isEmpty {
      runs.append(
        Run(name: name.isEmpty ? "." : name, files: files.map { folder.path + "/" + $0 }))
    }
    for sub in listing.folders {
      try collect(
        folder.sub(sub), name: name.isEmpty ? sub : name + "/" + sub, depth: depth + 1, &runs,
        control)
    }
  }
}
