extension Column {
  /// The value of one row. For edges and tests; loops over rows use the layouts.
  package func value(at row: Int) -> Value {
    if isNull(row) { return .null }
    switch storage {
    case .int8(let values): return integerValue(Int(values[row]))
    case .int16(let values): return integerValue(Int(values[row]))
    case .int32(let values): return integerValue(Int(values[row]))
    case .int64(let values): return integerValue(values[row])
    case .float(let values): return .float(values[row])
    case .bool(let values): return .bool(values[row] != 0)
    case .text8(let codes, let dictionary): return .string(dictionary[Int(codes[row])])
    case .text16(let codes, let dictionary): return .string(dictionary[Int(codes[row])])
    case .text32(let codes, let dictionary): return .string(dictionary[Int(codes[row])])
    case .list(let offsets, let elements):
      let values = (offsets[row]..<offsets[row + 1]).map { elements.value(at: $0) }
      return .list(values, element: elements.type)
    case .record(let columns):
      guard case .record(let fields) = type else { return .null }
      return .record(
        zip(fields, columns).map { Value.RecordField($0.name, $1.value(at: row)) })
    case .constant(let value): return value
    }
  }

  private func integerValue(_ value: Int) -> Value {
    switch type {
    case .timestamp: .timestamp(value)
    case .duration: .duration(value)
    default: .int(value)
    }
  }

  /// All values, one by one. For edges and tests.
  package var values: [Value] { (0..<count).map { value(at: $0) } }

  /// A column of the given values; the type must hold them all.
  package init(_ values: [Value], type: DataType) {
    var builder = ColumnBuilder(type: type, capacity: values.count)
    for value in values { builder.append(value) }
    self = builder.finish()
  }

  package init(_ values: [Int], type: DataType = .int) {
    self.init(type: type, count: values.count, storage: .int64(Values(values)))
  }

  package init(_ values: [Double]) {
    self.init(type: .float, count: values.count, storage: .float(Values(values)))
  }

  package init(_ values: [Bool]) {
    self.init(
      type: .bool, count: values.count, storage: .bool(Values(values.map { $0 ? 1 : 0 })))
  }

  package init(_ values: [String]) {
    var builder = TextColumnBuilder()
    for value in values { builder.append(value) }
    self = builder.finish()
  }
}
