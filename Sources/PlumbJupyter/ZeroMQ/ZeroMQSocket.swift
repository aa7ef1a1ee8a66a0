import CZeroMQ
import Glibc

/// A socket. It closes itself.
///
/// Unchecked because one thread makes it and hands it to the one that uses it; libzmq allows that
/// with a full fence between them (zmq_socket(3)), which the start of a thread is.
final class ZeroMQSocket: @unchecked Sendable {
  private let library: ZeroMQLibrary
  let handle: UnsafeMutableRawPointer

  /// Larger messages are no requests of a notebook.
  private static let byteLimit = 1 << 28

  init(_ library: ZeroMQLibrary, _ handle: UnsafeMutableRawPointer) {
    self.library = library
    self.handle = handle
  }

  deinit { _ = library.close(handle) }

  func set(_ option: Int32, _ value: Int32) {
    var value = value
    _ = library.setOption(handle, option, &value, MemoryLayout<Int32>.size)
  }

  func set(_ option: Int32, _ text: String) {
    _ = library.setOption(handle, option, text, text.utf8.count)
  }

  /// Sends a message of several frames, as a whole.
  func send(_ frames: [[UInt8]]) {
    for (index, frame) in frames.enumerated() {
      let flags = index + 1 < frames.count ? ZMQ_SNDMORE : 0
      var sent: Int32
      repeat {
        sent = frame.withUnsafeBytes { library.send(handle, $0.baseAddress, $0.count, flags) }
      } while sent < 0 && library.errorNumber() == EINTR
      // A peer that has gone, of which a router says so: what is left is for nobody.
      if sent < 0 { return }
    }
  }

  /// The frames of the next message; nil when there is none now.
  func receive() -> [[UInt8]]? {
    var frames: [[UInt8]] = []
    var bytes = 0
    while true {
      var message = zmq_msg_t()
      _ = library.initMessage(&message)
      defer { _ = library.closeMessage(&message) }
      var count: Int32
      repeat {
        count = library.receive(&message, handle, frames.isEmpty ? ZMQ_DONTWAIT : 0)
      } while count < 0 && library.errorNumber() == EINTR
      guard count >= 0 else { return nil }
      let size = library.size(&message)
      bytes += size
      if bytes <= Self.byteLimit, let data = library.data(&message) {
        frames.append([UInt8](UnsafeRawBufferPointer(start: data, count: size)))
      } else {
        frames.append([])
      }
      var more: Int32 = 0
      var length = MemoryLayout<Int32>.size
      guard library.option(handle, ZMQ_RCVMORE, &more, &length) == 0, more != 0 else {
        return frames
      }
    }
  }

  /// Waits until one of some sockets or a descriptor can be read, at most so many milliseconds.
  ///
  /// Interruptions by signals end the wait early.
  static func wait(
    for sockets: [ZeroMQSocket], descriptor: Int32 = -1, milliseconds: Int,
    _ library: ZeroMQLibrary
  ) {
    var items = sockets.map {
      zmq_pollitem_t(socket: $0.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    }
    if descriptor >= 0 {
      items.append(
        zmq_pollitem_t(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
    }
    _ = items.withUnsafeMutableBytes {
      library.poll($0.baseAddress, Int32(sockets.count + (descriptor >= 0 ? 1 : 0)), milliseconds)
    }
  }
}
