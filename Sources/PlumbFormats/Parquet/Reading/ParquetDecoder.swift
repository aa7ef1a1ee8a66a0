import PlumbColumns

/// Decodes the values of one column chunk, page by page, into one buffer.
final class ParquetDecoder {
  let leaf: ParquetLeaf
  let values: ParquetValues
  let texts = StoredTexts()
  private let textKind: StoredTexts.Kind
  private var dictionary: ParquetValues?
  private var dictionaryCount = 0
  private let places = Buffer<UInt32>(count: ParquetDecoder.blockValues)
  private var integers = Buffer<Int>(count: 0)
  /// The bytes of texts that pages may still make of shared beginnings.
  private var textBudget = 64 << 20

  /// The values whose places in the dictionary are decoded at a time: they stay in the cache.
  private static let blockValues = 4096
  /// Repeated beginnings of texts may make so many bytes of one.
  private static let textGrowth = 64

  /// A decoder that writes into `values`.
  init(_ leaf: ParquetLeaf, into values: ParquetValues) {
    self.leaf = leaf
    self.values = values
    textKind = leaf.reading.rule.textKind
  }

  // MARK: Pages

  /// Takes the dictionary, whose entries are in plain encoding.
  func decodeDictionary(_ entries: ByteReader, count: Int) throws(FormatFault) {
    var bytes = entries
    guard count <= bytes.left * 8 else {
      throw bytes.fault("a dictionary of \(bytes.left) bytes cannot have \(count) entries")
    }
    let made = ParquetValues(leaf.reading.rule, count: count)
    try decode(.plain, &bytes, count: count, into: made, at: 0)
    dictionary = made
    dictionaryCount = count
  }

  /// Writes `count` values of a data page from place `start` on.
  func decode(
    _ encoding: ParquetEncoding, _ bytes: inout ByteReader, count: Int, at start: Int
  ) throws(FormatFault) {
    textBudget += bytes.left * Self.textGrowth
    if case .dictionary = encoding {
      try decodePlaces(&bytes, count: count, at: start)
    } else {
      try decode(encoding, &bytes, count: count, into: values, at: start)
    }
  }

  private func decodePlaces(
    _ bytes: inout ByteReader, count: Int, at start: Int
  ) throws(FormatFault) {
    guard let dictionary else { throw bytes.fault("a page needs a dictionary, and there is none") }
    guard count > 0 else { return }
    let bitWidth = Int(try bytes.byte())
    var runs = try RunLengthReader(bytes, bitWidth: bitWidth)
    var done = 0
    while done < count {
      let now = min(count - done, Self.blockValues)
      try runs.read(now, into: places.base)
      var greatest: UInt32 = 0
      for index in 0..<now { greatest = max(greatest, places.base[index]) }
      guard Int(greatest) < dictionaryCount else {
        throw bytes.fault(
          "a value has the place \(greatest) in a dictionary of \(dictionaryCount) entries")
      }
      values.gather(from: dictionary, places.base, count: now, at: start + done)
      done += now
    }
  }

  private func decode(
    _ encoding: ParquetEncoding, _ bytes: inout ByteReader, count: Int, into target: ParquetValues,
    at start: Int
  ) throws(FormatFault) {
    // A page of nulls alone may have no bytes at all.
    guard count > 0 else { return }
    switch leaf.physicalType {
    case .boolean: try decodeBools(encoding, &bytes, count, target, start)
    case .int32, .int64: try decodeIntegers(encoding, &bytes, count, target, start)
    case .float, .double: try decodeFloats(encoding, &bytes, count, target, start)
    case .int96, .fixedLengthByteArray, .byteArray:
      try decodeBytes(encoding, &bytes, count, target, start)
    }
  }

  private func unsupported(_ encoding: ParquetEncoding, _ bytes: ByteReader) -> FormatFault {
    FormatFault(
      "\(leaf.physicalType.name) values in the encoding \(encoding.name)", at: bytes.offset,
      isUnsupported: true)
  }

  // MARK: Bools

  private func decodeBools(
    _ encoding: ParquetEncoding, _ bytes: inout ByteReader, _ count: Int,
    _ target: ParquetValues, _ start: Int
  ) throws(FormatFault) {
    guard case .bools(let buffer) = target else { throw unsupported(encoding, bytes) }
    switch encoding {
    case .plain:
      let packed = try bytes.take((count + 7) / 8)
      guard let base = packed.baseAddress else { return }
      BitPacked.unpack(base, bitWidth: 1, first: 0, count: count, into: buffer.base + start)
    case .runLength:
      let length = Int(try bytes.integer(UInt32.self))
      let offset = bytes.offset
      var runs = try RunLengthReader(
        ByteReader(try bytes.take(length), fileOffset: offset), bitWidth: 1)
      try runs.read(count, into: buffer.base + start)
    default: throw unsupported(encoding, bytes)
    }
  }

  // MARK: Integers

  private func decodeIntegers(
    _ encoding: ParquetEncoding, _ bytes: inout ByteReader, _ count: Int,
    _ target: ParquetValues, _ start: Int
  ) throws(FormatFault) {
    let raw: UnsafeMutablePointer<Int>
    if case .integers(let buffer) = target {
      raw = buffer.base + start
    } else {
      if integers.count < count { integers = Buffer(count: count) }
      raw = integers.base
    }
    let width = leaf.physicalType == .int32 ? 4 : 8
    switch encoding {
    case .plain:
      guard let source = try bytes.take(try Self.size(count, width, bytes)).baseAddress else {
        return
      }
      if width == 4 {
        for index in 0..<count {
          raw[index] = Int(source.loadUnaligned(fromByteOffset: index &* 4, as: Int32.self))
        }
      } else {
        UnsafeMutableRawPointer(raw).copyMemory(from: source, byteCount: count * 8)
      }
    case .deltaBinaryPacked:
      var deltas = try DeltaReader(bytes)
      guard deltas.count == count else {
        throw bytes.fault("a page has \(deltas.count) values and should have \(count)")
      }
      try deltas.read(into: raw)
      if width == 4 {
        for index in 0..<count { raw[index] = Int(Int32(truncatingIfNeeded: raw[index])) }
      }
    case .byteStreamSplit:
      guard let source = try bytes.take(try Self.size(count, width, bytes)).baseAddress else {
        return
      }
      if width == 4 {
        for index in 0..<count {
          raw[index] = Int(Int32(bitPattern: joined(source, index, count, UInt32.self)))
        }
      } else {
        for index in 0..<count {
          raw[index] = Int(bitPattern: UInt(joined(source, index, count, UInt64.self)))
        }
      }
    default: throw unsupported(encoding, bytes)
    }
    try finishIntegers(raw, count, target, start, bytes)
  }

  /// The bytes of `count` values of a width, which must be there.
  private static func size(
    _ count: Int, _ width: Int, _ bytes: ByteReader
  ) throws(FormatFault) -> Int {
    guard count <= bytes.left / width else {
      throw bytes.fault("\(count) values do not fit into \(bytes.left) bytes")
    }
    return count * width
  }

  /// Makes of stored integers what they stand for.
  private func finishIntegers(
    _ raw: UnsafeMutablePointer<Int>, _ count: Int, _ target: ParquetValues, _ start: Int,
    _ bytes: ByteReader
  ) throws(FormatFault) {
    switch leaf.reading.rule {
    case .integer(let scaling):
      guard scaling.scale(raw, count: count) else {
        throw bytes.fault("a time of the column `\(leaf.path)` lies beyond the year 290000")
      }
    case .unsigned32:
      for index in 0..<count { raw[index] &= 0xFFFF_FFFF }
    case .unsigned64:
      var all = 0
      for index in 0..<count { all |= raw[index] }
      guard all >= 0 else {
        throw bytes.fault(
          "a value of the column `\(leaf.path)` is greater than its statistics say")
      }
    case .unsigned64AsFloat:
      guard case .floats(let buffer) = target else { return }
      for index in 0..<count { buffer.base[start + index] = Double(UInt(bitPattern: raw[index])) }
    case .decimal(let scale):
      guard case .floats(let buffer) = target else { return }
      for index in 0..<count {
        buffer.base[start + index] = DecimalBytes.double(raw[index], scale: scale)
      }
    case .bool, .int96, .float, .float16, .decimalInteger, .text, .bytes, .hexadecimal, .uuid,
      .interval:
      throw bytes.fault("the column `\(leaf.path)` has integers and another type")
    }
  }

  // MARK: Floats

  private func decodeFloats(
    _ encoding: ParquetEncoding, _ bytes: inout ByteReader, _ count: Int,
    _ target: ParquetValues, _ start: Int
  ) throws(FormatFault) {
    guard case .floats(let buffer) = target else { throw unsupported(encoding, bytes) }
    let place = buffer.base + start
    let width = leaf.physicalType == .float ? 4 : 8
    let size = try Self.size(count, width, bytes)
    switch encoding {
    case .plain:
      guard let source = try bytes.take(size).baseAddress else { return }
      if width == 8 {
        UnsafeMutableRawPointer(place).copyMemory(from: source, byteCount: size)
      } else {
        for index in 0..<count {
          place[index] = Double(source.loadUnaligned(fromByteOffset: index &* 4, as: Float.self))
        }
      }
    case .byteStreamSplit:
      guard let source = try bytes.take(size).baseAddress else { return }
      if width == 8 {
        for index in 0..<count {
          place[index] = Double(bitPattern: joined(source, index, count, UInt64.self))
        }
      } else {
        for index in 0..<count {
          place[index] = Double(Float(bitPattern: joined(source, index, count, UInt32.self)))
        }
      }
    default: throw unsupported(encoding, bytes)
    }
  }

  // MARK: Bytes

  private func decodeBytes(
    _ encoding: ParquetEncoding, _ bytes: inout ByteReader, _ count: Int,
    _ target: ParquetValues, _ start: Int
  ) throws(FormatFault) {
    let fixedWidth = leaf.physicalType == .int96 ? 12 : leaf.length
    switch (encoding, leaf.physicalType) {
    case (.plain, .byteArray):
      for index in 0..<count {
        let length = Int(try bytes.integer(UInt32.self))
        try store(try bytes.take(length), target, start + index, bytes)
      }
    case (.plain, _):
      _ = try Self.size(count, fixedWidth, bytes)
      for index in 0..<count {
        try store(try bytes.take(fixedWidth), target, start + index, bytes)
      }
    case (.byteStreamSplit, .fixedLengthByteArray):
      let source = try bytes.take(try Self.size(count, fixedWidth, bytes))
      var value = [UInt8](repeating: 0, count: fixedWidth)
      for index in 0..<count {
        for byte in 0..<fixedWidth { value[byte] = source[byte * count + index] }
        let fault = try stored(value, target, start + index, bytes)
        if let fault { throw fault }
      }
    case (.deltaLengthByteArray, .byteArray):
      let lengths = try lengths(&bytes, count)
      for index in 0..<count {
        try store(try bytes.take(lengths.base[index]), target, start + index, bytes)
      }
    case (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedLengthByteArray):
      try decodeShared(&bytes, count, target, start)
    default: throw unsupported(encoding, bytes)
    }
  }

  private func stored(
    _ value: [UInt8], _ target: ParquetValues, _ place: Int, _ bytes: ByteReader
  ) throws(FormatFault) -> FormatFault? {
    value.withUnsafeBytes { value in
      do throws(FormatFault) {
        try store(value, target, place, bytes)
        return nil
      } catch {
        return error
      }
    }
  }

  private func lengths(_ bytes: inout ByteReader, _ count: Int) throws(FormatFault) -> Buffer<Int> {
    var deltas = try DeltaReader(bytes)
    guard deltas.count == count else {
      throw bytes.fault("a page has \(deltas.count) texts and should have \(count)")
    }
    let lengths = Buffer<Int>(count: count)
    try deltas.read(into: lengths.base)
    bytes = deltas.bytes
    return lengths
  }

  /// Texts that share their beginning with the one before.
  private func decodeShared(
    _ bytes: inout ByteReader, _ count: Int, _ target: ParquetValues, _ start: Int
  ) throws(FormatFault) {
    let shared = try lengths(&bytes, count)
    let rest = try lengths(&bytes, count)
    var value: [UInt8] = []
    for index in 0..<count {
      guard shared.base[index] >= 0, shared.base[index] <= value.count else {
        throw bytes.fault("a text shares \(shared.base[index]) bytes with one of \(value.count)")
      }
      value.removeLast(value.count - shared.base[index])
      value.append(contentsOf: try bytes.take(rest.base[index]))
      guard leaf.physicalType == .byteArray || value.count == leaf.length else {
        throw bytes.fault("a value of \(leaf.length) bytes has \(value.count)")
      }
      textBudget -= value.count
      guard textBudget >= 0 else { throw bytes.fault("texts repeat their beginnings too often") }
      if let fault = try stored(value, target, start + index, bytes) { throw fault }
    }
  }

  /// Writes one value that is stored as bytes.
  @inline(__always)
  private func store(
    _ value: UnsafeRawBufferPointer, _ target: ParquetValues, _ place: Int, _ bytes: ByteReader
  ) throws(FormatFault) {
    switch target {
    case .codes(let buffer):
      guard let code = texts.code(of: value, textKind) else {
        throw bytes.fault("a text of the column `\(leaf.path)` is not valid UTF-8")
      }
      buffer.base[place] = code
    case .integers(let buffer):
      let integer =
        leaf.reading.rule == .int96 ? Int96Time.microseconds(value) : DecimalBytes.integer(value)
      guard let integer else {
        throw bytes.fault("a value of the column `\(leaf.path)` does not fit into 64 bits")
      }
      buffer.base[place] = integer
    case .floats(let buffer):
      switch leaf.reading.rule {
      case .float16:
        let bits = value.loadUnaligned(as: UInt16.self)
        buffer.base[place] = HalfFloat.double(UInt16(littleEndian: bits))
      case .decimal(let scale): buffer.base[place] = DecimalBytes.double(value, scale: scale)
      default: throw bytes.fault("the column `\(leaf.path)` has bytes and another type")
      }
    case .bools: throw bytes.fault("the column `\(leaf.path)` has bytes and another type")
    }
  }
}

/// Puts together a value whose bytes lie `count` apart, least significant first.
@inline(__always)
private func joined<Bits: FixedWidthInteger & UnsignedInteger>(
  _ source: UnsafeRawPointer, _ index: Int, _ count: Int, _ type: Bits.Type
) -> Bits {
  var bits: Bits = 0
  for byte in 0..<MemoryLayout<Bits>.size {
    bits |=
      Bits(source.load(fromByteOffset: byte &* count &+ index, as: UInt8.self))
      &<< Bits(byte &* 8)
  }
  return bits
}
