import PlumbColumns

/// What is wrong with the bytes of a binary file, without the file's name.
struct FormatFault: Error {
  /// What is wrong, in lower case and without a full stop.
  let message: String
  /// Where in the file, in bytes from its beginning.
  let offset: Int
  /// Whether the file asks for something that Plumb does not have, rather than being damaged.
  let isUnsupported: Bool
  /// What stopped the decoding from outside; nil when the bytes are at fault.
  private let interruption: RunControl.Interruption?

  init(_ message: String, at offset: Int, isUnsupported: Bool = false) {
    self.message = message
    self.offset = offset
    self.isUnsupported = isUnsupported
    interruption = nil
  }

  init(_ interruption: RunControl.Interruption) {
    message = "interrupted"
    offset = 0
    isUnsupported = false
    self.interruption = interruption
  }

  /// The error that names the file.
  func error(in path: String) -> ImportError {
    if let interruption { return ImportError(interruption) }
    if isUnsupported {
      return ImportError(
        .wrongFormat, "`\(path)` cannot be read: \(message)",
        remedy: "write the file again without it", location: "\(path):byte \(offset)")
    }
    return ImportError(
      .corrupt, "`\(path)` is damaged at byte \(offset): \(message)",
      remedy: "get the file again from where it comes from", location: "\(path):byte \(offset)")
  }
}

extension RunControl {
  /// `check` for decoders, whose errors are faults.
  func checkFormat() throws(FormatFault) {
    do { try check() } catch { throw FormatFault(error) }
  }
}
