import PlumbColumns

/// The automatic conversion: int to float, also inside lists and records; null to any type.
struct ConvertNode: ExpressionNode {
  let operand: any ExpressionNode
  let type: DataType
  var isCheap: Bool { operand.isCheap }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    converted(try operand.evaluate(frame), to: type)
  }
}

private func converted(_ column: Column, to type: DataType) -> Column {
  if column.type == type { return column }
  if let value = column.constantValue {
    return Column(constant: value, type: type, count: column.count)
  }
  switch (column.storage, type) {
  case (.list(let offsets, let elements), .list(let element)):
    return Column(
      type: type, count: column.count,
      storage: .list(offsets: offsets, elements: converted(elements, to: element)),
      validity: column.validity)
  case (.record(let columns), .record(let fields)) where columns.count == fields.count:
    return Column(
      type: type, count: column.count,
      storage: .record(zip(columns, fields).map { converted($0, to: $1.type) }),
      validity: column.validity)
  case (_, .float):
    return Column(
      type: .float, count: column.count, storage: .float(column.doubles()),
      validity: column.validity)
  default: return column.type == .null ? .nulls(type, count: column.count) : column
  }
}

/// A record's field; null where the record is null.
struct FieldNode: ExpressionNode {
  let record: any ExpressionNode
  let index: Int
  let type: DataType
  var isCheap: Bool { record.isCheap }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let column = try record.evaluate(frame)
    switch column.storage {
    case .record(let fields) where index < fields.count:
      guard let validity = column.validity else { return fields[index] }
      return fields[index].withValidity(intersection(validity, fields[index].presence))
    case .constant(.record(let members)) where index < members.count:
      return Column(constant: members[index].value, type: type, count: frame.count)
    case .record, .constant, .int8, .int16, .int32, .int64, .float, .bool, .text8, .text16,
      .text32, .list:
      return .nulls(type, count: frame.count)
    }
  }
}

/// A list's element, counted from 0 or from the end; null outside the list.
struct ElementNode: ExpressionNode {
  let list: any ExpressionNode
  let index: any ExpressionNode
  let type: DataType
  let isCheap: Bool

  init(list: any ExpressionNode, index: any ExpressionNode, type: DataType) {
    self.list = list
    self.index = index
    self.type = type
    isCheap = list.isCheap && index.isCheap
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let lists = try list.evaluate(frame)
    let places = try index.evaluate(frame)
    let count = frame.count
    if case .list(let values, _)? = lists.constantValue,
      case .int(let place)? = places.constantValue
    {
      let position = place < 0 ? place + values.count : place
      let value = values.indices.contains(position) ? values[position] : .null
      return Column(constant: value, type: type, count: count)
    }
    let wanted = places.integerOperand
    let rows = Buffer<UInt32>(repeating: .max, count: count)
    let elements: Column
    switch lists.storage {
    case .list(let offsets, let members):
      elements = members
      for row in 0..<count where !lists.isNull(row) && !places.isNull(row) {
        let (start, end) = (offsets[row], offsets[row + 1])
        let place = wanted[row]
        let position = place < 0 ? end &+ place : start &+ place
        if position >= start, position < end { rows.base[row] = UInt32(position) }
      }
    case .constant(.list(let values, let element)):
      elements = Column(values, type: element)
      for row in 0..<count where !places.isNull(row) {
        let place = wanted[row]
        let position = place < 0 ? values.count &+ place : place
        if values.indices.contains(position) { rows.base[row] = UInt32(position) }
      }
    case .constant, .int8, .int16, .int32, .int64, .float, .bool, .text8, .text16, .text32,
      .record:
      return .nulls(type, count: count)
    }
    return elements.gatheredOptional(Values(rows))
  }
}

/// `[a, b, c]`.
struct ListNode: ExpressionNode {
  let elements: [any ExpressionNode]
  let element: DataType
  let isCheap: Bool
  var type: DataType { .list(element) }

  init(elements: [any ExpressionNode], element: DataType) {
    self.elements = elements
    self.element = element
    isCheap = elements.allSatisfy(\.isCheap)
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    var columns: [Column] = []
    for node in elements { columns.append(try node.evaluate(frame)) }
    let constants = columns.compactMap(\.constantValue)
    if constants.count == columns.count {
      return Column(
        constant: .list(constants, element: element), type: type, count: frame.count)
    }
    let (count, width) = (frame.count, columns.count)
    let rows = Buffer<UInt32>(count: count * width)
    let offsets = Buffer<Int>(count: count + 1)
    for row in 0..<count {
      offsets.base[row] = row * width
      for index in 0..<width {
        rows.base[row * width + index] = UInt32(truncatingIfNeeded: index * count + row)
      }
    }
    offsets.base[count] = count * width
    let members = Column.concatenated(columns, type: element).gathered(Values(rows))
    return Column(
      type: type, count: count, storage: .list(offsets: Values(offsets), elements: members))
  }
}

/// `{a: x, b: y}`.
struct RecordNode: ExpressionNode {
  let names: [String]
  let fields: [any ExpressionNode]
  let type: DataType
  let isCheap: Bool

  init(names: [String], fields: [any ExpressionNode], type: DataType) {
    self.names = names
    self.fields = fields
    self.type = type
    isCheap = fields.allSatisfy(\.isCheap)
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    var columns: [Column] = []
    for node in fields { columns.append(try node.evaluate(frame)) }
    let constants = columns.compactMap(\.constantValue)
    if constants.count == columns.count {
      let members = zip(names, constants).map { Value.RecordField($0, $1) }
      return Column(constant: .record(members), type: type, count: frame.count)
    }
    return Column(type: type, count: frame.count, storage: .record(columns))
  }
}
