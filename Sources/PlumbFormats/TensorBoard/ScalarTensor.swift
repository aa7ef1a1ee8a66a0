/// Reads a `TensorProto` (tensorflow/core/framework/tensor.proto) that holds one number.
enum ScalarTensor {
  /// The number; nil when the tensor has several elements, none, or no numbers.
  static func value(_ tensor: ProtobufReader) throws(FormatFault) -> Double? {
    var message = tensor
    var type = 0
    var isScalar = true
    var content: UnsafeRawBufferPointer?
    var number: Double?
    while let field = try message.next() {
      switch field.number {
      case 1: type = try message.integer(field)
      case 2: isScalar = try hasOneElement(try message.message(field))
      case 4: content = try message.data(field)
      case 5, 6, 7, 10, 11, 13, 16, 17:
        if let read = try listed(&message, field, type) { number = number ?? read }
      default: try message.skip(field)
      }
    }
    guard isScalar else { return nil }
    if let content, !content.isEmpty { return Self.number(content, type) }
    // An element that is not written is zero.
    return number ?? (isNumeric(type) ? 0 : nil)
  }

  /// The numbers of `DataType` (tensorflow/core/framework/types.proto).
  private enum Kind: Int {
    case float = 1, double, int32, uint8, int16, int8
    case int64 = 9, bool
    case bfloat16 = 14
    case uint16 = 17
    case half = 19
    case uint32 = 22, uint64
  }

  private static func isNumeric(_ type: Int) -> Bool { Kind(rawValue: type) != nil }

  /// Whether all dimensions of a shape are 1.
  private static func hasOneElement(_ shape: ProtobufReader) throws(FormatFault) -> Bool {
    var message = shape
    var isOne = true
    while let field = try message.next() {
      guard field.number == 2 else {
        try message.skip(field)
        continue
      }
      var dimension = try message.message(field)
      var size = 0
      while let field = try dimension.next() {
        if field.number == 1 {
          size = try dimension.integer(field)
        } else {
          try dimension.skip(field)
        }
      }
      isOne = isOne && size == 1
    }
    return isOne
  }

  /// The first number of a list of them, packed or not.
  private static func listed(
    _ message: inout ProtobufReader, _ field: ProtobufReader.Field, _ type: Int
  ) throws(FormatFault) -> Double? {
    var bytes: ByteReader
    switch field.wire {
    case .bytes: bytes = try message.message(field).bytes
    case .fixed32: return Double(try message.float(field))
    case .fixed64: return try message.double(field)
    case .varint: return integer(try message.integer(field), field.number, type)
    }
    guard bytes.left > 0 else { return nil }
    switch field.number {
    case 5: return Double(Float(bitPattern: try bytes.integer(UInt32.self)))
    case 6: return Double(bitPattern: try bytes.integer(UInt64.self))
    default:
      return integer(Int(truncatingIfNeeded: try bytes.varint()), field.number, type)
    }
  }

  private static func integer(_ value: Int, _ field: Int, _ type: Int) -> Double {
    let bits = UInt16(truncatingIfNeeded: value)
    switch (field, Kind(rawValue: type)) {
    case (13, .bfloat16): return bfloat16(bits)
    case (13, _): return Double(Float16(bitPattern: bits))
    case (17, _): return Double(UInt64(bitPattern: Int64(value)))
    default: return Double(value)
    }
  }

  private static func number(_ bytes: UnsafeRawBufferPointer, _ type: Int) -> Double? {
    func load<Value: BitwiseCopyable>(_ type: Value.Type) -> Value? {
      bytes.count >= MemoryLayout<Value>.size ? bytes.loadUnaligned(as: type) : nil
    }
    switch Kind(rawValue: type) {
    case .float:
      return load(UInt32.self).map { Double(Float(bitPattern: UInt32(littleEndian: $0))) }
    case .double: return load(UInt64.self).map { Double(bitPattern: UInt64(littleEndian: $0)) }
    case .int32: return load(Int32.self).map { Double(Int32(littleEndian: $0)) }
    case .uint8: return load(UInt8.self).map { Double($0) }
    case .int16: return load(Int16.self).map { Double(Int16(littleEndian: $0)) }
    case .int8: return load(Int8.self).map { Double($0) }
    case .int64: return load(Int64.self).map { Double(Int64(littleEndian: $0)) }
    case .bool: return load(UInt8.self).map { $0 == 0 ? 0 : 1 }
    case .bfloat16: return load(UInt16.self).map { bfloat16(UInt16(littleEndian: $0)) }
    case .uint16: return load(UInt16.self).map { Double(UInt16(littleEndian: $0)) }
    case .half:
      return load(UInt16.self).map { Double(Float16(bitPattern: UInt16(littleEndian: $0))) }
    case .uint32: return load(UInt32.self).map { Double(UInt32(littleEndian: $0)) }
    case .uint64: return load(UInt64.self).map { Double(UInt64(littleEndian: $0)) }
    case nil: return nil
    }
  }

  private static func bfloat16(_ bits: UInt16) -> Double {
    Double(Float(bitPattern: UInt32(bits) << 16))
  }
}
