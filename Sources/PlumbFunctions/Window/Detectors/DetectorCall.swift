import PlumbColumns
import PlumbStatistics

extension WindowCall {
  /// Whether a detector, begun anew for each group, finds a change at each row.
  ///
  /// False at rows that are null or NaN: they are passed over.
  func detected<Detector: StreamDetector>(
    _ make: @autoclosure () -> Detector
  ) throws(FunctionError) -> Column {
    let values = arguments[0].doubles()
    let present = arguments[0].presence
    let result = Buffer<UInt8>(repeating: 0, count: count)
    try forEachGroup { (start, end) throws(FunctionError) in
      var detector = make()
      for row in start..<end {
        if (row - start) & 0xFFFF == 0 { try environment.control.checkFunction() }
        guard present?[row] ?? true, !values[row].isNaN else { continue }
        if detector.add(values[row]) { result.base[row] = 1 }
      }
    }
    return Column(type: .bool, count: count, storage: .bool(Values(result)))
  }

  /// The constant argument at `index`, a number within bounds.
  func constantNumber(
    _ index: Int, _ name: String, _ isAllowed: (Double) -> Bool, _ bounds: String
  ) throws(FunctionError) -> Double {
    guard case .float(let value)? = arguments[index].constantValue, isAllowed(value) else {
      let given = plainText(arguments[index].constantValue ?? .null)
      throw FunctionError("`\(name)` must be \(bounds), not \(given)")
    }
    return value
  }

  /// The constant argument at `index`, an int from `least` to `most`.
  func constantCount(
    _ index: Int, _ name: String, least: Int, most: Int = 1_000_000_000
  ) throws(FunctionError) -> Int {
    let value = try constantInt(index, name)
    guard value <= most else {
      throw FunctionError("`\(name)` must be at most \(most), not \(value)")
    }
    guard value >= least else {
      throw FunctionError("`\(name)` must be at least \(least), not \(value)")
    }
    return value
  }

  /// The constant argument at `index`, a probability above 0 and below 1.
  func constantShare(_ index: Int, _ name: String) throws(FunctionError) -> Double {
    try constantNumber(index, name, { $0 > 0 && $0 < 1 }, "between 0 and 1")
  }

  /// The constant argument at `index`, the direction of a change.
  func constantDirection(_ index: Int) throws(FunctionError) -> ChangeDirection {
    guard case .string(let text)? = arguments[index].constantValue,
      let direction = ChangeDirection(rawValue: text)
    else {
      let given = plainText(arguments[index].constantValue ?? .null)
      throw FunctionError(#"`mode` must be "up", "down" or "both", not "# + given)
    }
    return direction
  }
}

extension WindowFunction {
  /// What the documentation of every detector says of its rows.
  static let detectorRows =
    "True on the row where a change is found; the detector begins anew with the row after. Rows "
    + "that are null or NaN are passed over (false)."

  /// What it says of a detector that agrees with River's.
  static let detectorRowsAsRiver =
    detectorRows + " It fires on the rows on which River 0.26 fires."
}

extension Parameter {
  /// A number that must be known beforehand.
  static func constant(_ name: String, _ value: Double?) -> Parameter {
    Parameter(name, .float, default: value.map { .float($0) } ?? .null, isConstant: true)
  }

  /// A count that must be known beforehand.
  static func constant(_ name: String, _ value: Int) -> Parameter {
    Parameter(name, .int, default: .int(value), isConstant: true)
  }

  /// Whether a fall is a change too.
  static let twoSided = Parameter(
    "two_sided", .bool, default: .bool(false), isConstant: true)

  /// What detectors watch: numbers, or bools as 0 and 1.
  static let streamPatterns: [TypePattern] = [.float, .bool]
}
