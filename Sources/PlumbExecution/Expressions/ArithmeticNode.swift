import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

/// `+ - * / // % **`: null where an operand is null.
///
/// An int result that does not fit in 64 bits is an error. `int // 0` and `int % 0` are null in a
/// column and an error in a scalar. Which operation it is follows from the operands' types.
struct ArithmeticNode: ExpressionNode {
  let symbol: ArithmeticOperator
  let left: any ExpressionNode
  let right: any ExpressionNode
  let operation: Operation
  let isScalar: Bool
  let isCheap: Bool
  private let control: RunControl
  private let dictionaries = FramedDictionaryCache()
  private let pairs = PairedDictionaryCache()
  var type: DataType { operation.type }

  init(
    symbol: ArithmeticOperator, left: any ExpressionNode, right: any ExpressionNode,
    operation: Operation, isScalar: Bool, control: RunControl
  ) {
    self.control = control
    self.symbol = symbol
    self.left = left
    self.right = right
    self.operation = operation
    self.isScalar = isScalar
    isCheap = left.isCheap && right.isCheap && operation.type != .string
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let a = try left.evaluate(frame)
    let b = try right.evaluate(frame)
    if case .null? = a.constantValue { return .nulls(type, count: frame.count) }
    if case .null? = b.constantValue { return .nulls(type, count: frame.count) }
    if a.constantValue != nil, b.constantValue != nil {
      let one = try compute(a.withCount(1).materialized(), b.withCount(1).materialized())
      return Column(constant: try one.onlyValue(control), type: type, count: frame.count)
    }
    return try compute(a, b)
  }

  private func compute(_ a: Column, _ b: Column) throws(ExecutionError) -> Column {
    switch (a.type, b.type) {
    case (.int, .int) where type == .int: return try integers(a, b)
    case (.int, .int), (.int, .float), (.float, .int), (.float, .float):
      return floats(a.doubleOperand, b.doubleOperand, validity(a, b), a.count)
    case (.timestamp, .timestamp), (.timestamp, .duration), (.duration, .timestamp):
      return try integers(a, b)
    case (.duration, .duration):
      // Only the quotient is no whole number of microseconds.
      guard symbol == .divide else { return try integers(a, b) }
      return floats(a.doubleOperand, b.doubleOperand, validity(a, b), a.count)
    case (.duration, .int) where symbol != .divide: return try integers(a, b)
    case (.int, .duration): return try integers(a, b)
    case (.duration, .int), (.duration, .float), (.float, .duration):
      return try scaledDurations(a, b)
    case (.string, .string): return joinedTexts(a, b, dictionaries, pairs)
    case (.list, .list): return joinedLists(a, b, type: type)
    default:
      throw ExecutionError(
        .invalidArgument, "`\(symbol.rawValue)` is not defined for \(a.type) and \(b.type)",
        range: operation.range)
    }
  }

  private func validity(_ a: Column, _ b: Column) -> Bitmap? {
    intersection(a.presence, b.presence)
  }

  // MARK: Integers

  private func integers(_ a: Column, _ b: Column) throws(ExecutionError) -> Column {
    let count = a.count
    let result = Buffer<Int>(count: count)
    let (x, y) = (a.integerOperand, b.integerOperand)
    var present = validity(a, b)
    if symbol == .floorDivide || symbol == .remainder {
      if let nonzero = y.nonzero(count) {
        if isScalar { try failOnZero(a, b, nonzero, present) }
        present = intersection(present, nonzero)
      }
    }
    if symbol == .power { try checkExponents(y, present, count) }
    if combineIntegers(symbol, x, y, result.base, count) < 0 {
      for row in 0..<count where present?[row] ?? true {
        if symbol.overflows(x[row], y[row]) { throw overflow(a.value(at: row), b.value(at: row)) }
      }
    }
    withExtendedLifetime((x, y)) {}
    return Column(type: type, count: count, storage: .int64(Values(result)), validity: present)
  }

  private func failOnZero(
    _ a: Column, _ b: Column, _ nonzero: Bitmap, _ present: Bitmap?
  ) throws(ExecutionError) {
    for row in 0..<nonzero.count where !nonzero[row] && present?[row] ?? true {
      let (x, y) = (operandText(a.value(at: row)), operandText(b.value(at: row)))
      throw ExecutionError(
        .divisionByZero,
        "`\(x) \(symbol.rawValue) \(y)`: \(a.type.withArticle) is divided by zero",
        hint: "`/` divides as float and gives inf or nan", range: operation.range)
    }
  }

  private func checkExponents(
    _ y: IntegerOperand, _ present: Bitmap?, _ count: Int
  ) throws(ExecutionError) {
    for row in 0..<count where y[row] < 0 && present?[row] ?? true {
      throw ExecutionError(
        .invalidArgument, "an int to the power of \(y[row]) is no int",
        hint: "write `float(x) ** \(y[row])`", range: operation.range)
    }
  }

  private func overflow(_ a: Value, _ b: Value) -> ExecutionError {
    overflowError(
      "\(operandText(a)) \(symbol.rawValue) \(operandText(b))", type, operation.range)
  }

  // MARK: Durations

  /// A duration times or by a number, to the nearest microsecond.
  ///
  /// NaN and infinities give null: no duration stands for them.
  private func scaledDurations(_ a: Column, _ b: Column) throws(ExecutionError) -> Column {
    let count = a.count
    let scaled = Buffer<Double>(count: count)
    combineFloats(symbol, a.doubleOperand, b.doubleOperand, scaled.base, count)
    let result = Buffer<Int>(count: count)
    let finite = Buffer<UInt8>(count: count)
    let given = validity(a, b)
    var allFinite = true
    for row in 0..<count {
      let value = scaled.base[row].rounded(.toNearestOrEven)
      finite.base[row] = value.isFinite ? 1 : 0
      allFinite = allFinite && value.isFinite
      if value >= -0x1p63, value < 0x1p63 {
        result.base[row] = Int(value)
      } else {
        result.base[row] = 0
        if value.isFinite, given?[row] ?? true {
          throw overflow(a.value(at: row), b.value(at: row))
        }
      }
    }
    let present =
      allFinite ? given : intersection(given, Bitmap(bytes: finite.base, count: count))
    return Column(type: type, count: count, storage: .int64(Values(result)), validity: present)
  }

  // MARK: Floats

  private func floats(
    _ x: DoubleOperand, _ y: DoubleOperand, _ validity: Bitmap?, _ count: Int
  ) -> Column {
    let result = Buffer<Double>(count: count)
    combineFloats(symbol, x, y, result.base, count)
    return Column(
      type: .float, count: count, storage: .float(Values(result)), validity: validity)
  }
}

/// `-x` of an int, float or duration.
struct NegateNode: ExpressionNode {
  let operand: any ExpressionNode
  let operation: Operation
  var type: DataType { operation.type }
  var isCheap: Bool { operand.isCheap }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let column = try operand.evaluate(frame)
    guard let value = column.constantValue else { return try negated(column) }
    if value.isNull { return .nulls(type, count: frame.count) }
    let one = try negated(column.withCount(1).materialized())
    return Column(constant: one.value(at: 0), type: type, count: frame.count)
  }

  private func negated(_ column: Column) throws(ExecutionError) -> Column {
    let count = column.count
    if column.type == .float {
      let values = column.doubles()
      let result = Buffer<Double>(count: count)
      let (source, target) = (values.pointer, result.base)
      for row in 0..<count { target[row] = -source[row] }
      withExtendedLifetime(values) {}
      return Column(
        type: type, count: count, storage: .float(Values(result)), validity: column.validity)
    }
    let values = column.integers()
    let result = Buffer<Int>(count: count)
    let (source, target) = (values.pointer, result.base)
    var flags = 0
    for row in 0..<count {
      let value = 0 &- source[row]
      target[row] = value
      flags |= value & source[row]
    }
    if flags < 0 {
      for row in 0..<count where source[row] == .min && !column.isNull(row) {
        throw overflowError("-(\(operandText(column.value(at: row))))", type, operation.range)
      }
    }
    withExtendedLifetime(values) {}
    return Column(
      type: type, count: count, storage: .int64(Values(result)), validity: column.validity)
  }
}

/// An operand as an error message shows it.
private func operandText(_ value: Value) -> String {
  switch value {
  case .timestamp(let microseconds): TimestampText.format(microseconds)
  case .duration(let microseconds): DurationText.format(microseconds)
  case .int(let int): String(int)
  case .float(let double): FloatText.format(double)
  case .null, .bool, .string, .list, .record: "\(value.type)"
  }
}

private func overflowError(
  _ text: String, _ type: DataType, _ range: SourceRange?
) -> ExecutionError {
  ExecutionError(
    .integerOverflow, "the \(type) `\(text)` does not fit in 64 bits",
    hint: type == .int ? "count as float: `float(x)`" : nil, range: range)
}
