import PlumbColumns

/// Turns the flat list of a schema's nodes into columns.
///
/// Lists and maps are recognized by the rules of "Nested Types" in `LogicalTypes.md` of the Apache
/// Parquet format, those for files of older writers included. Groups outside of lists become
/// columns with dots in their names.
struct ParquetSchemaBuilder {
  private let elements: [ParquetMetadata.SchemaElement]
  private let durationUnits: [String: ArrowUnit]
  private let fileOffset: Int
  private var next = 0
  private(set) var leaves: [ParquetLeaf] = []
  private(set) var columns: [ParquetColumn] = []

  /// Groups within groups, deeper than any table has them.
  private static let maximumDepth = 64

  /// A node with those below it.
  private struct Node {
    let element: ParquetMetadata.SchemaElement
    let children: [Node]

    var isGroup: Bool { element.type == nil }
    var isList: Bool { element.logicalType == .list || element.convertedType == 3 }
    var isMap: Bool {
      element.logicalType == .map || element.convertedType == 1 || element.convertedType == 2
    }
  }

  /// Where a node stands: what is above it.
  private struct Place {
    var path: String
    var definition = 0
    var repetition = 0

    /// The place of a child, its own repetition counted in.
    func of(_ node: Node) -> Place {
      var place = self
      place.path += path.isEmpty ? node.element.name : "." + node.element.name
      if node.element.repetition != .required { place.definition += 1 }
      if node.element.repetition == .repeated { place.repetition += 1 }
      return place
    }
  }

  init(_ metadata: ParquetMetadata, fileOffset: Int) {
    elements = metadata.schema
    durationUnits = metadata.durationUnits
    self.fileOffset = fileOffset
  }

  private func fault(_ message: String) -> FormatFault { FormatFault(message, at: fileOffset) }

  mutating func build() throws(FormatFault) {
    guard !elements.isEmpty else { throw fault("it has no schema") }
    let root = try node(depth: 0)
    guard next == elements.count, root.isGroup else {
      throw fault("its schema does not have the number of columns that it says")
    }
    for child in root.children { try addColumns(child, in: Place(path: "")) }
  }

  private mutating func node(depth: Int) throws(FormatFault) -> Node {
    guard next < elements.count else { throw fault("its schema ends too early") }
    guard depth <= Self.maximumDepth else { throw fault("its columns are nested too deep") }
    let element = elements[next]
    next += 1
    guard element.type == nil || element.childCount == 0 else {
      throw fault("the column `\(element.name)` has a type and fields")
    }
    guard element.childCount <= elements.count - next else {
      throw fault("the group `\(element.name)` has more fields than the schema")
    }
    var children: [Node] = []
    for _ in 0..<element.childCount { children.append(try node(depth: depth + 1)) }
    return Node(element: element, children: children)
  }

  // MARK: Columns of the table

  private mutating func addColumns(_ node: Node, in parent: Place) throws(FormatFault) {
    let isPlain = node.isGroup && !node.isList && !node.isMap
    if isPlain, node.element.repetition != .repeated {
      let place = parent.of(node)
      for child in node.children { try addColumns(child, in: place) }
      return
    }
    guard let shape = try shape(node, in: parent) else { return }
    let name = parent.path.isEmpty ? node.element.name : parent.path + "." + node.element.name
    columns.append(ParquetColumn(name: name, shape: shape, isTop: parent.path.isEmpty))
  }

  /// The shape of a node; nil for a group without columns.
  private mutating func shape(_ node: Node, in parent: Place) throws(FormatFault) -> ParquetShape? {
    guard node.element.repetition == .repeated else {
      return try value(node, at: parent.of(node))
    }
    // Repeated without being called a list: a list of required elements.
    let place = parent.of(node)
    guard let element = try value(node, at: place) else { return nil }
    return .list(
      ParquetShape.List(
        present: parent.definition, filled: place.definition, repetition: place.repetition,
        element: element, isMap: false))
  }

  /// The shape of what stands in one slot of a node, at the node's own place.
  private mutating func value(_ node: Node, at place: Place) throws(FormatFault) -> ParquetShape? {
    guard node.isGroup else { return .scalar(leaf: try leaf(node, place)) }
    if node.children.count == 1, node.children[0].element.repetition == .repeated {
      if node.isList { return try list(node, at: place) }
      if node.isMap { return try map(node, at: place) }
    }
    return try record(node.element.repetition == .required ? nil : place.definition, node, place)
  }

  private mutating func record(
    _ present: Int?, _ node: Node, _ place: Place
  ) throws(FormatFault) -> ParquetShape? {
    var names: [String] = []
    var fields: [ParquetShape] = []
    for child in node.children {
      guard let field = try shape(child, in: place) else { continue }
      names.append(child.element.name)
      fields.append(field)
    }
    guard !fields.isEmpty else { return nil }
    return .record(ParquetShape.Record(present: present ?? 0, names: names, fields: fields))
  }

  private mutating func list(_ node: Node, at place: Place) throws(FormatFault) -> ParquetShape? {
    let repeated = node.children[0]
    let inner = place.of(repeated)
    let isElement =
      !repeated.isGroup || repeated.children.count != 1 || repeated.isList || repeated.isMap
      || repeated.element.name == "array"
      || repeated.element.name == node.element.name + "_tuple"
      || repeated.children[0].element.repetition == .repeated
    let element =
      isElement ? try value(repeated, at: inner) : try shape(repeated.children[0], in: inner)
    return element.map {
      .list(
        ParquetShape.List(
          present: place.definition, filled: inner.definition, repetition: inner.repetition,
          element: $0, isMap: false))
    }
  }

  private mutating func map(_ node: Node, at place: Place) throws(FormatFault) -> ParquetShape? {
    let inner = place.of(node.children[0])
    guard let entry = try record(nil, node.children[0], inner) else { return nil }
    var isMap = false
    if case .record(let record) = entry { isMap = record.fields.count == 2 }
    return .list(
      ParquetShape.List(
        present: place.definition, filled: inner.definition, repetition: inner.repetition,
        element: entry, isMap: isMap))
  }

  private mutating func leaf(_ node: Node, _ place: Place) throws(FormatFault) -> Int {
    guard let type = node.element.type else { throw fault("a column has no type") }
    let length = type == .fixedLengthByteArray ? node.element.length : 0
    guard type != .fixedLengthByteArray || length > 0 else {
      throw fault("the column `\(place.path)` has values of no length")
    }
    var logical = node.element.logicalType ?? Self.logicalType(node.element)
    // Within lists there must be a type.
    if logical == .unknown, place.repetition > 0 { logical = nil }
    var reading = ParquetReading(type, length: length, logical)
    if type == .int64, logical == nil, let unit = durationUnits[place.path] {
      reading = ParquetReading(durationIn: unit)
    }
    leaves.append(
      ParquetLeaf(
        path: place.path, physicalType: type, length: length, logicalType: logical,
        definition: place.definition, repetition: place.repetition, reading: reading))
    return leaves.count - 1
  }

  /// The logical type of files that have but the older `ConvertedType`.
  private static func logicalType(
    _ element: ParquetMetadata.SchemaElement
  ) -> ParquetMetadata.LogicalType? {
    switch element.convertedType {
    case 0: .string
    case 4: .enumeration
    case 5: .decimal(scale: element.scale, precision: element.precision)
    case 6: .date
    case 7: .time(.milliseconds)
    case 8: .time(.microseconds)
    case 9: .timestamp(.milliseconds, isUTC: true)
    case 10: .timestamp(.microseconds, isUTC: true)
    case 11: .integer(bits: 8, isSigned: false)
    case 12: .integer(bits: 16, isSigned: false)
    case 13: .integer(bits: 32, isSigned: false)
    case 14: .integer(bits: 64, isSigned: false)
    case 15: .integer(bits: 8, isSigned: true)
    case 16: .integer(bits: 16, isSigned: true)
    case 17: .integer(bits: 32, isSigned: true)
    case 18: .integer(bits: 64, isSigned: true)
    case 19: .json
    case 20: .bson
    case 21: .interval
    default: nil
    }
  }
}
