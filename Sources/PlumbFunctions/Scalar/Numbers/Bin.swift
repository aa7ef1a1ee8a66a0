import PlumbColumns

extension ScalarFunction {
  static let bin = ScalarFunction(
    "bin", topic: "numbers",
    summary: """
      A number or duration rounded down to a multiple of a width: the start of its bin.
      """,
    details: """
      The type stays. NaN and infinities stay as they are. For times, see `bucket`. A \
      width that is not above 0 is an error.
      """,
    overloads: [
      Overload([Parameter("x", .int), Parameter("width", .int)], result: .always(.int)) {
        (call) throws(FunctionError) in
        try binIntegers(call)
      },
      Overload(
        [Parameter("x", .duration), Parameter("width", .duration)], result: .always(.duration)
      ) { (call) throws(FunctionError) in
        try binIntegers(call)
      },
      Overload([Parameter("x", .float), Parameter("width", .float)], result: .always(.float)) {
        (call) throws(FunctionError) in
        let (x, width) = (call.arguments[0].doubles(), call.arguments[1].doubles())
        return try call.tryFloatRows { (row) throws(FunctionError) in
          guard width[row] > 0 else { throw badWidth(.float(width[row])) }
          let value = x[row]
          return value.isInfinite ? value : (value / width[row]).rounded(.down) * width[row]
        }
      },
    ],
    examples: [
      Example("bin(17, 5)", "15"),
      Example("bin(-1, 5)", "-5"),
      Example("bin(0.37, 0.25)", "0.25"),
      Example("bin(100s, 1m)", "1m"),
      Example("bin(null, 5)", "null"),
      Example("bin(nan, 0.5)", "NaN"),
      Example("bin(1, 0)", "error: the width of a bin must be above 0, not 0"),
    ])
}

private func binIntegers(_ call: KernelCall) throws(FunctionError) -> Column {
  switch call.arguments[1].constantValue {
  case .int(let width)?, .duration(let width)?:
    if let bins = RoundDown.column(call.arguments[0], width: width) { return bins }
  default: break
  }
  return try call.tryIntegers { (x, width) throws(FunctionError) in
    guard width > 0 else {
      throw badWidth(call.resultType == .int ? .int(width) : .duration(width))
    }
    let remainder = x % width
    let (start, overflow) = (x - remainder).subtractingReportingOverflow(
      remainder < 0 ? width : 0)
    guard !overflow else {
      throw FunctionError("the bin of \(x) does not fit an int", kind: .overflow)
    }
    return start
  }
}

private func badWidth(_ width: Value) -> FunctionError {
  FunctionError("the width of a bin must be above 0, not \(plainText(width))")
}
