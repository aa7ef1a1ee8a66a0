import PlumbColumns

extension SnapshotDirectory {
  init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          dictionaries.append(try Dictionary(&thrift))
        }
      case 2:
        for _ in 0..<(try thrift.list(field, of: .structure)) { tables.append(try Table(&thrift)) }
      default: try thrift.skip(field)
      }
    }
  }
}

extension SnapshotDirectory.Block {
  fileprivate init(
    _ thrift: inout ThriftReader, _ field: ThriftReader.Field
  ) throws(FormatFault) {
    guard field.type == .structure else { throw thrift.bytes.fault("a block is no structure") }
    try thrift.enter()
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: offset = try thrift.count(field)
      case 2: byteCount = try thrift.count(field)
      case 3:
        for _ in 0..<(try thrift.list(field, of: .int64)) { hashes.append(try thrift.element()) }
      default: try thrift.skip(field)
      }
    }
    thrift.leave()
  }
}

extension SnapshotDirectory.Dictionary {
  fileprivate init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: count = try thrift.count(field)
      case 2: isUnique = try thrift.bool(field)
      case 3: bytes = try SnapshotDirectory.Block(&thrift, field)
      case 4: offsets = try SnapshotDirectory.Block(&thrift, field)
      default: try thrift.skip(field)
      }
    }
  }
}

extension SnapshotDirectory.Column {
  fileprivate init(_ thrift: inout ThriftReader) throws(FormatFault) {
    try thrift.enter()
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1:
        let number = try thrift.integer(field)
        guard let known = SnapshotDirectory.Layout(rawValue: number) else {
          throw thrift.bytes.fault("a column has the unknown layout \(number)")
        }
        layout = known
      case 2: count = try thrift.count(field)
      case 3: values = try SnapshotDirectory.Block(&thrift, field)
      case 4: validity = try SnapshotDirectory.Block(&thrift, field)
      case 5: dictionary = try thrift.count(field)
      case 6:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          children.append(try SnapshotDirectory.Column(&thrift))
        }
      default: try thrift.skip(field)
      }
    }
    thrift.leave()
  }
}

extension SnapshotDirectory.Table {
  fileprivate init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: name = try thrift.text(field)
      case 2: summary = try thrift.text(field)
      case 3: rowCount = try thrift.count(field)
      case 4:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          fields.append(try SnapshotDirectory.Field(&thrift))
        }
      case 5:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          let (name, type) = try Self.member(&thrift)
          families.append((name, type))
        }
      case 6:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          columnSummaries.append(try Self.summary(&thrift))
        }
      default: try thrift.skip(field)
      }
    }
  }

  private static func summary(
    _ thrift: inout ThriftReader
  ) throws(FormatFault) -> (column: String, summary: String) {
    var texts = ["", "", ""]
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      if field.id == 1 || field.id == 2 {
        texts[field.id] = try thrift.text(field)
      } else {
        try thrift.skip(field)
      }
    }
    return (texts[1], texts[2])
  }

  /// A name and a type.
  fileprivate static func member(
    _ thrift: inout ThriftReader
  ) throws(FormatFault) -> (String, DataType) {
    var name = ""
    var type = DataType.null
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: name = try thrift.text(field)
      case 2: type = try Self.type(&thrift, field)
      default: try thrift.skip(field)
      }
    }
    return (name, type)
  }

  fileprivate static func type(
    _ thrift: inout ThriftReader, _ field: ThriftReader.Field
  ) throws(FormatFault) -> DataType {
    guard field.type == .structure else { throw thrift.bytes.fault("a type is no structure") }
    try thrift.enter()
    var number = 0
    var members: [(String, DataType)] = []
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch field.id {
      case 1: number = try thrift.integer(field)
      case 2:
        for _ in 0..<(try thrift.list(field, of: .structure)) {
          members.append(try member(&thrift))
        }
      default: try thrift.skip(field)
      }
    }
    thrift.leave()
    if let plain = SnapshotTypes.plainType(number) { return plain }
    switch number {
    case SnapshotTypes.list where members.count == 1: return .list(members[0].1)
    case SnapshotTypes.record: return .record(members.map { DataType.Field($0.0, $0.1) })
    default: throw thrift.bytes.fault("a column has the unknown type \(number)")
    }
  }
}

extension SnapshotDirectory.Field {
  fileprivate init(_ thrift: inout ThriftReader) throws(FormatFault) {
    var last = 0
    while let field = try thrift.nextField(after: &last) {
      switch (field.id, field.type) {
      case (1, _): name = try thrift.text(field)
      case (2, _): type = try SnapshotDirectory.Table.type(&thrift, field)
      case (3, _): family = try thrift.text(field)
      case (4, _): isInferred = try thrift.bool(field)
      case (5, .structure): column = try SnapshotDirectory.Column(&thrift)
      case (6, .structure): text = try SnapshotDirectory.Column(&thrift)
      default: try thrift.skip(field)
      }
    }
  }
}
