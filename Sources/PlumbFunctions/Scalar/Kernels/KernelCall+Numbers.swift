package import PlumbColumns

/// Loops over numbers. The operation is inlined into the loop of the kernel that calls them, so
/// no call is made per row.
extension KernelCall {
  /// A float for each float of the first argument.
  @inline(__always)
  package func mapFloats(_ operation: (Double) -> Double) -> Column {
    let input = arguments[0].doubles()
    let result = Buffer<Double>(count: count)
    let source = input.pointer
    let target = result.base
    for row in 0..<count { target[row] = operation(source[row]) }
    withExtendedLifetime(input) {}
    return Column(type: .float, count: count, storage: .float(Values(result)))
  }

  /// A float for each pair of floats of the first two arguments.
  @inline(__always)
  package func mapFloats(_ operation: (Double, Double) -> Double) -> Column {
    let left = arguments[0].doubles()
    let right = arguments[1].doubles()
    let result = Buffer<Double>(count: count)
    let (a, b) = (left.pointer, right.pointer)
    let target = result.base
    for row in 0..<count { target[row] = operation(a[row], b[row]) }
    withExtendedLifetime((left, right)) {}
    return Column(type: .float, count: count, storage: .float(Values(result)))
  }

  /// A bool for each float of the first argument.
  @inline(__always)
  package func testFloats(_ operation: (Double) -> Bool) -> Column {
    let input = arguments[0].doubles()
    let result = Buffer<UInt8>(count: count)
    let source = input.pointer
    let target = result.base
    for row in 0..<count { target[row] = operation(source[row]) ? 1 : 0 }
    withExtendedLifetime(input) {}
    return Column(type: .bool, count: count, storage: .bool(Values(result)))
  }

  /// An integer (of the result's type) for each integer of the first argument, without errors.
  @inline(__always)
  package func mapIntegers(_ operation: (Int) -> Int) -> Column {
    let input = arguments[0].integers()
    let result = Buffer<Int>(count: count)
    let source = input.pointer
    let target = result.base
    for row in 0..<count { target[row] = operation(source[row]) }
    withExtendedLifetime(input) {}
    return integerColumn(result)
  }

  /// An integer for each pair of integers of the first two arguments, without errors.
  @inline(__always)
  package func mapIntegers(_ operation: (Int, Int) -> Int) -> Column {
    let left = arguments[0].integers()
    let right = arguments[1].integers()
    let result = Buffer<Int>(count: count)
    let (a, b) = (left.pointer, right.pointer)
    let target = result.base
    for row in 0..<count { target[row] = operation(a[row], b[row]) }
    withExtendedLifetime((left, right)) {}
    return integerColumn(result)
  }

  /// An integer for each integer of the first argument; the operation may fail, and is kept
  /// from rows that lack an argument.
  @inline(__always)
  package func tryIntegers(
    _ operation: (Int) throws(FunctionError) -> Int
  ) throws(FunctionError) -> Column {
    let input = arguments[0].integers()
    return try tryRows { (row) throws(FunctionError) in try operation(input[row]) }
  }

  /// An integer for each pair of integers; see the one above.
  @inline(__always)
  package func tryIntegers(
    _ operation: (Int, Int) throws(FunctionError) -> Int
  ) throws(FunctionError) -> Column {
    let left = arguments[0].integers()
    let right = arguments[1].integers()
    return try tryRows { (row) throws(FunctionError) in try operation(left[row], right[row]) }
  }

  /// An integer for each row that has all arguments; an error gets the number of its row.
  @inline(__always)
  package func tryRows(
    _ operation: (Int) throws(FunctionError) -> Int
  ) throws(FunctionError) -> Column {
    let result = Buffer<Int>(count: count)
    let target = result.base
    for row in 0..<count {
      guard isValid(row) else {
        target[row] = 0
        continue
      }
      do { target[row] = try operation(row) } catch { throw error.at(row: row) }
    }
    return integerColumn(result)
  }

  /// A float for each row that has all arguments; an error gets the number of its row.
  @inline(__always)
  package func tryFloatRows(
    _ operation: (Int) throws(FunctionError) -> Double
  ) throws(FunctionError) -> Column {
    let result = Buffer<Double>(count: count)
    let target = result.base
    for row in 0..<count {
      guard isValid(row) else {
        target[row] = 0
        continue
      }
      do { target[row] = try operation(row) } catch { throw error.at(row: row) }
    }
    return Column(type: .float, count: count, storage: .float(Values(result)))
  }

  /// A column of the result's type from 64-bit integers.
  package func integerColumn(_ values: Buffer<Int>, validity: Bitmap? = nil) -> Column {
    Column(type: resultType, count: count, storage: .int64(Values(values)), validity: validity)
  }
}

extension FunctionError {
  /// The same error with the row that is to blame, unless one is known already.
  package func at(row: Int) -> FunctionError {
    FunctionError(message, hint: hint, row: self.row ?? row, kind: kind)
  }
}

extension RunControl {
  /// `check()` for functions, whose errors are their own type.
  package func checkFunction() throws(FunctionError) {
    do { try check() } catch { throw FunctionError("interrupted", kind: .interruption(error)) }
  }
}
