/// The header of a page: the structure `PageHeader` of the Apache Parquet format.
struct ParquetPageHeader {
  var kind = Kind.other
  var compressedBytes = 0
  var byteCount = 0
  /// The CRC-32 of the page's bytes as they lie in the file.
  var checksum: UInt32?
  /// Levels, which is more than values where some are null.
  var valueCount = 0
  var encoding = 0
  var definitionEncoding = 3
  var repetitionEncoding = 3
  /// Of version 2, where levels lie apart from the compressed values.
  var definitionBytes = 0
  var repetitionBytes = 0
  var isCompressed = true

  enum Kind {
    case data, dictionary, dataVersion2
    /// An index, which nobody writes in this place.
    case other
  }

  init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    var hasSizes = (false, false)
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1:
        switch try thrift.integer(field) {
        case 0: kind = .data
        case 2: kind = .dictionary
        case 3: kind = .dataVersion2
        default: kind = .other
        }
      case 2:
        byteCount = try thrift.count(field)
        hasSizes.0 = true
      case 3:
        compressedBytes = try thrift.count(field)
        hasSizes.1 = true
      case 4: checksum = UInt32(truncatingIfNeeded: try thrift.integer(field))
      case 5, 7, 8:
        guard field.type == .structure else {
          throw thrift.bytes.fault("the header of a page is no structure")
        }
        try readKind(&thrift, isVersion2: field.id == 8)
      default: try thrift.skip(field)
      }
    }
    guard hasSizes == (true, true) else { throw thrift.bytes.fault("a page does not say its size") }
    guard byteCount <= Int(Int32.max), compressedBytes <= Int(Int32.max) else {
      throw thrift.bytes.fault("a page has more than 2 GiB")
    }
  }

  private mutating func readKind(
    _ thrift: inout ThriftReader, isVersion2: Bool
  ) throws(FormatFault) {
    try thrift.enter()
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch (field.id, isVersion2) {
      case (1, _): valueCount = try thrift.count(field)
      case (2, false), (4, true): encoding = try thrift.integer(field)
      case (3, false) where field.type != .boolTrue && field.type != .boolFalse:
        definitionEncoding = try thrift.integer(field)
      case (4, false): repetitionEncoding = try thrift.integer(field)
      case (5, true): definitionBytes = try thrift.count(field)
      case (6, true): repetitionBytes = try thrift.count(field)
      case (7, true): isCompressed = try thrift.bool(field)
      default: try thrift.skip(field)
      }
    }
    thrift.leave()
  }
}
