import Glibc
import PlumbColumns
import PlumbPlan

/// A column's values for a loop: a run of them, or one for all rows.
enum LoopOperand<Element: BitwiseCopyable> {
  case values(Values<Element>)
  case constant(Element)

  subscript(row: Int) -> Element {
    switch self {
    case .values(let values): values[row]
    case .constant(let value): value
    }
  }
}

typealias IntegerOperand = LoopOperand<Int>
typealias DoubleOperand = LoopOperand<Double>

extension LoopOperand<Int> {
  /// Where the operand is not 0; absent when it is nowhere 0.
  func nonzero(_ count: Int) -> Bitmap? {
    switch self {
    case .constant(let value): return value == 0 ? Bitmap(repeating: false, count: count) : nil
    case .values(let values):
      let mask = comparisonMask(values.pointer, .notEqual, 0, count)
      defer { withExtendedLifetime(values) {} }
      let column = Column.mask(mask)
      return trueCount(column) == count ? nil : Bitmap(bytes: mask.base, count: count)
    }
  }
}

extension Column {
  var integerOperand: LoopOperand<Int> {
    switch constantValue {
    case .int(let value), .timestamp(let value), .duration(let value): .constant(value)
    case .null, .bool, .float, .string, .list, .record: .constant(0)
    case nil: .values(integers())
    }
  }

  var doubleOperand: LoopOperand<Double> {
    if let constantValue { .constant(constantValue.double) } else { .values(doubles()) }
  }

  var boolOperand: LoopOperand<UInt8> {
    switch constantValue {
    case .bool(let value): .constant(value ? 1 : 0)
    case .null, .int, .float, .string, .timestamp, .duration, .list, .record: .constant(0)
    case nil: .values(bools())
    }
  }
}

extension ArithmeticOperator {
  /// Whether the int result leaves 64 bits.
  func overflows(_ a: Int, _ b: Int) -> Bool {
    switch self {
    case .add: a.addingReportingOverflow(b).overflow
    case .subtract: a.subtractingReportingOverflow(b).overflow
    case .multiply: a.multipliedReportingOverflow(by: b).overflow
    case .floorDivide: a == .min && b == -1
    case .power: integerPower(a, b).flag < 0
    case .divide, .remainder: false
    }
  }
}

/// Computes all rows; the result is negative if a row, null or not, overflowed.
func combineIntegers(
  _ symbol: ArithmeticOperator, _ a: IntegerOperand, _ b: IntegerOperand,
  _ target: UnsafeMutablePointer<Int>, _ count: Int
) -> Int {
  switch symbol {
  case .add:
    return loop(a, b, target, count) { x, y in
      // The sum's sign differs from that of both operands.
      let sum = x &+ y
      return (sum, (x ^ sum) & (y ^ sum))
    }
  case .subtract:
    return loop(a, b, target, count) { x, y in
      let difference = x &- y
      return (difference, (x ^ y) & (x ^ difference))
    }
  case .multiply:
    return loop(a, b, target, count) { x, y in
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      return (product, overflow ? -1 : 0)
    }
  case .floorDivide: return loop(a, b, target, count) { x, y in floorQuotient(x, y) }
  case .remainder: return loop(a, b, target, count) { x, y in (floorRemainder(x, y), 0) }
  case .power: return loop(a, b, target, count) { x, y in integerPower(x, y) }
  case .divide: return 0
  }
}

@inline(__always)
private func loop(
  _ a: IntegerOperand, _ b: IntegerOperand, _ target: UnsafeMutablePointer<Int>, _ count: Int,
  _ operation: (Int, Int) -> (value: Int, flag: Int)
) -> Int {
  var flags = 0
  switch (a, b) {
  case (.values(let left), .values(let right)):
    let (x, y) = (left.pointer, right.pointer)
    for row in 0..<count {
      let (value, flag) = operation(x[row], y[row])
      target[row] = value
      flags |= flag
    }
    withExtendedLifetime((left, right)) {}
  case (.values(let left), .constant(let y)):
    let x = left.pointer
    for row in 0..<count {
      let (value, flag) = operation(x[row], y)
      target[row] = value
      flags |= flag
    }
    withExtendedLifetime(left) {}
  case (.constant(let x), .values(let right)):
    let y = right.pointer
    for row in 0..<count {
      let (value, flag) = operation(x, y[row])
      target[row] = value
      flags |= flag
    }
    withExtendedLifetime(right) {}
  case (.constant(let x), .constant(let y)):
    let (value, flag) = operation(x, y)
    target.update(repeating: value, count: count)
    flags = flag
  }
  return flags
}

@inline(__always)
private func floorQuotient(_ x: Int, _ y: Int) -> (value: Int, flag: Int) {
  if y == 0 { return (0, 0) }
  if y == -1 { return (0 &- x, x == .min ? -1 : 0) }
  let (quotient, remainder) = x.quotientAndRemainder(dividingBy: y)
  return (remainder != 0 && (remainder ^ y) < 0 ? quotient &- 1 : quotient, 0)
}

@inline(__always)
private func floorRemainder(_ x: Int, _ y: Int) -> Int {
  if y == 0 || y == -1 { return 0 }
  let remainder = x % y
  return remainder != 0 && (remainder ^ y) < 0 ? remainder &+ y : remainder
}

/// A power by squaring; 0 for a negative exponent, which the caller has ruled out.
private func integerPower(_ base: Int, _ exponent: Int) -> (value: Int, flag: Int) {
  if exponent < 0 { return (0, 0) }
  var (result, factor, rest) = (1, base, exponent)
  var overflow = false
  while true {
    if rest & 1 == 1 {
      let product = result.multipliedReportingOverflow(by: factor)
      result = product.partialValue
      overflow = overflow || product.overflow
    }
    rest >>= 1
    if rest == 0 { return (result, overflow ? -1 : 0) }
    let square = factor.multipliedReportingOverflow(by: factor)
    factor = square.partialValue
    overflow = overflow || square.overflow
  }
}

func combineFloats(
  _ symbol: ArithmeticOperator, _ a: DoubleOperand, _ b: DoubleOperand,
  _ target: UnsafeMutablePointer<Double>, _ count: Int
) {
  switch symbol {
  case .add: loop(a, b, target, count) { $0 + $1 }
  case .subtract: loop(a, b, target, count) { $0 - $1 }
  case .multiply: loop(a, b, target, count) { $0 * $1 }
  case .divide: loop(a, b, target, count) { $0 / $1 }
  case .floorDivide: loop(a, b, target, count) { floorQuotient($0, $1) }
  case .remainder: loop(a, b, target, count) { floorRemainder($0, $1) }
  case .power:
    if case .constant(2) = b { return loop(a, a, target, count) { $0 * $1 } }
    loop(a, b, target, count) { pow($0, $1) }
  }
}

@inline(__always)
private func loop(
  _ a: DoubleOperand, _ b: DoubleOperand, _ target: UnsafeMutablePointer<Double>, _ count: Int,
  _ operation: (Double, Double) -> Double
) {
  switch (a, b) {
  case (.values(let left), .values(let right)):
    let (x, y) = (left.pointer, right.pointer)
    for row in 0..<count { target[row] = operation(x[row], y[row]) }
    withExtendedLifetime((left, right)) {}
  case (.values(let left), .constant(let y)):
    let x = left.pointer
    for row in 0..<count { target[row] = operation(x[row], y) }
    withExtendedLifetime(left) {}
  case (.constant(let x), .values(let right)):
    let y = right.pointer
    for row in 0..<count { target[row] = operation(x, y[row]) }
    withExtendedLifetime(right) {}
  case (.constant(let x), .constant(let y)):
    target.update(repeating: operation(x, y), count: count)
  }
}

/// The remainder with the divisor's sign, as Python's float `%`; NaN by 0.
private func floorRemainder(_ x: Double, _ y: Double) -> Double {
  let remainder = fmod(x, y)
  if remainder == 0 { return copysign(0, y) }
  return (remainder < 0) != (y < 0) ? remainder + y : remainder
}

/// The quotient rounded down, consistent with the remainder, as Python's float `//`; that of an
/// infinity is infinite.
private func floorQuotient(_ x: Double, _ y: Double) -> Double {
  if y == 0 || !x.isFinite { return x / y }
  let remainder = fmod(x, y)
  var quotient = (x - remainder) / y
  if remainder != 0, (remainder < 0) != (y < 0) { quotient -= 1 }
  if quotient == 0 { return copysign(0, x / y) }
  // It is a whole number but for rounding.
  return quotient.rounded(.toNearestOrEven)
}
