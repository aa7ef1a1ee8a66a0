import PlumbColumns
import PlumbStatistics

/// A sum of doubles that values can leave again, NaN and infinities among them.
struct SlidingSum {
  private var finite = ExactSum()
  private var nanCount = 0
  private var positiveCount = 0
  private var negativeCount = 0

  @inline(__always)
  mutating func add(_ value: Double) {
    if value.isFinite { finite.add(value) } else { note(value, 1) }
  }

  @inline(__always)
  mutating func remove(_ value: Double) {
    if value.isFinite { finite.subtract(value) } else { note(value, -1) }
  }

  private mutating func note(_ value: Double, _ change: Int) {
    if value.isNaN {
      nanCount += change
    } else if value > 0 {
      positiveCount += change
    } else {
      negativeCount += change
    }
  }

  /// Whether finite values have overflowed, so that removing one does not bring the sum back.
  @inline(__always)
  var isOverflown: Bool { !finite.high.isFinite }

  /// NaN or an infinity, when one is in the sum.
  @inline(__always)
  var special: Double? {
    if (nanCount | positiveCount | negativeCount) == 0 { return nil }
    if nanCount > 0 || (positiveCount > 0 && negativeCount > 0) { return .nan }
    return positiveCount > 0 ? .infinity : -.infinity
  }

  @inline(__always)
  var value: Double { special ?? finite.value }

  @inline(__always)
  func mean(_ count: Int) -> Double {
    special ?? (finite.doubleDouble / Double(count)).value
  }
}

extension FrameRows {
  func floatSums() throws(FunctionError) -> Column {
    let result = Buffer<Double>(count: call.count)
    try slideFloats { row, _, sum in result.base[row] = sum.value }
    return Column(type: .float, count: call.count, storage: .float(Values(result)))
  }

  func floatMeans() throws(FunctionError) -> Column {
    let result = Buffer<Double>(count: call.count)
    var validity = RowValidity(count: call.count)
    try slideFloats { row, inside, sum in
      result.base[row] = inside > 0 ? sum.mean(inside) : 0
      validity.set(row, inside > 0)
    }
    return Column(
      type: .float, count: call.count, storage: .float(Values(result)),
      validity: validity.finish())
  }

  @inline(__always)
  private func slideFloats(_ emit: (Int, Int, SlidingSum) -> Void) throws(FunctionError) {
    let values = call.arguments[0].doubles()
    let source = values.pointer
    var sum = SlidingSum()
    var (start, end) = (0, 0)
    try slide(
      reset: { sum = SlidingSum() }, add: { sum.add(source[$0]) },
      remove: { sum.remove(source[$0]) }
    ) { row, inside in
      if sum.isOverflown {
        // Begin again from the rows of this frame alone.
        if row >= end { (start, end) = groupBounds(of: row) }
        sum = freshSum(source, row, start, end)
      }
      emit(row, inside, sum)
    }
    withExtendedLifetime(values) {}
  }

  private func freshSum(
    _ source: UnsafePointer<Double>, _ row: Int, _ start: Int, _ end: Int
  ) -> SlidingSum {
    let bounds = frame.bounds(row, start: start, end: end)
    var sum = SlidingSum()
    for inner in bounds.from..<bounds.to where present?[inner] ?? true { sum.add(source[inner]) }
    return sum
  }

  private func freshMoments(
    _ source: UnsafePointer<Double>, _ row: Int, _ start: Int, _ end: Int
  ) -> Moments {
    let bounds = frame.bounds(row, start: start, end: end)
    var moments = Moments()
    for inner in bounds.from..<bounds.to where present?[inner] ?? true {
      if source[inner].isFinite { moments.add(source[inner]) }
    }
    return moments
  }

  /// The bounds of the group that a row belongs to.
  func groupBounds(of row: Int) -> (Int, Int) {
    var (low, high) = (0, call.groupCount)
    while high - low > 1 {
      let middle = (low + high) / 2
      if call.groupOffsets[middle] <= row { low = middle } else { high = middle }
    }
    // Empty groups may begin at the same row: the last that does holds the row.
    return (call.groupOffsets[low], call.groupOffsets[low + 1])
  }

  func integerSums() throws(FunctionError) -> Column {
    let result = Buffer<Int>(count: call.count)
    try slideIntegers { (row, _, total) throws(FunctionError) in
      result.base[row] = try total.intSum()
    }
    return Column(type: type, count: call.count, storage: .int64(Values(result)))
  }

  /// Means of ints and bools as floats, of times and durations to the microsecond.
  func integerMeans() throws(FunctionError) -> Column {
    if type == .float {
      let result = Buffer<Double>(count: call.count)
      var validity = RowValidity(count: call.count)
      try slideIntegers { row, inside, total in
        result.base[row] = inside > 0 ? Double(total.sum) / Double(inside) : 0
        validity.set(row, inside > 0)
      }
      return Column(
        type: .float, count: call.count, storage: .float(Values(result)),
        validity: validity.finish())
    }
    let result = Buffer<Int>(count: call.count)
    var validity = RowValidity(count: call.count)
    try slideIntegers { row, inside, total in
      var total = total
      total.count = inside
      result.base[row] = total.roundedMean ?? 0
      validity.set(row, inside > 0)
    }
    return Column(
      type: type, count: call.count, storage: .int64(Values(result)),
      validity: validity.finish())
  }

  @inline(__always)
  private func slideIntegers(
    _ emit: (Int, Int, IntegerTotal) throws(FunctionError) -> Void
  ) throws(FunctionError) {
    let values = call.arguments[0].integers()
    let source = values.pointer
    var total = IntegerTotal()
    try slide(
      reset: { total = IntegerTotal() }, add: { total.add(source[$0]) },
      remove: { total.subtract(source[$0]) }
    ) { (row, inside) throws(FunctionError) in try emit(row, inside, total) }
    withExtendedLifetime(values) {}
  }

  /// Sample standard deviations or variances; null for frames of fewer than two values.
  func deviations(isVariance: Bool) throws(FunctionError) -> Column {
    let values = call.arguments[0].doubles()
    let source = values.pointer
    let result = Buffer<Double>(count: call.count)
    var validity = RowValidity(count: call.count)
    var moments = Moments()
    var strange = 0
    // How many of the values that came in last are the same: a frame of such has no spread.
    var (last, equalCount) = (Double.nan, 0)
    var (start, end) = (0, 0)
    try slide(
      reset: {
        moments = Moments()
        strange = 0
        equalCount = 0
      },
      add: { index in
        let value = source[index]
        equalCount = value == last ? equalCount &+ 1 : 1
        last = value
        if value.isFinite { moments.add(value) } else { strange &+= 1 }
      },
      remove: { if source[$0].isFinite { moments.subtract(source[$0]) } else { strange &-= 1 } }
    ) { row, inside in
      if strange == 0, equalCount >= inside {
        result.base[row] = 0
        return validity.set(row, inside > 1)
      }
      if moments.isOverflown {
        // Begin again from the rows of this frame alone.
        if row >= end { (start, end) = groupBounds(of: row) }
        moments = freshMoments(source, row, start, end)
      }
      let spread = isVariance ? moments.variance : moments.standardDeviation
      result.base[row] = strange > 0 ? .nan : spread ?? 0
      validity.set(row, inside > 1)
    }
    withExtendedLifetime(values) {}
    return Column(
      type: .float, count: call.count, storage: .float(Values(result)),
      validity: validity.finish())
  }
}
