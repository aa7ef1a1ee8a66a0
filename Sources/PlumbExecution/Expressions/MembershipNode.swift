import PlumbColumns

/// `x in set`: null is a value, NaN equals nothing.
struct MembershipNode: ExpressionNode {
  let operand: any ExpressionNode
  let members: MemberSet
  var type: DataType { .bool }
  var isCheap: Bool { operand.isCheap }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let column = try operand.evaluate(frame)
    guard column.constantValue != nil else { return .mask(try members.contains(column)) }
    let one = try members.contains(column.withCount(1).materialized())
    return .bool(one.base[0] != 0, count: frame.count)
  }
}

/// `x in list`, the list being an expression of its own; nothing is in a null list.
struct ListMembershipNode: ExpressionNode {
  let operand: any ExpressionNode
  let list: any ExpressionNode
  let isCheap: Bool
  var type: DataType { .bool }

  init(operand: any ExpressionNode, list: any ExpressionNode) {
    self.operand = operand
    self.list = list
    isCheap = operand.isCheap && list.isCheap
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let lists = try list.evaluate(frame)
    if let value = lists.constantValue {
      guard case .list(let members, _) = value else { return .bool(false, count: frame.count) }
      let set = MemberSet(members, of: operand.type)
      return try MembershipNode(operand: operand, members: set).evaluate(frame)
    }
    guard case .list(let offsets, let elements) = lists.storage else {
      return .bool(false, count: frame.count)
    }
    let column = try operand.evaluate(frame)
    let result = Buffer<UInt8>(repeating: 0, count: frame.count)
    if let value = column.constantValue {
      // One wanted value: look at all elements at once.
      let first = offsets[0]
      let used = elements.slice(first, offsets[frame.count] - first)
      let found = try MemberSet([value], of: operand.type).contains(used.materialized())
      for row in 0..<frame.count where !lists.isNull(row) {
        for index in offsets[row]..<offsets[row + 1] {
          result.base[row] |= found.base[index - first]
        }
      }
      return .mask(result)
    }
    for row in 0..<frame.count where !lists.isNull(row) {
      for index in offsets[row]..<offsets[row + 1]
      where valuesEqual(column, row, elements, index, nanEqual: false) {
        result.base[row] = 1
        break
      }
    }
    return .mask(result)
  }
}
