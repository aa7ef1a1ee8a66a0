import PlumbColumns

extension SnapshotDirectory {
  /// The directory as bytes, in Thrift's compact protocol.
  var bytes: [UInt8] {
    var thrift = ThriftWriter()
    thrift.structure { thrift in
      thrift.list(1, of: .structure, count: dictionaries.count)
      for dictionary in dictionaries {
        thrift.structure { entry in
          entry.int64(1, dictionary.count)
          entry.bool(2, dictionary.isUnique)
          dictionary.bytes.write(3, &entry)
          dictionary.offsets.write(4, &entry)
        }
      }
      thrift.list(2, of: .structure, count: tables.count)
      for table in tables { thrift.structure { table.write(&$0) } }
    }
    return thrift.bytes
  }
}

extension SnapshotDirectory.Block {
  fileprivate func write(_ id: Int, _ thrift: inout ThriftWriter) {
    thrift.structure(id) { block in
      block.int64(1, offset)
      block.int64(2, byteCount)
      block.list(3, of: .int64, count: hashes.count)
      for hash in hashes { block.element(hash) }
    }
  }
}

extension SnapshotDirectory.Column {
  fileprivate func write(_ thrift: inout ThriftWriter) {
    thrift.int32(1, layout.rawValue)
    thrift.int64(2, count)
    values.write(3, &thrift)
    validity?.write(4, &thrift)
    thrift.int64(5, dictionary)
    thrift.list(6, of: .structure, count: children.count)
    for child in children { thrift.structure { child.write(&$0) } }
  }
}

extension SnapshotDirectory.Table {
  fileprivate func write(_ thrift: inout ThriftWriter) {
    thrift.text(1, name)
    thrift.text(2, summary)
    thrift.int64(3, rowCount)
    thrift.list(4, of: .structure, count: fields.count)
    for field in fields {
      thrift.structure { entry in
        entry.text(1, field.name)
        entry.structure(2) { Self.write(field.type, &$0) }
        if let family = field.family { entry.text(3, family) }
        entry.bool(4, field.isInferred)
        entry.structure(5) { field.column.write(&$0) }
        if let text = field.text { entry.structure(6) { text.write(&$0) } }
      }
    }
    thrift.list(5, of: .structure, count: families.count)
    for (name, type) in families {
      thrift.structure { entry in
        entry.text(1, name)
        entry.structure(2) { Self.write(type, &$0) }
      }
    }
    thrift.list(6, of: .structure, count: columnSummaries.count)
    for (column, summary) in columnSummaries {
      thrift.structure { entry in
        entry.text(1, column)
        entry.text(2, summary)
      }
    }
  }

  private static func write(_ type: DataType, _ thrift: inout ThriftWriter) {
    let members: [(name: String, type: DataType)]
    switch type {
    case .list(let element): members = [("", element)]
    case .record(let fields): members = fields.map { ($0.name, $0.type) }
    case .null, .bool, .int, .float, .string, .timestamp, .duration: members = []
    }
    thrift.int32(1, SnapshotTypes.number(type))
    thrift.list(2, of: .structure, count: members.count)
    for member in members {
      thrift.structure { entry in
        entry.text(1, member.name)
        entry.structure(2) { write(member.type, &$0) }
      }
    }
  }
}

/// The numbers of types in files.
enum SnapshotTypes {
  private static let plain: [DataType] = [
    .null, .bool, .int, .float, .string, .timestamp, .duration,
  ]
  static let list = 7
  static let record = 8

  static func number(_ type: DataType) -> Int {
    switch type {
    case .list: list
    case .record: record
    case .null, .bool, .int, .float, .string, .timestamp, .duration:
      plain.firstIndex(of: type) ?? 0
    }
  }

  static func plainType(_ number: Int) -> DataType? {
    plain.indices.contains(number) ? plain[number] : nil
  }
}
