import PlumbColumns

extension ScalarFunction {
  static let today = ScalarFunction(
    "today", topic: "time",
    summary: "The beginning of the day of `now()`, in UTC or another zone.",
    overloads: [
      Overload([], result: .always(.timestamp)) { (call) throws(FunctionError) in
        let start = try startOfStep(.day, call.environment.nowMicroseconds, .utc)
        return Column(constant: .timestamp(start), type: .timestamp, count: call.count)
      },
      Overload([Parameter("zone", .string)], result: .always(.timestamp)) {
        (call) throws(FunctionError) in
        let zones = ZoneArgument(call, 0)
        return try call.tryRows { (row) throws(FunctionError) in
          try startOfStep(.day, call.environment.nowMicroseconds, zones.at(row))
        }
      },
    ],
    examples: [
      Example("today() <= now()", "true"),
      Example("today(null)", "null"),
      Example(#"today("Mars/Base")"#, "error: there is no time zone `Mars/Base`"),
    ])
}
