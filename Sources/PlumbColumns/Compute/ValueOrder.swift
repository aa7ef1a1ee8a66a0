/// The order of two values of one type as `sort` has it: numbers, then NaN, then null.
///
/// Negative when `a` comes first, 0 when they are equal. Texts compare by their bytes, lists and
/// records part by part.
package func compareValues(_ a: Value, _ b: Value) -> Int {
  switch (a, b) {
  case (.null, .null): return 0
  case (.null, _): return 1
  case (_, .null): return -1
  case (.bool(let x), .bool(let y)): return (x ? 1 : 0) - (y ? 1 : 0)
  case (.int(let x), .int(let y)), (.timestamp(let x), .timestamp(let y)),
    (.duration(let x), .duration(let y)):
    return x < y ? -1 : x == y ? 0 : 1
  case (.float(let x), .float(let y)): return compareFloats(x, y)
  case (.int(let x), .float(let y)): return compareFloats(Double(x), y)
  case (.float(let x), .int(let y)): return compareFloats(x, Double(y))
  case (.string(let x), .string(let y)):
    if x.utf8.lexicographicallyPrecedes(y.utf8) { return -1 }
    return x.utf8.elementsEqual(y.utf8) ? 0 : 1
  case (.list(let x, _), .list(let y, _)): return compareParts(x, y)
  case (.record(let x), .record(let y)): return compareParts(x.map(\.value), y.map(\.value))
  default: return 0
  }
}

private func compareFloats(_ x: Double, _ y: Double) -> Int {
  if x.isNaN || y.isNaN { return (x.isNaN ? 1 : 0) - (y.isNaN ? 1 : 0) }
  return x < y ? -1 : x == y ? 0 : 1
}

private func compareParts(_ x: [Value], _ y: [Value]) -> Int {
  for (a, b) in zip(x, y) {
    let order = compareValues(a, b)
    if order != 0 { return order }
  }
  return x.count - y.count
}
