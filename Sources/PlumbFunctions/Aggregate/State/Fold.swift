import PlumbColumns

/// How a double changes the state of its group.
protocol FloatFold {
  associatedtype State: BitwiseCopyable
  static func add(_ value: Double, to state: inout State)
  /// Adds rows of one group, in lanes where that is faster.
  static func addRun(_ values: UnsafePointer<Double>, _ count: Int, to state: inout State)
}

extension FloatFold {
  @inline(__always)
  static func addRun(_ values: UnsafePointer<Double>, _ count: Int, to state: inout State) {
    var local = state
    for row in 0..<count { add(values[row], to: &local) }
    state = local
  }
}

/// How an integer, in whatever width it lies in memory, changes the state of its group.
protocol IntegerFold {
  associatedtype State: BitwiseCopyable
  static func add<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ value: Integer, to state: inout State)
  static func addRun<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Integer>, _ count: Int, to state: inout State)
}

extension IntegerFold {
  @inline(__always)
  static func addRun<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Integer>, _ count: Int, to state: inout State
  ) {
    var local = state
    for row in 0..<count { add(values[row], to: &local) }
    state = local
  }
}

extension AccumulatorInput {
  /// Folds the floats of argument 0 into the states of their groups.
  ///
  /// Always inlined into the accumulators' own `update`, which names the fold: a generic entry
  /// that is not specialised would be some forty times slower.
  @inline(__always)
  func foldFloats<Fold: FloatFold>(_ fold: Fold.Type, into states: UnsafeMutablePointer<Fold.State>)
  {
    let column = columns[0].materialized()
    guard count > 0, case .float(let values) = column.storage else { return }
    defer { withExtendedLifetime(column) {} }
    let source = values.pointer
    let groups = groups
    forEachSegment { start, end, group in
      if let group {
        Fold.addRun(source + start, end - start, to: &states[group])
      } else if let groups {
        for row in start..<end { Fold.add(source[row], to: &states[Int(groups[row])]) }
      }
    }
  }

  /// Folds the integers (or bools) of argument 0 into the states of their groups.
  @inline(__always)
  func foldIntegers<Fold: IntegerFold>(
    _ fold: Fold.Type, into states: UnsafeMutablePointer<Fold.State>
  ) {
    let column = columns[0].materialized()
    guard count > 0 else { return }
    switch column.storage {
    case .int8(let values): foldLayout(fold, values.pointer, states)
    case .int16(let values): foldLayout(fold, values.pointer, states)
    case .int32(let values): foldLayout(fold, values.pointer, states)
    case .int64(let values): foldLayout(fold, values.pointer, states)
    case .bool(let values): foldLayout(fold, values.pointer, states)
    case .float, .text8, .text16, .text32, .list, .record, .constant: break
    }
    withExtendedLifetime(column) {}
  }

  @inline(__always)
  private func foldLayout<Fold: IntegerFold, Integer: FixedWidthInteger & BitwiseCopyable>(
    _ fold: Fold.Type, _ source: UnsafePointer<Integer>,
    _ states: UnsafeMutablePointer<Fold.State>
  ) {
    let groups = groups
    forEachSegment { start, end, group in
      if let group {
        Fold.addRun(source + start, end - start, to: &states[group])
      } else if let groups {
        for row in start..<end { Fold.add(source[row], to: &states[Int(groups[row])]) }
      }
    }
  }

  /// Calls `body` with the bounds of present rows that follow each other: rows of one group with
  /// their group, or rows of groups that alternate without.
  ///
  /// The loop over rows is the body's: a call for each row would cost more than what it does.
  @inline(__always)
  func forEachSegment(_ body: (_ start: Int, _ end: Int, _ group: Int?) -> Void) {
    guard let groups else { return forEachPresentRange { body($0, $1, 0) } }
    guard groupsComeInRuns(groups, count) else {
      return forEachPresentRange { body($0, $1, nil) }
    }
    forEachPresentRange { start, end in
      forEachRun(groups + start, end - start) { from, to, group in
        body(start + from, start + to, group)
      }
    }
  }

  /// Calls `body` with the bounds of each run of present rows.
  @inline(__always)
  func forEachPresentRange(_ body: (Int, Int) -> Void) {
    guard let present else {
      body(0, count)
      return
    }
    var start = 0
    while start < count {
      let end = present.endOfRun(from: start)
      if present[start] { body(start, end) }
      start = end
    }
  }
}

/// Whether rows of the same group mostly follow each other, as seen at some 128 places.
///
/// Then a run is folded at once: its state stays in registers, where otherwise each row would
/// wait for the store of the one before (about nine cycles).
func groupsComeInRuns(_ groups: UnsafePointer<UInt32>, _ count: Int) -> Bool {
  guard count >= 64 else { return false }
  let stride = max(1, (count - 1) / 128)
  var looked = 0
  var changes = 0
  var row = 0
  while row + 1 < count {
    looked += 1
    if groups[row] != groups[row + 1] { changes += 1 }
    row += stride
  }
  return changes * 8 <= looked
}

/// Calls `body` with the bounds and the group of each run of equal groups.
@inline(__always)
func forEachRun(
  _ groups: UnsafePointer<UInt32>, _ count: Int, _ body: (Int, Int, Int) -> Void
) {
  var start = 0
  while start < count {
    let group = groups[start]
    var end = start &+ 1
    while end < count, groups[end] == group { end &+= 1 }
    body(start, end, Int(group))
    start = end
  }
}
