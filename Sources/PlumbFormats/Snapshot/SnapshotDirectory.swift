import PlumbColumns

/// What a snapshot holds, and where in the file.
struct SnapshotDirectory: Sendable {
  var dictionaries: [Dictionary] = []
  var tables: [Table] = []

  /// Bytes that lie together, with a hash for each megabyte of them.
  struct Block: Sendable {
    var offset = 0
    var byteCount = 0
    var hashes: [Int] = []
  }

  /// The texts of one or several columns.
  struct Dictionary: Sendable {
    var count = 0
    var isUnique = false
    var bytes = Block()
    var offsets = Block()
  }

  /// A column as it lies in memory.
  struct Column: Sendable {
    var layout = Layout.int64
    var count = 0
    var values = Block()
    var validity: Block?
    /// The place of its texts among the dictionaries.
    var dictionary = 0
    /// The elements of lists, or the fields of records.
    var children: [Column] = []
  }

  /// The layouts of `Column.Storage` but for constants, which are laid out; the numbers are kept
  /// in files.
  enum Layout: Int, Sendable {
    case int8, int16, int32, int64, float, bool, text8, text16, text32, list, record

    /// Whether values of a type lie so.
    func holds(_ type: DataType) -> Bool {
      switch (self, type) {
      case (.int8, _), (.int16, _), (.int32, _), (.int64, _): type.isIntegerBacked
      case (.float, .float), (.bool, .bool), (.bool, .null), (.list, .list), (.record, .record):
        true
      case (.text8, .string), (.text16, .string), (.text32, .string): true
      default: false
      }
    }

    /// The bytes of a value; 0 where there are none.
    var width: Int {
      switch self {
      case .int8, .bool, .text8: 1
      case .int16, .text16: 2
      case .int32, .text32: 4
      case .int64, .float, .list: 8
      case .record: 0
      }
    }
  }

  /// A table: what its provider tells of it, its fields and columns.
  struct Table: Sendable {
    var name = ""
    var summary = ""
    var rowCount = 0
    var fields: [Field] = []
    var families: [(name: String, missingType: DataType)] = []
    var columnSummaries: [(column: String, summary: String)] = []
  }

  /// A column's name and type.
  struct Field: Sendable {
    var name = ""
    var type = DataType.null
    var family: String?
    var isInferred = false
    var column = Column()
    /// Of an inferred column, its text as it was stored.
    var text: Column?
  }
}

/// The frame of a snapshot: a mark and a version at the beginning; at the end where the directory
/// lies, its hash, and a mark.
package enum SnapshotFormat {
  static let magic = Array("PLUMBSTORE".utf8)
  static let endMagic = Array("STOREEND".utf8)
  /// Raised with every change after which older programs could not read a file.
  static let version: UInt16 = 1
  static let headBytes = 64
  static let tailBytes = 32
  /// Blocks begin at multiples of this.
  static let alignment = 64
  /// The bytes that have a hash of their own.
  static let hashedBytes = 1 << 20

  /// A hash of bytes: four lanes of multiply-and-fold over eight bytes at a time, faster than the
  /// disk. It finds damage; it is no proof against intent.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (
      0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB,
      UInt64(truncatingIfNeeded: bytes.count)
    )
    var position = 0
    if let base = bytes.baseAddress {
      while position &+ 32 <= bytes.count {
        lanes.0 = mixed(lanes.0, base, position)
        lanes.1 = mixed(lanes.1, base, position &+ 8)
        lanes.2 = mixed(lanes.2, base, position &+ 16)
        lanes.3 = mixed(lanes.3, base, position &+ 24)
        position &+= 32
      }
    }
    var rest = foldMultiply(lanes.0 ^ foldMultiply(lanes.1 ^ foldMultiply(lanes.2 ^ lanes.3)))
    while position < bytes.count {
      rest = foldMultiply(rest &+ UInt64(bytes[position]) &+ 1)
      position += 1
    }
    return Int(truncatingIfNeeded: rest)
  }

  /// The bytes of a file with the hash of its directory made to fit, so that tests reach behind it.
  package static func withFittingDirectory(_ bytes: [UInt8]) -> [UInt8] {
    let end = bytes.count - tailBytes
    guard end >= headBytes else { return bytes }
    return bytes.withUnsafeBytes { bytes in
      let start = Int(
        Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: Int64.self)))
      guard start >= headBytes, start <= end else { return Array(bytes) }
      let own = Int64(hash(UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
      var repaired = Array(bytes)
      withUnsafeBytes(of: own.littleEndian) {
        repaired.replaceSubrange((end + 16)..<(end + 24), with: $0)
      }
      return repaired
    }
  }

  @inline(__always)
  private static func mixed(_ lane: UInt64, _ base: UnsafeRawPointer, _ position: Int) -> UInt64 {
    // Added, so that a lane that became zero does not stay so.
    foldMultiply(lane ^ base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      &+ 0x9E37_79B9_7F4A_7C15
  }
}
