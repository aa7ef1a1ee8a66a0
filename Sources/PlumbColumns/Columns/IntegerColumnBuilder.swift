/// Builds a column of ints, timestamps or durations in the narrowest width that holds them.
@usableFromInline
package struct IntegerColumnBuilder: ~Copyable {
  private let type: DataType
  @usableFromInline var values: GrowableBuffer<Int>
  @usableFromInline var validity = ValidityBuilder()

  package init(type: DataType = .int, capacity: Int = 0) {
    self.type = type
    values = GrowableBuffer(capacity: capacity)
  }

  package var count: Int { values.count }

  @inlinable package mutating func append(_ value: Int) {
    values.append(value)
    validity.appendValid()
  }

  /// Adds a null.
  package mutating func appendNull() {
    values.append(0)
    validity.appendNull()
  }

  /// The column of what was added.
  package consuming func finish() -> Column {
    let validity = validity.finish()
    let values = values.finish()
    return Column(
      type: type, count: values.count, storage: .narrowed(values), validity: validity)
  }
}

extension Column.Storage {
  /// The narrowest integer layout that holds all the values.
  package static func narrowed(_ values: Values<Int>) -> Column.Storage {
    var low = 0
    var high = 0
    let source = values.pointer
    for row in 0..<values.count {
      low = min(low, source[row])
      high = max(high, source[row])
    }
    if low >= Int(Int8.min), high <= Int(Int8.max) { return .int8(narrow(values)) }
    if low >= Int(Int16.min), high <= Int(Int16.max) { return .int16(narrow(values)) }
    if low >= Int(Int32.min), high <= Int(Int32.max) { return .int32(narrow(values)) }
    return .int64(values)
  }

  private static func narrow<
    Wide: FixedWidthInteger & BitwiseCopyable, Narrow: FixedWidthInteger & BitwiseCopyable
  >(
    _ values: Values<Wide>
  ) -> Values<Narrow> {
    let result = Buffer<Narrow>(count: values.count)
    let source = values.pointer
    let target = result.base
    for row in 0..<values.count { target[row] = Narrow(truncatingIfNeeded: source[row]) }
    return Values(result)
  }

  /// A text layout with codes as narrow as the dictionary allows.
  package static func text(
    _ codes: Values<UInt32>, _ dictionary: TextDictionary
  ) -> Column.Storage {
    if dictionary.count <= 1 << 8 { return .text8(narrow(codes), dictionary) }
    if dictionary.count <= 1 << 16 { return .text16(narrow(codes), dictionary) }
    return .text32(codes, dictionary)
  }
}
