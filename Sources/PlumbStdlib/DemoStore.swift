import CDemoStore
import CZlib

/// The small real MLflow store that the program carries, an SQLite database.
package enum DemoStore {
  /// Why the store could not be unpacked, which only a broken build can cause.
  package struct Damaged: Error {
    /// The code that zlib gave.
    package let code: Int32
  }

  /// The database file's bytes.
  ///
  /// 4.8 MB, unpacked at each call in about 20 ms.
  package static func database() throws(Damaged) -> [UInt8] {
    let count = plumb_demo_store_count()
    guard let packed = plumb_demo_store_bytes(), count > 18 else {
      throw Damaged(code: Z_DATA_ERROR)
    }
    // RFC 1952, section 2.3.1: a member ends with its unpacked size, four bytes, little-endian.
    let size = (0..<4).reduce(0) { $0 | Int(packed[count - 4 + $1]) << (8 * $1) }

    var stream = z_stream()
    // 16 asks for gzip's header and check sum, 15 for the largest window.
    let started = inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard started == Z_OK else { throw Damaged(code: started) }
    defer { inflateEnd(&stream) }

    var code = Z_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initializedCount in
      stream.next_in = UnsafeMutablePointer(mutating: packed)
      stream.avail_in = UInt32(count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(buffer.count)
      code = inflate(&stream, Z_FINISH)
      initializedCount = size - Int(stream.avail_out)
    }
    guard code == Z_STREAM_END, bytes.count == size else { throw Damaged(code: code) }
    return bytes
  }
}
