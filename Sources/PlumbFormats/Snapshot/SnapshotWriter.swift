package import PlumbColumns

/// Writes tables with all their columns as they lie in memory, so that opening them again takes no
/// longer than reading does.
package struct SnapshotWriter<Failure: Error> {
  private let write: (UnsafeRawBufferPointer) throws(Failure) -> Void
  private var position = 0
  private var directory = SnapshotDirectory()
  /// The places of dictionaries that have been written.
  private var dictionaries: [ObjectIdentifier: Int] = [:]
  /// Keeps them, so that no other gets the identity of one that is gone.
  private var written: [TextDictionary] = []

  /// A writer that hands the bytes of a file on in order.
  package init(write: @escaping (UnsafeRawBufferPointer) throws(Failure) -> Void) {
    self.write = write
  }

  /// Begins the file.
  package mutating func begin() throws(Failure) {
    var head = SnapshotFormat.magic
    withUnsafeBytes(of: SnapshotFormat.version.littleEndian) { head.append(contentsOf: $0) }
    head += [UInt8](repeating: 0, count: SnapshotFormat.headBytes - head.count)
    try put(head)
  }

  /// Adds a table. `table` has the columns of the provider's schema and after them, for each that
  /// was inferred, its text as stored.
  package mutating func add(
    _ provider: any TableProvider, as name: String, _ table: Table
  ) throws(Failure) {
    var entry = SnapshotDirectory.Table()
    entry.name = name
    entry.summary = provider.summary
    entry.rowCount = table.rowCount
    entry.columnSummaries = provider.columnSummaries.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
    entry.families = provider.schema.families.map { ($0.name, $0.missingType) }
    for field in provider.schema.fields {
      var saved = SnapshotDirectory.Field()
      saved.name = field.name
      saved.type = field.type
      saved.family = field.family
      saved.isInferred = field.isInferred
      let column = table[field.name] ?? .nulls(field.type, count: table.rowCount)
      saved.column = try put(column)
      if field.isInferred, let text = table[field.storedTextName] { saved.text = try put(text) }
      entry.fields.append(saved)
    }
    directory.tables.append(entry)
  }

  /// Ends the file.
  package mutating func finish() throws(Failure) {
    try align()
    let start = position
    let bytes = directory.bytes
    try put(bytes)
    var tail: [UInt8] = []
    let hash = bytes.withUnsafeBytes { SnapshotFormat.hash($0) }
    for number in [start, bytes.count, hash] {
      withUnsafeBytes(of: Int64(number).littleEndian) { tail.append(contentsOf: $0) }
    }
    try put(tail + SnapshotFormat.endMagic)
  }

  // MARK: Columns

  private mutating func put(_ column: Column) throws(Failure) -> SnapshotDirectory.Column {
    let column = column.materialized()
    var saved = SnapshotDirectory.Column()
    saved.count = column.count
    switch column.storage {
    case .int8(let values): try put(values, .int8, &saved)
    case .int16(let values): try put(values, .int16, &saved)
    case .int32(let values): try put(values, .int32, &saved)
    case .int64(let values): try put(values, .int64, &saved)
    case .float(let values): try put(values, .float, &saved)
    case .bool(let values): try put(values, .bool, &saved)
    case .text8(let codes, let dictionary):
      try put(codes, .text8, &saved)
      saved.dictionary = try place(of: dictionary)
    case .text16(let codes, let dictionary):
      try put(codes, .text16, &saved)
      saved.dictionary = try place(of: dictionary)
    case .text32(let codes, let dictionary):
      try put(codes, .text32, &saved)
      saved.dictionary = try place(of: dictionary)
    case .list(let offsets, let elements):
      try put(offsets, .list, &saved)
      saved.children = [try put(elements)]
    case .record(let columns):
      saved.layout = .record
      for column in columns { saved.children.append(try put(column)) }
    case .constant: break
    }
    if let validity = column.validity {
      let words = (0..<((column.count + 63) / 64)).map { validity.word(at: $0 * 64) }
      saved.validity = try block(Values(words))
    }
    return saved
  }

  private mutating func put<Element: BitwiseCopyable>(
    _ values: Values<Element>, _ layout: SnapshotDirectory.Layout,
    _ saved: inout SnapshotDirectory.Column
  ) throws(Failure) {
    saved.layout = layout
    saved.values = try block(values)
  }

  private mutating func place(of dictionary: TextDictionary) throws(Failure) -> Int {
    if let known = dictionaries[ObjectIdentifier(dictionary)] { return known }
    var saved = SnapshotDirectory.Dictionary()
    saved.count = dictionary.count
    saved.isUnique = dictionary.isUnique
    let byteCount = dictionary.count == 0 ? 0 : dictionary.offsets.base[dictionary.count]
    saved.bytes = try block(Values(dictionary.bytes, offset: 0, count: byteCount))
    saved.offsets = try block(Values(dictionary.offsets, offset: 0, count: dictionary.count + 1))
    let place = directory.dictionaries.count
    directory.dictionaries.append(saved)
    dictionaries[ObjectIdentifier(dictionary)] = place
    written.append(dictionary)
    return place
  }

  private mutating func block<Element: BitwiseCopyable>(
    _ values: Values<Element>
  ) throws(Failure) -> SnapshotDirectory.Block {
    try align()
    var block = SnapshotDirectory.Block()
    block.offset = position
    block.byteCount = values.count * MemoryLayout<Element>.stride
    var start = 0
    while start < block.byteCount {
      let count = min(SnapshotFormat.hashedBytes, block.byteCount - start)
      let bytes = UnsafeRawBufferPointer(
        start: UnsafeRawPointer(values.pointer) + start, count: count)
      block.hashes.append(SnapshotFormat.hash(bytes))
      try write(bytes)
      start += count
    }
    withExtendedLifetime(values) {}
    position += block.byteCount
    return block
  }

  private mutating func align() throws(Failure) {
    let rest = position % SnapshotFormat.alignment
    if rest > 0 { try put([UInt8](repeating: 0, count: SnapshotFormat.alignment - rest)) }
  }

  private mutating func put(_ bytes: [UInt8]) throws(Failure) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
      try write(UnsafeRawBufferPointer(bytes))
    }
    position += bytes.count
  }
}
