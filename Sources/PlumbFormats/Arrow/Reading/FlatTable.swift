/// A table of a FlatBuffers message, every access of which is checked ("FlatBuffers Internals" in
/// the documentation of Google's FlatBuffers).
struct FlatTable {
  private let bytes: UnsafeRawBufferPointer
  private let fileOffset: Int
  private let position: Int
  private let vtable: Int
  private let vtableBytes: Int

  /// A vector's elements lie from `start` on.
  struct Vector {
    let start: Int
    let count: Int
  }

  /// The root of a message.
  init(root bytes: UnsafeRawBufferPointer, fileOffset: Int) throws(FormatFault) {
    let start = Int(try Self.load(bytes, 0, UInt32.self, fileOffset))
    try self.init(bytes, start, fileOffset)
  }

  private init(
    _ bytes: UnsafeRawBufferPointer, _ position: Int, _ fileOffset: Int
  ) throws(FormatFault) {
    self.bytes = bytes
    self.position = position
    self.fileOffset = fileOffset
    vtable = position - Int(try Self.load(bytes, position, Int32.self, fileOffset))
    vtableBytes = Int(try Self.load(bytes, vtable, UInt16.self, fileOffset))
    guard vtableBytes >= 4, vtable + vtableBytes <= bytes.count else { throw fault }
  }

  private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ position: Int, _ type: Number.Type, _ fileOffset: Int
  ) throws(FormatFault) -> Number {
    guard position >= 0, position <= bytes.count - MemoryLayout<Number>.size else {
      throw FormatFault("a message points outside of itself", at: fileOffset)
    }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: type))
  }

  var fault: FormatFault {
    FormatFault("a message points outside of itself", at: fileOffset + max(0, position))
  }

  func fault(_ message: String, isUnsupported: Bool = false) -> FormatFault {
    FormatFault(message, at: fileOffset + position, isUnsupported: isUnsupported)
  }

  /// Where a field's value lies; nil if it is absent.
  private func place(_ slot: Int) throws(FormatFault) -> Int? {
    guard 4 + slot * 2 + 2 <= vtableBytes else { return nil }
    let offset = try Self.load(bytes, vtable + 4 + slot * 2, UInt16.self, fileOffset)
    return offset == 0 ? nil : position + Int(offset)
  }

  func integer<Number: FixedWidthInteger & BitwiseCopyable>(
    _ slot: Int, _ type: Number.Type, default missing: Number = 0
  ) throws(FormatFault) -> Number {
    guard let place = try place(slot) else { return missing }
    return try Self.load(bytes, place, type, fileOffset)
  }

  func bool(_ slot: Int) throws(FormatFault) -> Bool { try integer(slot, UInt8.self) != 0 }

  private func target(_ place: Int) throws(FormatFault) -> Int {
    place + Int(try Self.load(bytes, place, UInt32.self, fileOffset))
  }

  func table(_ slot: Int) throws(FormatFault) -> FlatTable? {
    guard let place = try place(slot) else { return nil }
    return try FlatTable(bytes, try target(place), fileOffset)
  }

  /// A vector whose elements take `size` bytes each; an absent one is empty.
  func vector(_ slot: Int, size: Int) throws(FormatFault) -> Vector {
    guard let place = try place(slot) else { return Vector(start: 0, count: 0) }
    let start = try target(place)
    let count = Int(try Self.load(bytes, start, UInt32.self, fileOffset))
    guard count <= (bytes.count - start - 4) / size else { throw fault }
    return Vector(start: start + 4, count: count)
  }

  func tables(_ slot: Int) throws(FormatFault) -> [FlatTable] {
    let vector = try vector(slot, size: 4)
    var tables: [FlatTable] = []
    for index in 0..<vector.count {
      tables.append(try FlatTable(bytes, try target(vector.start + index * 4), fileOffset))
    }
    return tables
  }

  func text(_ slot: Int) throws(FormatFault) -> String {
    let vector = try vector(slot, size: 1)
    return String(
      decoding: bytes[vector.start..<(vector.start + vector.count)], as: UTF8.self)
  }

  /// An integer of a vector of structures, `byte` bytes into element `index`.
  func element<Number: FixedWidthInteger & BitwiseCopyable>(
    _ vector: Vector, _ index: Int, size: Int, byte: Int = 0, _ type: Number.Type
  ) throws(FormatFault) -> Number {
    try Self.load(bytes, vector.start + index * size + byte, type, fileOffset)
  }
}
