import PlumbColumns

extension ScalarFunction {
  static let ago = ScalarFunction(
    "ago", topic: "time",
    summary: "The time that lies a duration before `now()`.",
    overloads: [
      Overload([Parameter("d", .duration)], result: .always(.timestamp)) {
        (call) throws(FunctionError) in
        try call.tryIntegers { (length) throws(FunctionError) in
          let time = call.environment.nowMicroseconds.subtractingReportingOverflow(length)
          guard !time.overflow else { throw timeOutOfRange() }
          return time.partialValue
        }
      }
    ],
    examples: [
      Example("ago(1d) == now() - 1d", "true"),
      Example("ago(null)", "null"),
      Example("ago(106751d) < ago(1d)", "true"),
      Example("ago(-106751991d)", "error: the time is outside the range of timestamps"),
    ])
}
