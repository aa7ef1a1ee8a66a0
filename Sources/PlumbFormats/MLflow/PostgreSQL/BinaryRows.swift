import PlumbColumns

/// A row of PostgreSQL's binary format, valid until the next one: its fields where they lie.
package struct BinaryRow: DatabaseRow {
  /// The fields; a null one has no address.
  private let fields: UnsafeBufferPointer<UnsafeRawBufferPointer>
  private let kinds: UnsafeBufferPointer<PostgresColumn.Kind>

  init(
    _ fields: UnsafeBufferPointer<UnsafeRawBufferPointer>,
    _ kinds: UnsafeBufferPointer<PostgresColumn.Kind>
  ) {
    self.fields = fields
    self.kinds = kinds
  }

  private func field(_ column: Int32) -> UnsafeRawBufferPointer? {
    let field = fields[Int(column) - 1]
    return field.baseAddress == nil ? nil : field
  }

  /// The bytes of a field, by its number from 1 on; nil for null.
  package func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8>? {
    field(column).map { $0.bindMemory(to: UInt8.self) }
  }

  /// A field as text; nil for null and for a number that has not eight bytes.
  package func string(_ column: Int32) -> String? {
    guard let field = field(column) else { return nil }
    switch kinds[Int(column) - 1] {
    case .text: return String(decoding: field, as: UTF8.self)
    case .int: return Int(bigEndian: field).map { String($0) }
    case .float: return Double(bigEndian: field).map { String($0) }
    }
  }

  /// A field as a whole number; nil for null and for what is none.
  package func integer(_ column: Int32) -> Int? {
    guard let field = field(column) else { return nil }
    switch kinds[Int(column) - 1] {
    case .text: return Int(String(decoding: field, as: UTF8.self))
    case .int: return Int(bigEndian: field)
    case .float: return Double(bigEndian: field).flatMap { Int(exactly: $0) }
    }
  }

  /// A field as a number; nil for null and for what is none.
  package func double(_ column: Int32) -> Double? {
    guard let field = field(column) else { return nil }
    switch kinds[Int(column) - 1] {
    case .text: return Double(String(decoding: field, as: UTF8.self))
    case .int: return Int(bigEndian: field).map { Double($0) }
    case .float: return Double(bigEndian: field)
    }
  }
}

extension Int {
  /// The eight bytes of a number as PostgreSQL sends them; nil for any other count.
  @inline(__always)
  init?(bigEndian bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 8 else { return nil }
    self = Int(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
  }
}

extension Double {
  /// As for `Int`.
  @inline(__always)
  init?(bigEndian bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 8 else { return nil }
    self = Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
  }
}

/// Splits the messages of a binary copy into fields.
package struct BinaryRowReader: ~Copyable {
  private let fields: UnsafeMutableBufferPointer<UnsafeRawBufferPointer>
  private let kinds: UnsafeMutableBufferPointer<PostgresColumn.Kind>
  private var isBehindHeader = false

  package init(_ kinds: [PostgresColumn.Kind]) {
    fields = .allocate(capacity: kinds.count)
    fields.initialize(repeating: UnsafeRawBufferPointer(start: nil, count: 0))
    self.kinds = .allocate(capacity: kinds.count)
    _ = self.kinds.initialize(from: kinds)
  }

  deinit {
    fields.deallocate()
    kinds.deallocate()
  }

  /// `PGCOPY\n\377\r\n\0`.
  private static let signature: [UInt8] = [
    0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00,
  ]

  /// What is wrong with a message.
  package struct Fault: Error {
    package let detail: String
  }

  /// The row of a message; nil for the end of the rows.
  package mutating func row(_ message: UnsafeRawBufferPointer) throws(Fault) -> BinaryRow? {
    var position = 0
    if !isBehindHeader {
      isBehindHeader = true
      guard message.count >= 19, message.prefix(11).elementsEqual(Self.signature) else {
        throw Fault(detail: "the header is missing")
      }
      // Flags tell of object identifiers, which newer servers do not have; then a header extension.
      let extra = Int(Int32(bigEndian: message.loadUnaligned(fromByteOffset: 15, as: Int32.self)))
      guard extra >= 0, extra <= message.count - 19 else { throw Fault(detail: "a wrong length") }
      position = 19 + extra
    }
    guard position + 2 <= message.count else { throw Fault(detail: "a row is cut off") }
    let count = Int(
      Int16(bigEndian: message.loadUnaligned(fromByteOffset: position, as: Int16.self)))
    position += 2
    if count == -1 { return nil }
    guard count == fields.count else { throw Fault(detail: "\(count) columns of \(fields.count)") }
    for index in 0..<count {
      guard position + 4 <= message.count else { throw Fault(detail: "a row is cut off") }
      let length = Int(
        Int32(bigEndian: message.loadUnaligned(fromByteOffset: position, as: Int32.self)))
      position += 4
      if length == -1 {
        fields[index] = UnsafeRawBufferPointer(start: nil, count: 0)
        continue
      }
      guard length >= 0, length <= message.count - position else {
        throw Fault(detail: "a wrong length")
      }
      fields[index] = UnsafeRawBufferPointer(rebasing: message[position..<position + length])
      position += length
    }
    return BinaryRow(UnsafeBufferPointer(fields), UnsafeBufferPointer(kinds))
  }
}
