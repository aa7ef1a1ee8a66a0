package import PlumbColumns

/// An aggregate over the frame of each row.
///
/// The common aggregates slide: a row enters and leaves the frame once. The others run their
/// accumulator on each frame, in time that grows with the frame's length. Whole groups are
/// computed once and repeated for their rows. Rows at which `included` is false, and rows with a
/// null in an argument of `skipsNullsOf`, are passed over.
package func evaluateFrame(
  _ overload: AggregateFunction.Overload, setup: AggregateSetup, call: WindowCall,
  frame: RowFrame, functionName: String, included: Bitmap? = nil
) throws(FunctionError) -> Column {
  var present = included
  for index in overload.skipsNullsOf where index < call.arguments.count {
    guard let bits = call.arguments[index].presence else { continue }
    present = present.map { $0.intersection(bits) } ?? bits
  }
  let rows = FrameRows(call: call, frame: frame, present: present, type: setup.resultType)
  if frame == .wholeGroup { return try rows.wholeGroups(overload, setup) }
  switch functionName {
  case "count": return try rows.counts()
  case "count_if": return try rows.trueCounts()
  case "any": return try rows.anyTrue()
  case "all": return try rows.allTrue()
  case "sum": return try setup.types[0] == .float ? rows.floatSums() : rows.integerSums()
  case "mean": return try setup.types[0] == .float ? rows.floatMeans() : rows.integerMeans()
  case "stddev" where setup.resultType == .float: return try rows.deviations(isVariance: false)
  case "variance": return try rows.deviations(isVariance: true)
  case "median" where setup.resultType == .float: return try rows.quantiles(0.5)
  case "quantile" where setup.resultType == .float:
    return try rows.quantiles(try setup.fraction(1, "p"))
  case "min": return try rows.extremes(isMax: false)
  case "max": return try rows.extremes(isMax: true)
  case "arg_min": return try rows.argExtremes(isMax: false)
  case "arg_max": return try rows.argExtremes(isMax: true)
  case "first": return try rows.firstOrLast(isLast: false)
  case "last": return try rows.firstOrLast(isLast: true)
  default: return try rows.byAccumulator(overload, setup)
  }
}

/// The rows of a window with their frames: what the sliding aggregates work on.
struct FrameRows {
  let call: WindowCall
  let frame: RowFrame
  /// The rows that count; absent when all do.
  let present: Bitmap?
  let type: DataType

  /// Calls `add` for each present row that enters a frame, `remove` for each that leaves it, and
  /// `emit` when the frame of a row is complete, with the number of present rows in it. `reset`
  /// is called before each group.
  @inline(__always)
  func slide(
    reset: () -> Void, add: (Int) -> Void, remove: (Int) -> Void,
    emit: (_ row: Int, _ presentCount: Int) throws(FunctionError) -> Void
  ) throws(FunctionError) {
    let present = present
    let frame = frame
    for group in 0..<call.groupCount {
      let (start, end) = (call.groupOffsets[group], call.groupOffsets[group + 1])
      reset()
      var (from, to, inside) = (start, start, 0)
      for row in start..<end {
        if row & 0xFFFF == 0 { try call.environment.control.checkFunction() }
        let bounds = frame.bounds(row, start: start, end: end)
        while to < bounds.to {
          if present?[to] ?? true {
            add(to)
            inside &+= 1
          }
          to &+= 1
        }
        while from < bounds.from {
          if present?[from] ?? true {
            remove(from)
            inside &-= 1
          }
          from &+= 1
        }
        try emit(row, inside)
      }
    }
  }
}
