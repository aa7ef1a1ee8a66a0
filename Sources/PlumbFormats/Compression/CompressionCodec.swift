/// A way in which bytes of a file are made fewer.
enum CompressionCodec: Sendable {
  case none
  case snappy
  /// One or several members (RFC 1952).
  case gzip
  case zstd
  /// A block of LZ4 without a frame.
  case lz4Block
  /// LZ4 as Hadoop writes it: blocks with their sizes before them; some writers leave these out.
  case lz4Hadoop
  /// A frame of LZ4, which says how long it is.
  case lz4Frame
  case brotli

  var name: String {
    switch self {
    case .none: "none"
    case .snappy: "Snappy"
    case .gzip: "gzip"
    case .zstd: "zstd"
    case .lz4Block, .lz4Hadoop, .lz4Frame: "LZ4"
    case .brotli: "Brotli"
    }
  }
}
