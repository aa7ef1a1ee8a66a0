/// What makes a stored whole number the one of the table, such as milliseconds microseconds.
enum NumberScaling: Sendable, Equatable {
  case one
  case times(Int)
  /// Rounded down.
  case dividedBy(Int)

  /// The scaled number; nil beyond 64 bits.
  func scaled(_ value: Int) -> Int? {
    switch self {
    case .one: return value
    case .times(let factor):
      let (product, overflows) = value.multipliedReportingOverflow(by: factor)
      return overflows ? nil : product
    case .dividedBy(let divisor): return value / divisor - (value % divisor < 0 ? 1 : 0)
    }
  }

  /// Scales numbers where they are; false when one does not fit into 64 bits.
  func scale(_ values: UnsafeMutablePointer<Int>, count: Int) -> Bool {
    switch self {
    case .one: return true
    case .times(let factor):
      var overflows = false
      for index in 0..<count {
        let product = values[index].multipliedReportingOverflow(by: factor)
        overflows = overflows || product.overflow
        values[index] = product.partialValue
      }
      return !overflows
    case .dividedBy(let divisor):
      for index in 0..<count {
        let quotient = values[index] / divisor
        values[index] = values[index] % divisor < 0 ? quotient - 1 : quotient
      }
      return true
    }
  }
}
