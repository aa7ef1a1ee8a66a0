import PlumbColumns

extension ScalarFunction {
  static let toUnix = ScalarFunction(
    "to_unix", topic: "time",
    summary: "The seconds since 1970-01-01T00:00Z, or another unit, as an int.",
    details: #"Units are "s", "ms", "us" and "ns". Rounded down."#,
    overloads: [
      Overload(
        [Parameter("t", .timestamp), Parameter("unit", .string, default: .string("s"))],
        result: .always(.int)
      ) { (call) throws(FunctionError) in
        let times = call.arguments[0].integers()
        let units = call.text(1)
        return try call.tryRows { (row) throws(FunctionError) in
          let ticks = try ticksPerSecond(units[row])
          if ticks > 1_000_000 {
            let scaled = times[row].multipliedReportingOverflow(by: ticks / 1_000_000)
            guard !scaled.overflow else { throw timeOutOfRange() }
            return scaled.partialValue
          }
          let width = 1_000_000 / ticks
          return floorQuotient(times[row], width)
        }
      }
    ],
    examples: [
      Example("to_unix(@2026-11-23)", "1795392000"),
      Example(#"to_unix(@1970-01-01T00:00:01.5Z, "ms")"#, "1500"),
      Example("to_unix(null)", "null"),
      Example(#"to_unix(@2026-11-23, "")"#, "error: `` is not a unit of Unix time"),
      Example(#"to_unix(@2026-11-23, "h")"#, "error: `h` is not a unit of Unix time"),
    ])

  static let fromUnix = ScalarFunction(
    "from_unix", topic: "time",
    summary: """
      The time that is a number of seconds, or of another unit, after 1970-01-01T00:00Z.
      """,
    details: #"Units are "s", "ms", "us" and "ns". MLflow stores milliseconds."#,
    overloads: [
      Overload(
        [Parameter("x", .int), Parameter("unit", .string, default: .string("s"))],
        result: .always(.timestamp)
      ) { (call) throws(FunctionError) in
        let input = call.arguments[0].integers()
        let units = call.text(1)
        return try call.tryRows { (row) throws(FunctionError) in
          let ticks = try ticksPerSecond(units[row])
          if ticks > 1_000_000 {
            let width = ticks / 1_000_000
            return floorQuotient(input[row], width)
          }
          let scaled = input[row].multipliedReportingOverflow(by: 1_000_000 / ticks)
          guard !scaled.overflow else { throw timeOutOfRange() }
          return scaled.partialValue
        }
      },
      Overload(
        [Parameter("x", .float), Parameter("unit", .string, default: .string("s"))],
        result: .always(.timestamp)
      ) { (call) throws(FunctionError) in
        let input = call.arguments[0].doubles()
        let units = call.text(1)
        return try call.tryRows { (row) throws(FunctionError) in
          let ticks = try ticksPerSecond(units[row])
          guard input[row].isFinite else {
            throw FunctionError("\(FloatText.format(input[row])) is not a Unix time")
          }
          guard let time = microseconds(seconds: input[row] / Double(ticks)) else {
            throw timeOutOfRange()
          }
          return time
        }
      },
    ],
    examples: [
      Example("from_unix(1795392000)", "2026-11-23T00:00:00Z"),
      Example(#"from_unix(1500, "ms")"#, "1970-01-01T00:00:01.5Z"),
      Example("from_unix(null)", "null"),
      Example("from_unix(nan)", "error: NaN is not a Unix time"),
      Example(#"from_unix(1, "")"#, "error: `` is not a unit of Unix time"),
      Example(
        "from_unix(9223372036854775807)", "error: the time is outside the range of timestamps"),
    ])
}

/// How many of a unit make a second.
private func ticksPerSecond(_ unit: String) throws(FunctionError) -> Int {
  switch unit {
  case "s": return 1
  case "ms": return 1_000
  case "us": return 1_000_000
  case "ns": return 1_000_000_000
  default:
    throw FunctionError(
      "`\(unit)` is not a unit of Unix time", hint: "units are \"s\", \"ms\", \"us\" and \"ns\"")
  }
}
