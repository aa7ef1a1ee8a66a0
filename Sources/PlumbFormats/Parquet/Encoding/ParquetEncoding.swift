/// How the values of a page are stored, by the numbers of the format.
enum ParquetEncoding {
  case plain
  /// Places in the dictionary of the column chunk.
  case dictionary
  case runLength
  case bitPacked
  case deltaBinaryPacked
  case deltaLengthByteArray
  case deltaByteArray
  case byteStreamSplit

  init?(_ number: Int) {
    switch number {
    case 0: self = .plain
    case 2, 8: self = .dictionary
    case 3: self = .runLength
    case 4: self = .bitPacked
    case 5: self = .deltaBinaryPacked
    case 6: self = .deltaLengthByteArray
    case 7: self = .deltaByteArray
    case 9: self = .byteStreamSplit
    default: return nil
    }
  }

  var name: String {
    switch self {
    case .plain: "PLAIN"
    case .dictionary: "RLE_DICTIONARY"
    case .runLength: "RLE"
    case .bitPacked: "BIT_PACKED"
    case .deltaBinaryPacked: "DELTA_BINARY_PACKED"
    case .deltaLengthByteArray: "DELTA_LENGTH_BYTE_ARRAY"
    case .deltaByteArray: "DELTA_BYTE_ARRAY"
    case .byteStreamSplit: "BYTE_STREAM_SPLIT"
    }
  }
}
