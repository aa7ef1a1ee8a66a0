import PlumbColumns

/// Puts the pages of a column chunk together.
final class ParquetFilling {
  private let leaf: ParquetLeaf
  private let decoder: ParquetDecoder
  private let capacity: Int
  /// Where the first value goes.
  private let base: Int
  /// The values so far; of a column outside of lists this counts nulls too.
  private var valueCount = 0
  /// Of a column outside of lists: 1 for a value, 0 for a null; made with the first null.
  private var presence: Buffer<UInt8>?
  /// Of a column within lists: the levels of all slots.
  private let definition: Buffer<UInt8>
  private let repetition: Buffer<UInt8>
  /// The definition levels of a page.
  private var scratch = Buffer<UInt8>(count: 0)
  private var slotCount = 0

  /// Room for `capacity` values, or the room in a column that several row groups fill.
  init(_ leaf: ParquetLeaf, capacity: Int, target: ParquetTarget?) {
    self.leaf = leaf
    self.capacity = capacity
    base = target?.start ?? 0
    decoder = ParquetDecoder(
      leaf, into: target?.values ?? ParquetValues(leaf.reading.rule, count: capacity))
    definition = Buffer(count: leaf.repetition > 0 ? capacity : 0)
    repetition = Buffer(count: leaf.repetition > 0 ? capacity : 0)
  }

  /// Adds a page whose first slot is the one at `first`.
  func add(_ page: ParquetPage, at first: Int) throws(FormatFault) {
    switch page.header.kind {
    case .other: return
    case .dictionary:
      let encoding = page.header.encoding
      guard encoding == 0 || encoding == 2 else {
        throw page.values.fault("a dictionary has the unknown encoding \(encoding)")
      }
      try decoder.decodeDictionary(page.values, count: page.header.valueCount)
    case .data, .dataVersion2:
      guard let encoding = ParquetEncoding(page.header.encoding) else {
        throw FormatFault(
          "values in the encoding number \(page.header.encoding)", at: page.values.offset,
          isUnsupported: true)
      }
      if leaf.repetition > 0 {
        try addSlots(page, encoding)
      } else {
        try addRows(page, encoding, at: first)
      }
    }
  }

  private func addRows(
    _ page: ParquetPage, _ encoding: ParquetEncoding, at first: Int
  ) throws(FormatFault) {
    let count = page.header.valueCount
    var values = page.values
    defer { slotCount += count }
    guard let levels = page.definition, try !levels.areAllGreatest(count) else {
      try decoder.decode(encoding, &values, count: count, at: base + first)
      if let presence { (presence.base + first).update(repeating: 1, count: count) }
      return
    }
    if scratch.count < count { scratch = Buffer(count: count) }
    try levels.read(count, into: scratch.base)
    let full = UInt8(leaf.definition)
    var present = 0
    for index in 0..<count { present &+= scratch.base[index] == full ? 1 : 0 }
    try decoder.decode(encoding, &values, count: present, at: base + first)
    if present == count {
      if let presence { (presence.base + first).update(repeating: 1, count: count) }
      return
    }
    decoder.values.spread(
      from: base + first, count: present, levels: scratch.base, full: full, slotCount: count)
    let presence = presence ?? Buffer<UInt8>(repeating: 1, count: capacity)
    self.presence = presence
    for index in 0..<count { presence.base[first + index] = scratch.base[index] == full ? 1 : 0 }
  }

  private func addSlots(_ page: ParquetPage, _ encoding: ParquetEncoding) throws(FormatFault) {
    let count = page.header.valueCount
    var values = page.values
    if let levels = page.repetition {
      try levels.read(count, into: repetition.base + slotCount)
    }
    if let levels = page.definition {
      try levels.read(count, into: definition.base + slotCount)
    }
    let full = UInt8(leaf.definition)
    var present = 0
    for index in slotCount..<(slotCount + count) {
      present &+= definition.base[index] == full ? 1 : 0
    }
    try decoder.decode(encoding, &values, count: present, at: valueCount)
    valueCount += present
    slotCount += count
  }

  /// Checks that the levels begin as many rows as there should be.
  func checkRows(_ rowCount: Int, at offset: Int) throws(FormatFault) {
    var begun = 0
    for index in 0..<slotCount { begun &+= repetition.base[index] == 0 ? 1 : 0 }
    guard begun == rowCount, slotCount == 0 || repetition.base[0] == 0 else {
      throw FormatFault(
        "the column `\(leaf.path)` has \(begun) rows and should have \(rowCount)", at: offset)
    }
  }

  func finish() -> ParquetChunk {
    let isNested = leaf.repetition > 0
    let count = isNested ? valueCount : slotCount
    let storage: Column.Storage
    switch decoder.values {
    case .integers(let buffer):
      let values = Values(buffer, offset: base, count: count)
      // What lies in a column of several row groups stays there.
      storage = buffer.count > capacity ? .int64(values) : .narrowed(values)
    case .floats(let buffer): storage = .float(Values(buffer, offset: base, count: count))
    case .bools(let buffer): storage = .bool(Values(buffer, offset: 0, count: count))
    case .codes(let buffer):
      storage = .text(Values(buffer, offset: 0, count: count), decoder.texts.finish())
    }
    return ParquetChunk(
      column: Column(
        type: leaf.reading.type, count: count, storage: storage,
        validity: presence.map { Bitmap(bytes: $0.base, count: count) }),
      hasInvalidText: decoder.texts.hasInvalid,
      levels: isNested
        ? ParquetChunk.Levels(
          definition: Values(definition, offset: 0, count: slotCount),
          repetition: Values(repetition, offset: 0, count: slotCount)) : nil)
  }
}
