import PlumbColumns
import Synchronization

/// A snapshot of which the directory has been read.
final class SnapshotFile: Sendable {
  let path: String
  let directory: SnapshotDirectory
  private let file: RandomAccessFile
  private let dictionaries = Mutex<[Int: TextDictionary]>([:])

  init(_ path: String) throws(ImportError) {
    self.path = path
    file = try RandomAccessFile(path)
    let handle = try file.open()
    do throws(FormatFault) {
      directory = try Self.directory(handle, file.byteCount)
    } catch {
      throw error.error(in: path)
    }
  }

  /// The file, open for reading columns.
  func open() throws(ImportError) -> OpenFile { try file.open() }

  private static func directory(
    _ file: OpenFile, _ byteCount: Int
  ) throws(FormatFault) -> SnapshotDirectory {
    let frame = SnapshotFormat.headBytes + SnapshotFormat.tailBytes
    guard byteCount >= frame else { throw FormatFault("it was cut off", at: byteCount) }
    let headBlock = try file.read(0..<SnapshotFormat.headBytes)
    defer { withExtendedLifetime(headBlock) {} }
    var head = headBlock.reader
    guard try head.take(SnapshotFormat.magic.count).elementsEqual(SnapshotFormat.magic) else {
      throw FormatFault("it does not begin as a store does", at: 0)
    }
    let version = try head.integer(UInt16.self)
    guard version == SnapshotFormat.version else {
      throw FormatFault(
        "it is of version \(version), and this program reads version \(SnapshotFormat.version)",
        at: SnapshotFormat.magic.count, isUnsupported: true)
    }
    let end = byteCount - SnapshotFormat.tailBytes
    let tailBlock = try file.read(end..<byteCount)
    defer { withExtendedLifetime(tailBlock) {} }
    var tail = tailBlock.reader
    let start = Int(try tail.integer(Int64.self))
    let length = Int(try tail.integer(Int64.self))
    let hash = Int(try tail.integer(Int64.self))
    guard tail.takeRest().elementsEqual(SnapshotFormat.endMagic) else {
      throw FormatFault("it was cut off", at: end)
    }
    guard start >= SnapshotFormat.headBytes, start <= end, length == end - start else {
      throw FormatFault("its directory lies outside of the file", at: end)
    }
    let block = try file.read(start..<end)
    defer { withExtendedLifetime(block) {} }
    guard SnapshotFormat.hash(block.bytes) == hash else {
      throw FormatFault("the checksum of its directory does not fit", at: start)
    }
    var thrift = ThriftReader(block.reader)
    let directory = try SnapshotDirectory(&thrift)
    try SnapshotCheck(dataEnd: start, directory).run()
    return directory
  }

  // MARK: Columns

  /// A column as it was saved.
  func column(
    _ saved: SnapshotDirectory.Column, type: DataType, _ file: OpenFile, _ control: RunControl
  ) throws(FormatFault) -> Column {
    guard saved.layout.holds(type) else { throw fault("a column has another type", saved) }
    let storage: Column.Storage
    switch saved.layout {
    case .int8: storage = .int8(try values(saved, file, control))
    case .int16: storage = .int16(try values(saved, file, control))
    case .int32: storage = .int32(try values(saved, file, control))
    case .int64: storage = .int64(try values(saved, file, control))
    case .float: storage = .float(try values(saved, file, control))
    case .bool:
      let bools: Values<UInt8> = try values(saved, file, control)
      try expect(greatest(bools) <= 1, "a bool is neither true nor false", saved)
      storage = .bool(bools)
    case .text8:
      let codes: Values<UInt8> = try values(saved, file, control)
      storage = .text8(codes, try texts(saved, greatest(codes), file, control))
    case .text16:
      let codes: Values<UInt16> = try values(saved, file, control)
      storage = .text16(codes, try texts(saved, greatest(codes), file, control))
    case .text32:
      let codes: Values<UInt32> = try values(saved, file, control)
      storage = .text32(codes, try texts(saved, greatest(codes), file, control))
    case .list:
      guard case .list(let element) = type else { throw fault("a list has another type", saved) }
      let offsets: Values<Int> = try values(saved, file, control)
      let elements = try column(saved.children[0], type: element, file, control)
      try expect(isAscending(offsets, below: elements.count), "the lists overlap", saved)
      storage = .list(offsets: offsets, elements: elements)
    case .record:
      guard case .record(let fields) = type, fields.count == saved.children.count else {
        throw fault("a record has another type", saved)
      }
      var columns: [Column] = []
      for (field, child) in zip(fields, saved.children) {
        columns.append(try column(child, type: field.type, file, control))
      }
      storage = .record(columns)
    }
    var validity: Bitmap?
    if let block = saved.validity {
      let words: Buffer<UInt64> = try load(block, file, control)
      validity = Bitmap(words: words, count: saved.count)
    }
    let column = Column(type: type, count: saved.count, storage: storage, validity: validity)
    switch saved.layout {
    case .text8, .text16, .text32:
      try expect(
        directory.dictionaries[saved.dictionary].count > 0 || column.nullCount == column.count,
        "a text has none in its dictionary", saved)
    case .int8, .int16, .int32, .int64, .float, .bool, .list, .record: break
    }
    return column
  }

  private func fault(_ message: String, _ saved: SnapshotDirectory.Column) -> FormatFault {
    FormatFault(message, at: saved.values.offset)
  }

  private func expect(
    _ condition: Bool, _ message: String, _ saved: SnapshotDirectory.Column
  ) throws(FormatFault) {
    guard condition else { throw fault(message, saved) }
  }

  private func values<Element: BitwiseCopyable>(
    _ saved: SnapshotDirectory.Column, _ file: OpenFile, _ control: RunControl
  ) throws(FormatFault) -> Values<Element> {
    Values(try load(saved.values, file, control))
  }

  private func texts(
    _ saved: SnapshotDirectory.Column, _ greatest: Int, _ file: OpenFile, _ control: RunControl
  ) throws(FormatFault) -> TextDictionary {
    let dictionary = try dictionary(saved.dictionary, file, control)
    // A column of nulls alone may have no texts; its codes are 0. That it is one is looked at later.
    try expect(
      greatest < max(dictionary.count, 1), "a code has no text in its dictionary", saved)
    return dictionary
  }

  private func dictionary(
    _ place: Int, _ file: OpenFile, _ control: RunControl
  ) throws(FormatFault) -> TextDictionary {
    if let known = dictionaries.withLock({ $0[place] }) { return known }
    let saved = directory.dictionaries[place]
    let bytes: Buffer<UInt8> = try load(saved.bytes, file, control)
    let offsets: Buffer<Int> = try load(saved.offsets, file, control)
    let text = UnsafeBufferPointer(start: bytes.base, count: bytes.count)
    guard UTF8Text.firstInvalid(text) == nil, offsets.base[0] == 0,
      isAscending(Values(offsets), below: bytes.count)
    else { throw FormatFault("a dictionary has texts that are none", at: saved.bytes.offset) }
    for code in 0..<saved.count {
      let start = offsets.base[code]
      guard start == bytes.count || bytes.base[start] & 0xC0 != 0x80 else {
        throw FormatFault("a text begins within a character", at: saved.bytes.offset + start)
      }
    }
    let dictionary = TextDictionary(
      bytes: bytes, offsets: offsets, count: saved.count, isUnique: saved.isUnique)
    dictionaries.withLock { $0[place] = dictionary }
    return dictionary
  }

  /// Reads a block on all threads and checks its hashes.
  private func load<Element: BitwiseCopyable>(
    _ block: SnapshotDirectory.Block, _ file: OpenFile, _ control: RunControl
  ) throws(FormatFault) -> Buffer<Element> {
    let buffer = Buffer<Element>(count: block.byteCount / MemoryLayout<Element>.stride)
    let target = SnapshotTarget(UnsafeMutableRawPointer(buffer.base))
    let failure = Mutex<FormatFault?>(nil)
    let size = SnapshotFormat.hashedBytes
    parallelFor(threadCount: control.threadCount, taskCount: block.hashes.count) { index in
      let start = index * size
      let bytes = UnsafeMutableRawBufferPointer(
        start: target.address + start, count: min(size, block.byteCount - start))
      do throws(FormatFault) {
        try control.checkFormat()
        try file.read(into: bytes, at: block.offset + start)
        guard SnapshotFormat.hash(UnsafeRawBufferPointer(bytes)) == block.hashes[index] else {
          throw FormatFault("the checksum of a block does not fit", at: block.offset + start)
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return buffer
  }
}

/// Memory of which each thread writes its own part.
private struct SnapshotTarget: @unchecked Sendable {
  let address: UnsafeMutableRawPointer

  init(_ address: UnsafeMutableRawPointer) { self.address = address }
}

private func greatest<Code: FixedWidthInteger & BitwiseCopyable>(_ codes: Values<Code>) -> Int {
  let source = codes.pointer
  var greatest: Code = 0
  for row in 0..<codes.count { greatest = max(greatest, source[row]) }
  withExtendedLifetime(codes) {}
  return Int(truncatingIfNeeded: greatest)
}

private func isAscending(_ offsets: Values<Int>, below limit: Int) -> Bool {
  guard offsets.count > 0, offsets[0] >= 0, offsets[offsets.count - 1] <= limit else {
    return false
  }
  var isAscending = true
  for row in 1..<max(offsets.count, 1) {
    isAscending = isAscending && offsets[row - 1] <= offsets[row]
  }
  return isAscending
}
