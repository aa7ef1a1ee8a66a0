import PlumbColumns
import PlumbPlan

/// One byte a row: whether the value and the constant compare so.
func comparisonMask<Element: Comparable & BitwiseCopyable>(
  _ source: UnsafePointer<Element>, _ symbol: ComparisonOperator, _ value: Element, _ count: Int
) -> Buffer<UInt8> {
  let result = Buffer<UInt8>(count: count)
  let target = result.base
  switch symbol {
  case .equal: for row in 0..<count { target[row] = source[row] == value ? 1 : 0 }
  case .notEqual: for row in 0..<count { target[row] = source[row] != value ? 1 : 0 }
  case .less: for row in 0..<count { target[row] = source[row] < value ? 1 : 0 }
  case .lessOrEqual: for row in 0..<count { target[row] = source[row] <= value ? 1 : 0 }
  case .greater: for row in 0..<count { target[row] = source[row] > value ? 1 : 0 }
  case .greaterOrEqual: for row in 0..<count { target[row] = source[row] >= value ? 1 : 0 }
  }
  return result
}

/// One byte a row: whether the two values compare so.
func comparisonMask<Element: Comparable & BitwiseCopyable>(
  _ a: UnsafePointer<Element>, _ symbol: ComparisonOperator, _ b: UnsafePointer<Element>,
  _ count: Int
) -> Buffer<UInt8> {
  let result = Buffer<UInt8>(count: count)
  let target = result.base
  switch symbol {
  case .equal: for row in 0..<count { target[row] = a[row] == b[row] ? 1 : 0 }
  case .notEqual: for row in 0..<count { target[row] = a[row] != b[row] ? 1 : 0 }
  case .less: for row in 0..<count { target[row] = a[row] < b[row] ? 1 : 0 }
  case .lessOrEqual: for row in 0..<count { target[row] = a[row] <= b[row] ? 1 : 0 }
  case .greater: for row in 0..<count { target[row] = a[row] > b[row] ? 1 : 0 }
  case .greaterOrEqual: for row in 0..<count { target[row] = a[row] >= b[row] ? 1 : 0 }
  }
  return result
}

/// Compares integers in the width that they are stored in.
func integerMask(
  _ column: Column, _ symbol: ComparisonOperator, _ value: Int
) -> Buffer<UInt8> {
  switch column.storage {
  case .int8(let values): return narrowMask(values, symbol, value)
  case .int16(let values): return narrowMask(values, symbol, value)
  case .int32(let values): return narrowMask(values, symbol, value)
  case .int64(let values): return narrowMask(values, symbol, value)
  case .constant, .float, .bool, .text8, .text16, .text32, .list, .record:
    return narrowMask(column.integers(), symbol, value)
  }
}

private func narrowMask<Integer: FixedWidthInteger & BitwiseCopyable>(
  _ values: Values<Integer>, _ symbol: ComparisonOperator, _ value: Int
) -> Buffer<UInt8> {
  defer { withExtendedLifetime(values) {} }
  if let narrow = Integer(exactly: value) {
    return comparisonMask(values.pointer, symbol, narrow, values.count)
  }
  // The constant lies outside of all that the width can hold.
  let isAbove = value > 0
  let answer =
    switch symbol {
    case .equal: false
    case .notEqual: true
    case .less, .lessOrEqual: isAbove
    case .greater, .greaterOrEqual: !isAbove
    }
  return Buffer(repeating: answer ? 1 : 0, count: values.count)
}

func integerMask(_ a: Column, _ symbol: ComparisonOperator, _ b: Column) -> Buffer<UInt8> {
  switch (a.storage, b.storage) {
  case (.int8(let x), .int8(let y)): return equalWidthMask(x, symbol, y)
  case (.int16(let x), .int16(let y)): return equalWidthMask(x, symbol, y)
  case (.int32(let x), .int32(let y)): return equalWidthMask(x, symbol, y)
  default: return equalWidthMask(a.integers(), symbol, b.integers())
  }
}

private func equalWidthMask<Element: Comparable & BitwiseCopyable>(
  _ a: Values<Element>, _ symbol: ComparisonOperator, _ b: Values<Element>
) -> Buffer<UInt8> {
  defer { withExtendedLifetime((a, b)) {} }
  return comparisonMask(a.pointer, symbol, b.pointer, a.count)
}

/// Compares two text columns: by codes or ranks if they share a dictionary, else by bytes.
func textComparisonMask(_ a: Column, _ symbol: ComparisonOperator, _ b: Column) -> Buffer<UInt8> {
  let (x, left) = a.codes()
  let (y, right) = b.codes()
  defer { withExtendedLifetime((x, y)) {} }
  if left === right, left.isUnique, symbol == .equal || symbol == .notEqual {
    return comparisonMask(x.pointer, symbol, y.pointer, a.count)
  }
  if left === right, left.count <= a.count {
    let ranks = left.ranks
    return rankMask(x, y, ranks, symbol)
  }
  let result = Buffer<UInt8>(repeating: 0, count: a.count)
  let presence = intersection(a.presence, b.presence)
  for row in 0..<a.count {
    if let presence, !presence[row] { continue }
    let s = left.utf8(Int(x[row]))
    let t = right.utf8(Int(y[row]))
    let answer =
      switch symbol {
      case .equal: equalTexts(s, t)
      case .notEqual: !equalTexts(s, t)
      case .less: lessText(s, t)
      case .lessOrEqual: !lessText(t, s)
      case .greater: lessText(t, s)
      case .greaterOrEqual: !lessText(s, t)
      }
    result.base[row] = answer ? 1 : 0
  }
  return result
}

private func rankMask(
  _ x: Values<UInt32>, _ y: Values<UInt32>, _ ranks: [UInt32], _ symbol: ComparisonOperator
) -> Buffer<UInt8> {
  let count = x.count
  let left = Buffer<UInt32>(repeating: 0, count: count)
  let right = Buffer<UInt32>(repeating: 0, count: count)
  guard !ranks.isEmpty else { return Buffer(repeating: 0, count: count) }
  ranks.withUnsafeBufferPointer { ranks in
    for row in 0..<count {
      left.base[row] = ranks[Int(x[row])]
      right.base[row] = ranks[Int(y[row])]
    }
  }
  return comparisonMask(left.base, symbol, right.base, count)
}

/// Compares values of any type one by one: lists and records.
func genericMask(_ a: Column, _ symbol: ComparisonOperator, _ b: Column) -> Buffer<UInt8> {
  let result = Buffer<UInt8>(repeating: 0, count: a.count)
  for row in 0..<a.count {
    let answer: Bool
    switch symbol {
    case .equal: answer = valuesEqual(a, row, b, row, nanEqual: false)
    case .notEqual: answer = !valuesEqual(a, row, b, row, nanEqual: false)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      if a.isNull(row) || b.isNull(row) { continue }
      let order = compareValues(a.value(at: row), b.value(at: row))
      answer =
        switch symbol {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual, .equal, .notEqual: order >= 0
        }
    }
    result.base[row] = answer ? 1 : 0
  }
  return result
}
