import PlumbColumns

/// The columns of a Parquet file, stored ones and those that a table has of them.
struct ParquetSchema: Sendable {
  /// The columns that are stored, in the order of the file.
  let leaves: [ParquetLeaf]
  /// What becomes a column of the table, in the same order.
  let columns: [ParquetColumn]

  init(_ metadata: ParquetMetadata, fileOffset: Int) throws(FormatFault) {
    var builder = ParquetSchemaBuilder(metadata, fileOffset: fileOffset)
    try builder.build()
    leaves = builder.leaves
    columns = builder.columns
  }
}

/// A column as it is stored: values of one physical type under a path of groups.
struct ParquetLeaf: Sendable {
  /// The names from the root on, for people.
  let path: String
  let physicalType: ParquetMetadata.PhysicalType
  /// The bytes of a value of fixed length.
  let length: Int
  let logicalType: ParquetMetadata.LogicalType?
  /// The level of a value that is there.
  let definition: Int
  /// The number of repeated groups above it.
  let repetition: Int
  let reading: ParquetReading
}

/// A column of the table.
struct ParquetColumn: Sendable {
  let name: String
  let shape: ParquetShape
  /// Whether it stands at the top of the schema, and not within a group.
  let isTop: Bool
}

/// How stored columns make up a column of the table.
indirect enum ParquetShape: Sendable {
  case scalar(leaf: Int)
  case list(List)
  case record(Record)

  /// A repeated group or value.
  struct List: Sendable {
    /// From this definition level on there is a list, and not a null.
    let present: Int
    /// From this definition level on it has an element.
    let filled: Int
    /// The repetition level at which another element begins.
    let repetition: Int
    let element: ParquetShape
    /// Whether the elements are the keys and values of a map.
    let isMap: Bool
  }

  /// A group within a list; groups outside of lists are taken apart.
  struct Record: Sendable {
    /// From this definition level on there is a record, and not a null.
    let present: Int
    let names: [String]
    let fields: [ParquetShape]
  }

  /// All stored columns of the shape.
  var leaves: [Int] {
    switch self {
    case .scalar(let leaf): [leaf]
    case .list(let list): list.element.leaves
    case .record(let record): record.fields.flatMap(\.leaves)
    }
  }

  /// The stored column that tells where lists and records of the shape begin.
  var firstLeaf: Int? {
    switch self {
    case .scalar(let leaf): leaf
    case .list(let list): list.element.firstLeaf
    case .record(let record): record.fields.lazy.compactMap(\.firstLeaf).first
    }
  }

  func type(_ leaves: [ParquetLeaf]) -> DataType {
    switch self {
    case .scalar(let leaf): leaves[leaf].reading.type
    case .list(let list): .list(list.element.type(leaves))
    case .record(let record):
      .record(zip(record.names, record.fields).map { DataType.Field($0, $1.type(leaves)) })
    }
  }
}
