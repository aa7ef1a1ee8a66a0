package import PlumbColumns

extension Value {
  /// The order of the language's `sort`: numbers, then NaN, then null; texts by their bytes.
  ///
  /// Negative when `self` comes first, 0 when neither does.
  package func ordered(before other: Value) -> Int {
    switch (self, other) {
    case (.null, .null): return 0
    case (.null, _): return 1
    case (_, .null): return -1
    case (.bool(let a), .bool(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
    case (.int(let a), .int(let b)), (.timestamp(let a), .timestamp(let b)),
      (.duration(let a), .duration(let b)):
      return a < b ? -1 : a == b ? 0 : 1
    case (.float(let a), .float(let b)): return Value.ordered(a, b)
    case (.int(let a), .float(let b)): return Value.ordered(Double(a), b)
    case (.float(let a), .int(let b)): return Value.ordered(a, Double(b))
    case (.string(let a), .string(let b)):
      return a.utf8.lexicographicallyPrecedes(b.utf8)
        ? -1 : a.utf8.elementsEqual(b.utf8) ? 0 : 1
    case (.list(let a, _), .list(let b, _)): return Value.ordered(a, b)
    case (.record(let a), .record(let b)): return Value.ordered(a.map(\.value), b.map(\.value))
    default: return 0
    }
  }

  private static func ordered(_ a: Double, _ b: Double) -> Int {
    if a.isNaN || b.isNaN { return (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0) }
    return a < b ? -1 : a == b ? 0 : 1
  }

  private static func ordered(_ a: [Value], _ b: [Value]) -> Int {
    for (x, y) in zip(a, b) {
      let order = x.ordered(before: y)
      if order != 0 { return order }
    }
    return a.count - b.count
  }
}
