import PlumbColumns

extension FrameRows {
  /// The number of present rows in each frame.
  func counts() throws(FunctionError) -> Column {
    let result = Buffer<Int>(count: call.count)
    try slide(reset: {}, add: { _ in }, remove: { _ in }) { row, inside in
      result.base[row] = inside
    }
    return Column(type: .int, count: call.count, storage: .int64(Values(result)))
  }

  /// The number of true rows in each frame.
  func trueCounts() throws(FunctionError) -> Column {
    let result = Buffer<Int>(count: call.count)
    try slideTrue { row, _, isTrue in result.base[row] = isTrue }
    return Column(type: .int, count: call.count, storage: .int64(Values(result)))
  }

  /// Whether a row of each frame is true; null over nothing.
  func anyTrue() throws(FunctionError) -> Column {
    try truths { _, isTrue in isTrue > 0 }
  }

  /// Whether all rows of each frame are true; null over nothing.
  func allTrue() throws(FunctionError) -> Column {
    try truths { inside, isTrue in isTrue == inside }
  }

  @inline(__always)
  private func truths(_ truth: (Int, Int) -> Bool) throws(FunctionError) -> Column {
    let result = Buffer<UInt8>(count: call.count)
    var validity = RowValidity(count: call.count)
    try slideTrue { row, inside, isTrue in
      result.base[row] = truth(inside, isTrue) ? 1 : 0
      validity.set(row, inside > 0)
    }
    return Column(
      type: .bool, count: call.count, storage: .bool(Values(result)),
      validity: validity.finish())
  }

  @inline(__always)
  private func slideTrue(_ emit: (Int, Int, Int) -> Void) throws(FunctionError) {
    let bools = call.arguments[0].bools()
    let source = bools.pointer
    var isTrue = 0
    try slide(
      reset: { isTrue = 0 }, add: { isTrue &+= Int(source[$0]) },
      remove: { isTrue &-= Int(source[$0]) }
    ) { row, inside in emit(row, inside, isTrue) }
    withExtendedLifetime(bools) {}
  }
}
