/// What the end of a Parquet file says of it: the parts of `FileMetaData` in `parquet.thrift` of
/// the Apache Parquet format that a reader needs.
struct ParquetMetadata: Sendable {
  var schema: [SchemaElement] = []
  var rowCount = 0
  var rowGroups: [RowGroup] = []
  /// The units of columns of durations, which only the schema of Arrow tells that writers put
  /// beside that of the format; by the columns' paths.
  var durationUnits: [String: ArrowUnit] = [:]

  /// A node of the schema, in depth-first order.
  struct SchemaElement: Sendable {
    var name = ""
    var type: PhysicalType?
    /// The bytes of a value of fixed length.
    var length = 0
    var repetition = Repetition.required
    var childCount = 0
    var convertedType: Int?
    var scale = 0
    var precision = 0
    var logicalType: LogicalType?
  }

  /// Some rows of all columns.
  struct RowGroup: Sendable {
    var columns: [ColumnChunk] = []
    var rowCount = 0
  }

  /// The values of one column in a row group.
  struct ColumnChunk: Sendable {
    var type: PhysicalType?
    var codec = 0
    var valueCount = 0
    var compressedBytes = 0
    var dataOffset = 0
    var dictionaryOffset: Int?
    var statistics: Statistics?
    /// Another file that has the data, which no current writer does.
    var otherFile: String?
    var isEncrypted = false
  }

  /// The extremes of a column chunk as bytes of its physical type.
  struct Statistics: Sendable {
    var nullCount: Int?
    /// In the order of the logical type.
    var minimum: [UInt8]?
    var maximum: [UInt8]?
    /// From writers before 2017, in the order of signed values, whatever the type.
    var signedMinimum: [UInt8]?
    var signedMaximum: [UInt8]?
  }

  /// How values are stored.
  enum PhysicalType: Int, Sendable {
    case boolean, int32, int64, int96, float, double, byteArray, fixedLengthByteArray

    var name: String {
      switch self {
      case .boolean: "BOOLEAN"
      case .int32: "INT32"
      case .int64: "INT64"
      case .int96: "INT96"
      case .float: "FLOAT"
      case .double: "DOUBLE"
      case .byteArray: "BYTE_ARRAY"
      case .fixedLengthByteArray: "FIXED_LEN_BYTE_ARRAY"
      }
    }
  }

  enum Repetition: Int, Sendable {
    case required, optional, repeated
  }

  /// What values mean. Files of before 2018 say it by `convertedType` alone.
  enum LogicalType: Sendable, Equatable {
    case string
    case map
    case list
    case enumeration
    case decimal(scale: Int, precision: Int)
    case date
    case time(TimeUnit)
    case timestamp(TimeUnit, isUTC: Bool)
    case integer(bits: Int, isSigned: Bool)
    /// Only nulls.
    case unknown
    case json
    case bson
    case uuid
    case float16
    case interval
    /// One that this program does not know, by its number in the format.
    case other(Int)
  }

  enum TimeUnit: Sendable {
    case milliseconds, microseconds, nanoseconds
  }
}
