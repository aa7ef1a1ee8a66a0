import PlumbColumns

/// Makes columns of the buffers of record batches.
///
/// What a column becomes may depend on all of its values: unsigned ones beyond 63 bits make it a
/// float, bytes that are no text hexadecimal digits. Where such a value turns up, its field is
/// noted in `floats` or `digits`, and the batches are to be read again.
struct ArrowColumns {
  /// The values of dictionaries by their numbers.
  private var dictionaries: [Int: Column] = [:]
  private(set) var floats: Set<Int>
  private(set) var digits: Set<Int>
  /// Whether what was read so far has another type than the fields now say.
  private(set) var mustReadAgain = false

  init(floats: Set<Int> = [], digits: Set<Int> = []) {
    self.floats = floats
    self.digits = digits
  }

  // MARK: Types

  func type(_ field: ArrowField) -> DataType {
    switch field.type {
    case .null, .text, .textView, .binary, .binaryView, .fixedBinary: return .string
    case .bool: return .bool
    case .integer: return floats.contains(field.number) ? .float : .int
    case .float: return .float
    case .decimal(_, let scale, let precision):
      return scale == 0 && precision <= 18 ? .int : .float
    case .time(let type, _, _): return type
    case .list, .fixedList, .map: return .list(field.children.first.map(type) ?? .string)
    case .structure: return .record(field.children.map { DataType.Field($0.name, type($0)) })
    }
  }

  // MARK: Dictionaries

  mutating func addDictionary(
    _ message: ArrowMessage, fields: [Int: ArrowField]
  ) throws(FormatFault) {
    let id = Int(try message.header.integer(0, Int64.self))
    guard let field = fields[id], let data = try message.header.table(1) else {
      throw message.header.fault("a dictionary belongs to no column")
    }
    var batch = try ArrowBatch(data, message)
    let values = try self.values(field, &batch, expected: batch.length)
    if try message.header.bool(2), let known = dictionaries[id] {
      dictionaries[id] = .concatenated([known, values], type: type(field))
    } else {
      dictionaries[id] = values
    }
  }

  // MARK: Columns

  /// The next column of a batch. `expected` values, if they must be so many.
  mutating func column(
    _ field: ArrowField, _ batch: inout ArrowBatch, expected: Int?
  ) throws(FormatFault) -> Column {
    guard let dictionary = field.dictionary else {
      return try values(field, &batch, expected: expected)
    }
    let (count, validity) = try start(field, &batch, expected)
    let places = try integers(dictionary.indices, count, try batch.buffer(), field)
    guard let values = dictionaries[dictionary.id] else {
      throw batch.fault("the dictionary of the column `\(field.name)` is missing")
    }
    let rows = Buffer<UInt32>(count: count)
    for row in 0..<count {
      if let validity, !validity[row] {
        rows.base[row] = .max
        continue
      }
      guard places.base[row] >= 0, places.base[row] < values.count else {
        throw batch.fault(
          "a value of the column `\(field.name)` has the place \(places.base[row]) in a "
            + "dictionary of \(values.count)")
      }
      rows.base[row] = UInt32(truncatingIfNeeded: places.base[row])
    }
    return values.gatheredOptional(Values(rows))
  }

  /// The number of the next column's values and which of them are null.
  private func start(
    _ field: ArrowField, _ batch: inout ArrowBatch, _ expected: Int?
  ) throws(FormatFault) -> (Int, Bitmap?) {
    let (count, nullCount) = try batch.node()
    guard expected == nil || count == expected else {
      throw batch.fault(
        "the column `\(field.name)` has \(count) values and should have \(expected ?? 0)")
    }
    if case .null = field.type { return (count, nil) }
    let bits = try batch.buffer()
    guard nullCount > 0 else { return (count, nil) }
    guard bits.count >= (count + 7) / 8 else {
      throw batch.fault("the column `\(field.name)` does not say which values are null")
    }
    let words = Buffer<UInt64>(repeating: 0, count: (count + 63) / 64)
    UnsafeMutableRawPointer(words.base).copyMemory(
      from: bits.bytes.baseAddress ?? UnsafeRawPointer(words.base), byteCount: (count + 7) / 8)
    return (count, Bitmap(words: words, count: count))
  }

  private mutating func values(
    _ field: ArrowField, _ batch: inout ArrowBatch, expected: Int?
  ) throws(FormatFault) -> Column {
    let (count, validity) = try start(field, &batch, expected)
    let type = self.type(field)
    let storage: Column.Storage
    switch field.type {
    case .null: return .nulls(.string, count: count)
    case .bool:
      let bits = try batch.buffer()
      try check(bits, (count + 7) / 8, field, batch)
      let bytes = Buffer<UInt8>(count: count)
      if let start = bits.bytes.baseAddress {
        BitPacked.unpack(start, bitWidth: 1, first: 0, count: count, into: bytes.base)
      }
      storage = .bool(Values(bytes))
    case .integer(let bits, let isSigned):
      let values = try integers(field.type, count, try batch.buffer(), field)
      if bits == 64, !isSigned { note(field, unsigned: values, validity) }
      storage =
        type == .float
        ? .float(Values(Self.floats(values, isSigned: isSigned)))
        : .narrowed(Values(values))
    case .float(let bits):
      storage = .float(Values(try floats(bits, count, try batch.buffer(), field, batch)))
    case .decimal(let bytes, let scale, _):
      storage = try decimals(bytes, scale, type, count, try batch.buffer(), field, batch)
    case .time(_, let bits, let unit):
      let stored = ArrowType.integer(bits: bits, isSigned: true)
      let values = try integers(stored, count, try batch.buffer(), field)
      clear(values, validity)
      guard unit.scaling.scale(values.base, count: count) else {
        throw batch.fault("a time of the column `\(field.name)` lies beyond the year 290000")
      }
      storage = .narrowed(Values(values))
    case .text, .textView, .binary, .binaryView, .fixedBinary:
      storage = try texts(field, count, validity, &batch)
    case .list(let isLarge):
      storage = try lists(field, count, isLarge ? 8 : 4, &batch)
    case .map: storage = try lists(field, count, 4, &batch)
    case .fixedList(let size):
      let (total, overflows) = count.multipliedReportingOverflow(by: size)
      let elements = try column(field.children[0], &batch, expected: nil)
      guard !overflows, elements.count >= total,
        size > 0 && Self.isStored(elements) || count <= Table.chunkRows
      else {
        throw batch.fault("the lists of the column `\(field.name)` are longer than their values")
      }
      storage = .list(offsets: Values((0...count).map { $0 * size }), elements: elements)
    case .structure:
      var columns: [Column] = []
      for child in field.children {
        columns.append(try column(child, &batch, expected: count))
      }
      guard !columns.isEmpty || count <= Table.chunkRows else {
        throw batch.fault("the column `\(field.name)` has \(count) records without fields")
      }
      storage = .record(columns)
    }
    return Column(type: type, count: count, storage: storage, validity: validity)
  }

  /// Whether the file has bytes for each value; it has none for nulls without a type, and for
  /// structures of them.
  private static func isStored(_ column: Column) -> Bool {
    switch column.storage {
    case .constant: false
    case .record(let columns): columns.contains(where: isStored)
    case .int8, .int16, .int32, .int64, .float, .bool, .text8, .text16, .text32, .list: true
    }
  }

  private func check(
    _ block: ByteBlock, _ byteCount: Int, _ field: ArrowField, _ batch: ArrowBatch
  ) throws(FormatFault) {
    guard block.count >= byteCount else {
      throw batch.fault(
        "the values of the column `\(field.name)` take \(byteCount) bytes, and there are "
          + "\(block.count)")
    }
  }

  // MARK: Numbers

  private func integers(
    _ type: ArrowType, _ count: Int, _ block: ByteBlock, _ field: ArrowField
  ) throws(FormatFault) -> Buffer<Int> {
    guard case .integer(let bits, let isSigned) = type else {
      throw FormatFault("the column `\(field.name)` has no ints", at: block.fileOffset)
    }
    guard count <= block.count / (bits / 8), let start = block.bytes.baseAddress else {
      throw FormatFault(
        "\(count) values of the column `\(field.name)` do not fit into \(block.count) bytes",
        at: block.fileOffset)
    }
    switch (bits, isSigned) {
    case (8, true): return widened(start, count, Int8.self)
    case (8, false): return widened(start, count, UInt8.self)
    case (16, true): return widened(start, count, Int16.self)
    case (16, false): return widened(start, count, UInt16.self)
    case (32, true): return widened(start, count, Int32.self)
    case (32, false): return widened(start, count, UInt32.self)
    default: return widened(start, count, Int.self)
    }
  }

  /// Notes a field with values beyond 63 bits.
  private mutating func note(
    _ field: ArrowField, unsigned values: Buffer<Int>, _ validity: Bitmap?
  ) {
    guard !floats.contains(field.number) else { return }
    clear(values, validity)
    var all = 0
    for row in 0..<values.count { all |= values.base[row] }
    guard all < 0 else { return }
    floats.insert(field.number)
    mustReadAgain = true
  }

  /// Makes the values of null rows 0: what a file has there means nothing.
  private func clear(_ values: Buffer<Int>, _ validity: Bitmap?) {
    guard let validity else { return }
    for row in 0..<values.count where !validity[row] { values.base[row] = 0 }
  }

  private static func floats(_ values: Buffer<Int>, isSigned: Bool) -> Buffer<Double> {
    let result = Buffer<Double>(count: values.count)
    for row in 0..<values.count {
      result.base[row] =
        isSigned ? Double(values.base[row]) : Double(UInt(bitPattern: values.base[row]))
    }
    return result
  }

  private func floats(
    _ bits: Int, _ count: Int, _ block: ByteBlock, _ field: ArrowField, _ batch: ArrowBatch
  ) throws(FormatFault) -> Buffer<Double> {
    try check(block, count * (bits / 8), field, batch)
    let result = Buffer<Double>(count: count)
    guard let start = block.bytes.baseAddress else { return result }
    switch bits {
    case 16:
      for row in 0..<count {
        result.base[row] = HalfFloat.double(
          start.loadUnaligned(fromByteOffset: row * 2, as: UInt16.self))
      }
    case 32:
      for row in 0..<count {
        result.base[row] = Double(start.loadUnaligned(fromByteOffset: row * 4, as: Float.self))
      }
    default:
      UnsafeMutableRawPointer(result.base).copyMemory(from: start, byteCount: count * 8)
    }
    return result
  }

  private func decimals(
    _ width: Int, _ scale: Int, _ type: DataType, _ count: Int, _ block: ByteBlock,
    _ field: ArrowField, _ batch: ArrowBatch
  ) throws(FormatFault) -> Column.Storage {
    try check(block, count * width, field, batch)
    let integers = Buffer<Int>(count: type == .int ? count : 0)
    let floats = Buffer<Double>(count: type == .int ? 0 : count)
    for row in 0..<count {
      // Least significant first; the other way round than Parquet has them.
      let bytes = Array(block.bytes[(row * width)..<((row + 1) * width)].reversed())
      if type == .int {
        integers.base[row] = bytes.withUnsafeBytes { DecimalBytes.integer($0) } ?? 0
      } else {
        floats.base[row] = bytes.withUnsafeBytes { DecimalBytes.double($0, scale: scale) }
      }
    }
    return type == .int ? .narrowed(Values(integers)) : .float(Values(floats))
  }

  // MARK: Texts

  private mutating func texts(
    _ field: ArrowField, _ count: Int, _ validity: Bitmap?, _ batch: inout ArrowBatch
  ) throws(FormatFault) -> Column.Storage {
    let ranges = try ArrowTextRanges(field, count, &batch)
    let texts = StoredTexts()
    let kind: StoredTexts.Kind
    switch field.type {
    case .text, .textView: kind = .text
    case .fixedBinary: kind = field.isUUID ? .uuid : .hexadecimal
    default: kind = digits.contains(field.number) ? .hexadecimal : .bytes
    }
    let codes = Buffer<UInt32>(repeating: 0, count: count)
    for row in 0..<count {
      if let validity, !validity[row] { continue }
      guard let code = texts.code(of: try ranges.text(row), kind) else {
        throw batch.fault("a text of the column `\(field.name)` is not valid UTF-8")
      }
      codes.base[row] = code
    }
    if texts.hasInvalid {
      digits.insert(field.number)
      mustReadAgain = true
    }
    return .text(Values(codes), texts.finish())
  }

  // MARK: Lists

  private mutating func lists(
    _ field: ArrowField, _ count: Int, _ width: Int, _ batch: inout ArrowBatch
  ) throws(FormatFault) -> Column.Storage {
    let offsets = try ArrowTextRanges.offsets(field, count, width, try batch.buffer())
    let elements = try column(field.children[0], &batch, expected: nil)
    guard offsets.base[count] <= elements.count else {
      throw batch.fault("the lists of the column `\(field.name)` are longer than their values")
    }
    return .list(offsets: Values(offsets), elements: elements)
  }
}

private func widened<Narrow: FixedWidthInteger & BitwiseCopyable>(
  _ start: UnsafeRawPointer, _ count: Int, _ type: Narrow.Type
) -> Buffer<Int> {
  let result = Buffer<Int>(count: count)
  for row in 0..<count {
    result.base[row] = Int(
      truncatingIfNeeded: start.loadUnaligned(
        fromByteOffset: row &* MemoryLayout<Narrow>.size, as: type))
  }
  return result
}
