import PlumbColumns

extension ScalarFunction {
  static let milliseconds = ScalarFunction(
    "milliseconds", topic: "time",
    summary: """
      A duration in milliseconds, as a float; of a number, the duration of so many \
      milliseconds.
      """,
    details: "Fractions are kept to the microsecond. What does not fit is an error.",
    overloads: [
      Overload([Parameter("d", .duration)], result: .always(.float)) { call in
        call.mapFloats { $0 / 1_000 }
      },
      Overload([Parameter("x", .float)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        try durations(call, "milliseconds", 1_000)
      },
    ],
    examples: [
      Example("milliseconds(250ms)", "250.0"),
      Example("milliseconds(milliseconds(2.5)) == 2.5", "true"),
      Example("milliseconds(null)", "null"),
      Example("milliseconds(nan)", "error: NaN milliseconds are not a duration"),
    ])

  static let seconds = ScalarFunction(
    "seconds", topic: "time",
    summary: """
      A duration in seconds, as a float; of a number, the duration of so many seconds.
      """,
    details: "Fractions are kept to the microsecond. What does not fit is an error.",
    overloads: [
      Overload([Parameter("d", .duration)], result: .always(.float)) { call in
        call.mapFloats { $0 / 1_000_000 }
      },
      Overload([Parameter("x", .float)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        try durations(call, "seconds", 1_000_000)
      },
    ],
    examples: [
      Example("seconds(1m)", "60.0"),
      Example("seconds(seconds(2.5)) == 2.5", "true"),
      Example("seconds(null)", "null"),
      Example("seconds(nan)", "error: NaN seconds are not a duration"),
    ])

  static let minutes = ScalarFunction(
    "minutes", topic: "time",
    summary: """
      A duration in minutes, as a float; of a number, the duration of so many minutes.
      """,
    details: "Fractions are kept to the microsecond. What does not fit is an error.",
    overloads: [
      Overload([Parameter("d", .duration)], result: .always(.float)) { call in
        call.mapFloats { $0 / 60_000_000 }
      },
      Overload([Parameter("x", .float)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        try durations(call, "minutes", 60_000_000)
      },
    ],
    examples: [
      Example("minutes(90s)", "1.5"),
      Example("minutes(minutes(2.5)) == 2.5", "true"),
      Example("minutes(null)", "null"),
      Example("minutes(nan)", "error: NaN minutes are not a duration"),
    ])

  static let hours = ScalarFunction(
    "hours", topic: "time",
    summary: "A duration in hours, as a float; of a number, the duration of so many hours.",
    details: "Fractions are kept to the microsecond. What does not fit is an error.",
    overloads: [
      Overload([Parameter("d", .duration)], result: .always(.float)) { call in
        call.mapFloats { $0 / 3_600_000_000 }
      },
      Overload([Parameter("x", .float)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        try durations(call, "hours", 3_600_000_000)
      },
    ],
    examples: [
      Example("hours(90m)", "1.5"),
      Example("hours(hours(2.5)) == 2.5", "true"),
      Example("hours(null)", "null"),
      Example("hours(nan)", "error: NaN hours are not a duration"),
    ])

  static let days = ScalarFunction(
    "days", topic: "time",
    summary: "A duration in days, as a float; of a number, the duration of so many days.",
    details: "Fractions are kept to the microsecond. What does not fit is an error.",
    overloads: [
      Overload([Parameter("d", .duration)], result: .always(.float)) { call in
        call.mapFloats { $0 / 86_400_000_000 }
      },
      Overload([Parameter("x", .float)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        try durations(call, "days", 86_400_000_000)
      },
    ],
    examples: [
      Example("days(36h)", "1.5"),
      Example("days(days(2.5)) == 2.5", "true"),
      Example("days(null)", "null"),
      Example("days(nan)", "error: NaN days are not a duration"),
    ])

  static let weeks = ScalarFunction(
    "weeks", topic: "time",
    summary: "A duration in weeks, as a float; of a number, the duration of so many weeks.",
    details: "Fractions are kept to the microsecond. What does not fit is an error.",
    overloads: [
      Overload([Parameter("d", .duration)], result: .always(.float)) { call in
        call.mapFloats { $0 / 604_800_000_000 }
      },
      Overload([Parameter("x", .float)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        try durations(call, "weeks", 604_800_000_000)
      },
    ],
    examples: [
      Example("weeks(7d)", "1.0"),
      Example("weeks(weeks(2.5)) == 2.5", "true"),
      Example("weeks(null)", "null"),
      Example("weeks(nan)", "error: NaN weeks are not a duration"),
    ])
}

/// The durations of numbers of a unit.
private func durations(
  _ call: KernelCall, _ unit: String, _ microseconds: Double
) throws(FunctionError) -> Column {
  let input = call.arguments[0].doubles()
  return try call.tryRows { (row) throws(FunctionError) in
    let length = (input[row] * microseconds).rounded(.toNearestOrAwayFromZero)
    guard let duration = wholeNumber(length) else {
      throw FunctionError("\(FloatText.format(input[row])) \(unit) are not a duration")
    }
    return duration
  }
}
