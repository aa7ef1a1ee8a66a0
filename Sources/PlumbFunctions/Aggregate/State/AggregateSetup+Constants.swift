import PlumbColumns

extension AggregateSetup {
  /// The constant argument at `index`, a share between 0 and 1.
  func fraction(
    _ index: Int, _ name: String, includingEnds: Bool = true
  ) throws(FunctionError) -> Double {
    let value: Double
    switch constants[index] {
    case .float(let constant): value = constant
    case .int(let constant): value = Double(constant)
    default: throw FunctionError("`\(name)` must be a number, not null")
    }
    guard includingEnds ? (0...1).contains(value) : value > 0 && value < 1 else {
      throw FunctionError("`\(name)` must lie between 0 and 1, not \(value)")
    }
    return value
  }

  /// The constant argument at `index`, an int within bounds.
  func integer(
    _ index: Int, _ name: String, in range: ClosedRange<Int>
  ) throws(FunctionError) -> Int {
    guard case .int(let value) = constants[index] else {
      throw FunctionError("`\(name)` must be an int, not null")
    }
    guard range.contains(value) else {
      throw FunctionError(
        "`\(name)` must lie between \(range.lowerBound) and \(range.upperBound), not \(value)")
    }
    return value
  }
}
