extension ParquetMetadata {
  /// Reads the structure `FileMetaData`.
  init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 2:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          schema.append(try SchemaElement(&thrift))
        }
      case 3: rowCount = try thrift.count(field)
      case 4:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          rowGroups.append(try RowGroup(&thrift))
        }
      case 5:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          let (key, value) = try Self.keyValue(&thrift)
          if key == StoredArrowSchema.key { durationUnits = StoredArrowSchema.durationUnits(value) }
        }
      default: try thrift.skip(field)
      }
    }
  }

  /// Reads the structure `KeyValue`; both are empty where they are absent.
  private static func keyValue(
    _ thrift: inout ThriftReader
  ) throws(FormatFault) -> (key: String, value: String) {
    var (key, value) = ("", "")
    try thrift.enter()
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: key = try thrift.text(field)
      case 2: value = try thrift.text(field)
      default: try thrift.skip(field)
      }
    }
    thrift.leave()
    return (key, value)
  }
}

extension ParquetMetadata.SchemaElement {
  fileprivate init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: type = try ParquetMetadata.PhysicalType(&thrift, field)
      case 2: length = try thrift.count(field)
      case 3:
        let value = try thrift.integer(field)
        guard let known = ParquetMetadata.Repetition(rawValue: value) else {
          throw thrift.bytes.fault("a column has the unknown repetition \(value)")
        }
        repetition = known
      case 4: name = try thrift.text(field)
      case 5: childCount = try thrift.count(field)
      case 6: convertedType = try thrift.integer(field)
      case 7: scale = try thrift.integer(field)
      case 8: precision = try thrift.integer(field)
      case 10: logicalType = try ParquetMetadata.LogicalType(&thrift, field)
      default: try thrift.skip(field)
      }
    }
  }
}

extension ParquetMetadata.PhysicalType {
  fileprivate init(
    _ thrift: inout ThriftReader, _ field: ThriftReader.Field
  ) throws(FormatFault) {
    let value = try thrift.integer(field)
    guard let known = Self(rawValue: value) else {
      throw thrift.bytes.fault("a column has the unknown physical type \(value)")
    }
    self = known
  }
}

extension ParquetMetadata.LogicalType {
  /// Reads the union `LogicalType`: a structure of one field, whose number is the type.
  fileprivate init(
    _ thrift: inout ThriftReader, _ field: ThriftReader.Field
  ) throws(FormatFault) {
    guard field.type == .structure else {
      throw thrift.bytes.fault("a logical type is no structure")
    }
    try thrift.enter()
    self = .other(0)
    var last = 0
    while let member = try thrift.nextField(after: &last) {
      switch member.id {
      case 1: self = .string
      case 2: self = .map
      case 3: self = .list
      case 4: self = .enumeration
      case 6: self = .date
      case 11: self = .unknown
      case 12: self = .json
      case 13: self = .bson
      case 14: self = .uuid
      case 15: self = .float16
      case 5, 7, 8, 10:
        self = try Self.withParameters(&thrift, member)
        continue
      default: self = .other(member.id)
      }
      try thrift.skip(member)
    }
    thrift.leave()
  }

  private static func withParameters(
    _ thrift: inout ThriftReader, _ member: ThriftReader.Field
  ) throws(FormatFault) -> Self {
    guard member.type == .structure else {
      throw thrift.bytes.fault("a logical type is no structure")
    }
    try thrift.enter()
    var numbers = [0, 0, 0]
    var flag = false
    var unit = ParquetMetadata.TimeUnit.microseconds
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch (field.id, field.type) {
      case (1...2, .boolTrue), (1...2, .boolFalse): flag = try thrift.bool(field)
      case (2, .structure): unit = try timeUnit(&thrift)
      case (1...2, _): numbers[field.id] = try thrift.integer(field)
      default: try thrift.skip(field)
      }
    }
    thrift.leave()
    switch member.id {
    case 5: return .decimal(scale: numbers[1], precision: numbers[2])
    case 7: return .time(unit)
    case 8: return .timestamp(unit, isUTC: flag)
    default: return .integer(bits: numbers[1], isSigned: flag)
    }
  }

  private static func timeUnit(
    _ thrift: inout ThriftReader
  ) throws(FormatFault) -> ParquetMetadata.TimeUnit {
    try thrift.enter()
    var unit: ParquetMetadata.TimeUnit?
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: unit = .milliseconds
      case 2: unit = .microseconds
      case 3: unit = .nanoseconds
      default: break
      }
      try thrift.skip(field)
    }
    thrift.leave()
    guard let unit else { throw thrift.bytes.fault("a time has an unknown unit") }
    return unit
  }
}

extension ParquetMetadata.RowGroup {
  fileprivate init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          columns.append(try ParquetMetadata.ColumnChunk(&thrift))
        }
      case 3: rowCount = try thrift.count(field)
      default: try thrift.skip(field)
      }
    }
  }
}

extension ParquetMetadata.ColumnChunk {
  fileprivate init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: otherFile = try thrift.text(field)
      case 3:
        guard field.type == .structure else {
          throw thrift.bytes.fault("a column chunk has no metadata")
        }
        try readMetadata(&thrift)
      case 8, 9:
        isEncrypted = true
        try thrift.skip(field)
      default: try thrift.skip(field)
      }
    }
  }

  private mutating func readMetadata(_ thrift: inout ThriftReader) throws(FormatFault) {
    try thrift.enter()
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: type = try ParquetMetadata.PhysicalType(&thrift, field)
      case 4: codec = try thrift.integer(field)
      case 5: valueCount = try thrift.count(field)
      case 7: compressedBytes = try thrift.count(field)
      case 9: dataOffset = try thrift.count(field)
      case 11: dictionaryOffset = try thrift.count(field)
      case 12:
        guard field.type == .structure else {
          throw thrift.bytes.fault("statistics are no structure")
        }
        statistics = try ParquetMetadata.Statistics(&thrift)
      default: try thrift.skip(field)
      }
    }
    thrift.leave()
  }
}

extension ParquetMetadata.Statistics {
  fileprivate init(_ thrift: inout ThriftReader) throws(FormatFault) {
    try thrift.enter()
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: signedMaximum = Array(try thrift.binary(field))
      case 2: signedMinimum = Array(try thrift.binary(field))
      case 3: nullCount = try thrift.count(field)
      case 5: maximum = Array(try thrift.binary(field))
      case 6: minimum = Array(try thrift.binary(field))
      default: try thrift.skip(field)
      }
    }
    thrift.leave()
  }
}
