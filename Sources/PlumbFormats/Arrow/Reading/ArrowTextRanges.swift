import PlumbColumns

/// Where the texts of a column lie in the buffers of a batch.
struct ArrowTextRanges {
  private let layout: Layout

  private enum Layout {
    case offsets(Buffer<Int>, ByteBlock)
    case fixed(Int, ByteBlock)
    /// Structures of 16 bytes that hold short texts themselves and point to long ones.
    case views(ByteBlock, [ByteBlock])
  }

  init(_ field: ArrowField, _ count: Int, _ batch: inout ArrowBatch) throws(FormatFault) {
    switch field.type {
    case .textView, .binaryView:
      let views = try batch.buffer()
      guard count <= views.count / 16 else {
        throw batch.fault("the column `\(field.name)` has fewer texts than rows")
      }
      var blocks: [ByteBlock] = []
      for _ in 0..<(try batch.viewCount()) { blocks.append(try batch.buffer()) }
      layout = .views(views, blocks)
    case .fixedBinary(let width):
      let block = try batch.buffer()
      guard width == 0 ? count <= Table.chunkRows : count <= block.count / width else {
        throw batch.fault("the column `\(field.name)` has fewer values than rows")
      }
      layout = .fixed(width, block)
    case .text(let isLarge), .binary(let isLarge):
      let offsets = try Self.offsets(field, count, isLarge ? 8 : 4, try batch.buffer())
      let block = try batch.buffer()
      guard offsets.base[count] <= block.count else {
        throw batch.fault("the texts of the column `\(field.name)` are longer than their bytes")
      }
      layout = .offsets(offsets, block)
    default: throw batch.fault("the column `\(field.name)` has no texts")
    }
  }

  /// The bytes of a row's text; valid while the object is.
  func text(_ row: Int) throws(FormatFault) -> UnsafeRawBufferPointer {
    switch layout {
    case .offsets(let offsets, let block):
      return UnsafeRawBufferPointer(
        rebasing: block.bytes[offsets.base[row]..<offsets.base[row + 1]])
    case .fixed(let width, let block):
      return UnsafeRawBufferPointer(rebasing: block.bytes[(row * width)..<((row + 1) * width)])
    case .views(let views, let blocks):
      return try Self.view(
        UnsafeRawBufferPointer(
          rebasing: views.bytes[(row * 16)..<(row * 16 + 16)]), blocks, views.fileOffset + row * 16)
    }
  }

  private static func view(
    _ view: UnsafeRawBufferPointer, _ blocks: [ByteBlock], _ place: Int
  ) throws(FormatFault) -> UnsafeRawBufferPointer {
    func part(_ byte: Int) -> Int {
      Int(view.loadUnaligned(fromByteOffset: byte, as: Int32.self))
    }
    let length = part(0)
    guard length >= 0 else { throw FormatFault("a text has \(length) bytes", at: place) }
    if length <= 12 { return UnsafeRawBufferPointer(rebasing: view[4..<(4 + length)]) }
    let (block, start) = (part(8), part(12))
    guard block >= 0, block < blocks.count, start >= 0, length <= blocks[block].count - start else {
      throw FormatFault("a text lies outside of its block", at: place)
    }
    return UnsafeRawBufferPointer(rebasing: blocks[block].bytes[start..<(start + length)])
  }

  /// Ascending offsets, one more than rows; a column without rows may have none.
  static func offsets(
    _ field: ArrowField, _ count: Int, _ width: Int, _ block: ByteBlock
  ) throws(FormatFault) -> Buffer<Int> {
    if count == 0, block.count < width { return Buffer([0]) }
    guard count < block.count / width, let start = block.bytes.baseAddress else {
      throw FormatFault(
        "the column `\(field.name)` has fewer offsets than rows", at: block.fileOffset)
    }
    let result = Buffer<Int>(count: count + 1)
    var last = 0
    for row in 0...count {
      let offset =
        width == 8
        ? start.loadUnaligned(fromByteOffset: row * 8, as: Int.self)
        : Int(start.loadUnaligned(fromByteOffset: row * 4, as: Int32.self))
      guard offset >= last else {
        throw FormatFault(
          "the offsets of the column `\(field.name)` go backwards",
          at: block.fileOffset + row * width)
      }
      result.base[row] = offset
      last = offset
    }
    return result
  }
}
