import Glibc
import PlumbColumns
import PlumbSystem

/// The contents of a file of a store.
struct FileBytes: Sendable {
  let path: String
  let bytes: [UInt8]

  /// Reads a file, or its first `limit` bytes.
  ///
  /// Metric files grow while a run goes on; reading up to the size they had when the store was
  /// opened makes every answer tell of the same moment.
  init(_ path: String, limit: Int? = nil) throws(ImportError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileBytes.error(path, errno) }
    defer { close(descriptor) }
    let size = limit ?? FileBytes.size(descriptor)
    guard size <= FileBytes.largestBytes else {
      throw ImportError(
        .corrupt, "`\(path)` is too large (\(size >> 20) MiB) to belong to a store",
        remedy: "check what wrote the file", location: path)
    }
    var failure: Int32 = 0
    bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = 0
      while count < size {
        let got = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        count += got
      }
    }
    if failure != 0 { throw FileBytes.error(path, failure) }
  }

  /// The history of a metric of a hundred million points is smaller.
  private static let largestBytes = 4 << 30

  private static func size(_ descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The size of a file, nil if it is not there.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func error(_ path: String, _ code: Int32) -> ImportError {
    ImportError(
      code == ENOENT ? .notFound : .notReadable,
      "cannot read `\(path)`: \(systemErrorText(code))",
      remedy: code == ENOENT
        ? "the store was changed while it was read; try again" : "check the file's permissions",
      location: path)
  }

  /// The contents as text, with U+FFFD where it is not UTF-8.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
