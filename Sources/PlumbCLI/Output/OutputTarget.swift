import PlumbColumns
import PlumbOutput

/// Where results go: standard output or a file, buffered.
final class OutputTarget {
  let descriptor: Int32
  private var buffer = TextBuffer(capacity: OutputTarget.bufferedBytes)
  private var file: ReplacementFile?

  private static let bufferedBytes = 1 << 16

  /// Standard output.
  init() { descriptor = 1 }

  /// The file of a path.
  init(path: String) throws(OutputFailure) {
    do throws(OutputError) {
      let file = try ReplacementFile(path)
      descriptor = file.descriptor
      self.file = consume file
    } catch {
      throw OutputFailure(error)
    }
  }

  /// A sink for formats, which collects small pieces.
  var sink: ByteSink {
    ByteSink { (bytes) throws(OutputError) in
      self.append(bytes)
      if self.buffer.count >= Self.bufferedBytes { try self.flushBuffer() }
    }
  }

  func write(_ text: String) throws(OutputFailure) {
    buffer.append(text)
    if buffer.count >= Self.bufferedBytes { try flush() }
  }

  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    bytes.withUnsafeBytes { append($0) }
    try flush()
  }

  private func append(_ bytes: UnsafeRawBufferPointer) {
    buffer.append(bytes.assumingMemoryBound(to: UInt8.self))
  }

  /// Brings everything written so far to the file descriptor.
  func flush() throws(OutputFailure) {
    do throws(OutputError) { try flushBuffer() } catch { throw OutputFailure(error) }
  }

  private func flushBuffer() throws(OutputError) {
    guard buffer.count > 0 else { return }
    try ByteSink.descriptor(descriptor).write(&buffer)
  }

  /// Ends the output well: the file takes its name.
  func finish() throws(OutputFailure) {
    try flush()
    guard let whole = file.take() else { return }
    do throws(OutputError) { try whole.finish() } catch { throw OutputFailure(error) }
  }

  /// Ends the output after an error: no file is left that could be taken for whole.
  func discard() { file = nil }
}
