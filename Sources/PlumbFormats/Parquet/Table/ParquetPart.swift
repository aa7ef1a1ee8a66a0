import PlumbColumns

/// One file of a table.
struct ParquetPart: Sendable {
  let file: ParquetFile
  /// As in the file's schema, with the readings that its values ask for.
  let leaves: [ParquetLeaf]
  /// What the table's columns are in this file, by their names.
  let columns: [String: Content]
  /// The maps of the file by their names, and their keys in order of appearance.
  let maps: [String: (map: ParquetMap, keys: [String])]

  /// What a column of the table is in the file.
  enum Content: Sendable {
    case stored(ParquetShape)
    case member(of: ParquetMap, key: String)

    /// The stored columns to be read for it.
    var leaves: [Int] {
      switch self {
      case .stored(let shape): shape.leaves
      case .member(let map, _): map.shape.leaves
      }
    }

    func type(_ leaves: [ParquetLeaf]) -> DataType {
      switch self {
      case .stored(let shape): shape.type(leaves)
      case .member(let map, _): map.value.type(leaves)
      }
    }
  }

  /// The columns in the order of the file, with the family that a member belongs to.
  let fields: [(name: String, family: String?)]
  /// What the user should know.
  let warnings: [String]

  /// Opens a file; reads no more of it than its end, unless it has maps, whose keys are columns.
  init(_ path: String, control: RunControl) throws(ImportError) {
    file = try ParquetFile(path)
    let handle = try file.open()
    let reader = ParquetGroupReader(file, handle, control: control)
    var leaves = file.schema.leaves
    for (index, leaf) in leaves.enumerated() where leaf.reading.rule == .unsigned64 {
      if try reader.exceedsSigned(index) { leaves[index] = leaf.withReading(leaf.reading.asFloat) }
    }
    var names = UniqueNames(file.schema.columns.map(\.name), path: path)
    var columns: [String: Content] = [:]
    var maps: [String: (map: ParquetMap, keys: [String])] = [:]
    var fields: [(name: String, family: String?)] = []
    for column in file.schema.columns {
      let name = names.unique(column.name)
      // As in Arrow, what a structure holds is no family.
      if column.isTop, let map = ParquetMap(column.shape, leaves) {
        let keys = try reader.keys(map, leaves)
        if keys.count <= MapColumns.maximumKeys {
          maps[name] = (map, keys)
          for key in keys {
            let member = "\(name).\(key)"
            guard columns[member] == nil else { continue }
            columns[member] = .member(of: map, key: key)
            fields.append((member, name))
          }
          continue
        }
        names.warnings.append(
          "the maps of `\(name)` have \(keys.count) keys and are read as lists of entries")
      }
      columns[name] = .stored(column.shape)
      fields.append((name, nil))
    }
    for leaf in leaves {
      if let note = leaf.reading.note { names.warnings.append("`\(leaf.path)` \(note)") }
    }
    self.leaves = leaves
    self.columns = columns
    self.maps = maps
    self.fields = fields
    warnings = names.warnings
  }

  /// What statistics say of a column in a row group; nil where nothing is known.
  func bounds(_ column: String, type: DataType, group: Int) -> ParquetBounds? {
    switch columns[column] {
    case nil: return ParquetBounds(nullsOf: type)
    case .stored(.scalar(let leaf))? where leaves[leaf].repetition == 0:
      return ParquetBounds(file.metadata.rowGroups[group].columns[leaf], leaves[leaf])
    case .stored?, .member?: return nil
    }
  }
}

extension ParquetLeaf {
  /// The same column read in another way.
  func withReading(_ reading: ParquetReading) -> ParquetLeaf {
    ParquetLeaf(
      path: path, physicalType: physicalType, length: length, logicalType: logicalType,
      definition: definition, repetition: repetition, reading: reading)
  }
}
