import Glibc
package import PlumbColumns
import PlumbSystem

/// Where rendered bytes go, piece by piece.
package struct ByteSink {
  private let writeBytes: (UnsafeRawBufferPointer) throws(OutputError) -> Void

  package init(_ write: @escaping (UnsafeRawBufferPointer) throws(OutputError) -> Void) {
    writeBytes = write
  }

  /// Writes what the buffer holds and empties it.
  package func write(_ buffer: inout TextBuffer) throws(OutputError) {
    if buffer.count > 0 { try writeBytes(UnsafeRawBufferPointer(buffer.bytes)) }
    buffer.removeAll()
  }

  /// Writes bytes that are no text.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
    if bytes.count > 0 { try writeBytes(bytes) }
  }

  /// A sink that writes to an open file descriptor.
  ///
  /// SIGPIPE must be ignored by the process; a reader that left is then `.closed`.
  package static func descriptor(_ descriptor: Int32) -> ByteSink {
    ByteSink { (bytes) throws(OutputError) in
      do throws(SystemError) {
        try writeAll(bytes, to: descriptor)
      } catch {
        if error.code == EPIPE { throw OutputError(.closed, "the reader of the output left") }
        throw OutputError(error)
      }
    }
  }

  /// A sink that keeps all bytes in memory, and where to find them.
  package static func collecting() -> (sink: ByteSink, collected: CollectedBytes) {
    let collected = CollectedBytes()
    let sink = ByteSink { (bytes) throws(OutputError) in
      collected.bytes.append(contentsOf: bytes)
    }
    return (sink, collected)
  }
}

/// The bytes that a collecting sink was given.
package final class CollectedBytes {
  package fileprivate(set) var bytes: [UInt8] = []

  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Why output could not be written to its end.
package struct OutputError: Error, Sendable {
  package let kind: Kind
  /// What is wrong, in the user's words, lower case, without a full stop.
  package let message: String

  /// What went wrong, as a closed set that maps to exit codes.
  package enum Kind: Sendable {
    /// The reader of the pipe left.
    case closed
    case writeFailed
    case interrupted
    case memoryLimit
  }

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension OutputOptions {
  /// Throws when the run to which the output belongs was stopped.
  func checkRun() throws(OutputError) {
    do {
      try control?.check()
    } catch {
      let failure = ImportError(error)
      throw OutputError(
        failure.kind == .memoryLimit ? .memoryLimit : .interrupted, failure.message)
    }
  }
}
