import PlumbColumns

/// The body of a record batch in the making: the buffers of its columns, and where they lie.
struct ArrowBody {
  private let codec: CompressionCodec
  private(set) var bytes: [UInt8] = []
  private var nodes: [UInt8] = []
  private var nodeCount = 0
  private var buffers: [UInt8] = []
  private var bufferCount = 0

  init(codec: CompressionCodec) { self.codec = codec }

  /// The table `RecordBatch` that goes with the body.
  func fields(rowCount: Int) -> [FlatBuilder.Field] {
    var fields = [
      FlatBuilder.Field(0, .int64(Int64(rowCount))),
      FlatBuilder.Field(1, .structures(nodes, count: nodeCount)),
      FlatBuilder.Field(2, .structures(buffers, count: bufferCount)),
    ]
    if let number = codecNumber {
      fields.append(FlatBuilder.Field(3, .table([FlatBuilder.Field(0, .byte(number))])))
    }
    return fields
  }

  /// The number of the codec in the format's `CompressionType`; nil without one.
  private var codecNumber: UInt8? {
    switch codec {
    case .lz4Frame: 0
    case .zstd: 1
    case .none, .snappy, .gzip, .lz4Block, .lz4Hadoop, .brotli: nil
    }
  }

  private func compressed(_ buffer: UnsafeRawBufferPointer) -> [UInt8] {
    if case .zstd = codec { return ZstdCompression.compressed(buffer) }
    return LZ4Compression.compressed(buffer)
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func append(_ buffer: UnsafeRawBufferPointer) {
    let start = bytes.count
    if codecNumber != nil, buffer.count > 0 {
      let compressed = compressed(buffer)
      if compressed.count > 0, compressed.count < buffer.count {
        Self.append(buffer.count, to: &bytes)
        bytes += compressed
      } else {
        // Stored as it is.
        Self.append(-1, to: &bytes)
        bytes += buffer
      }
    } else {
      bytes += buffer
    }
    Self.append(start, to: &buffers)
    Self.append(bytes.count - start, to: &buffers)
    bufferCount += 1
    while bytes.count % 8 != 0 { bytes.append(0) }
  }

  private mutating func append<Element: BitwiseCopyable>(_ values: [Element]) {
    values.withUnsafeBytes { append($0) }
  }

  private mutating func appendNode(_ column: Column) {
    Self.append(column.count, to: &nodes)
    Self.append(column.nullCount, to: &nodes)
    nodeCount += 1
    guard let validity = column.presence, column.nullCount > 0 else {
      return append(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    append((0..<((column.count + 63) / 64)).map { validity.word(at: $0 * 64) })
  }

  // MARK: Columns

  /// Adds a column laid out as `type` says.
  mutating func append(_ column: Column, as type: ArrowColumnType) {
    switch type {
    case .null:
      Self.append(column.count, to: &nodes)
      Self.append(column.count, to: &nodes)
      nodeCount += 1
    case .bool:
      appendNode(column)
      let values = column.bools()
      let packed = Bitmap(bytes: values.pointer, count: values.count)
      append((0..<((values.count + 63) / 64)).map { packed.word(at: $0 * 64) })
    case .integer:
      appendNode(column)
      let values = column.integers()
      append(UnsafeRawBufferPointer(start: values.pointer, count: values.count * 8))
      withExtendedLifetime(values) {}
    case .float:
      appendNode(column)
      let values = column.doubles()
      append(UnsafeRawBufferPointer(start: values.pointer, count: values.count * 8))
      withExtendedLifetime(values) {}
    case .dictionary:
      appendNode(column)
      let codes = column.codes().codes
      append(UnsafeRawBufferPointer(start: codes.pointer, count: codes.count * 4))
      withExtendedLifetime(codes) {}
    case .text(let isLarge):
      appendNode(column)
      appendTexts(column, isLarge: isLarge)
    case .list(let element):
      appendNode(column)
      appendList(column, element)
    case .record(let fields):
      appendNode(column)
      guard case .record(let columns) = column.materialized().storage else { return }
      for (column, (_, type)) in zip(columns, fields) { append(column, as: type) }
    }
  }

  /// Adds all texts of a dictionary as a column.
  mutating func append(_ dictionary: TextDictionary) {
    let codes = Buffer<UInt32>(count: dictionary.count)
    for code in 0..<dictionary.count { codes.base[code] = UInt32(truncatingIfNeeded: code) }
    append(
      Column(type: .string, count: dictionary.count, storage: .text32(Values(codes), dictionary)),
      as: .text(isLarge: false))
  }

  private mutating func appendTexts(_ column: Column, isLarge: Bool) {
    let (codes, dictionary) = column.codes()
    var texts: [UInt8] = []
    var offsets = [0]
    offsets.reserveCapacity(codes.count + 1)
    for row in 0..<codes.count {
      if !column.isNull(row) { texts += dictionary.utf8(Int(codes[row])) }
      offsets.append(texts.count)
    }
    if isLarge {
      append(offsets)
    } else {
      append(offsets.map { Int32(truncatingIfNeeded: $0) })
    }
    append(texts)
  }

  private mutating func appendList(_ column: Column, _ element: ArrowColumnType) {
    guard case .list(let offsets, let elements) = column.materialized().storage else { return }
    // Elements that no row has, as of slices and of null rows, stay out.
    var rebased: [Int32] = [0]
    var parts: [Column] = []
    var total = 0
    for row in 0..<column.count {
      let count = column.isNull(row) ? 0 : offsets[row + 1] - offsets[row]
      if count > 0 { parts.append(elements.slice(offsets[row], count)) }
      total += count
      rebased.append(Int32(truncatingIfNeeded: total))
    }
    append(rebased)
    let whole = offsets[column.count] - offsets[0] == total
    append(
      whole
        ? elements.slice(offsets[0], total) : Column.concatenated(parts, type: elements.type),
      as: element)
  }
}
