import PlumbColumns

extension ScalarFunction {
  static let timestamp = ScalarFunction(
    "timestamp", topic: "conversion",
    summary: "A value as a time.",
    details: """
      Text is ISO 8601: `2026-11-23`, `2026-11-23T10:30`, with a space in place of the \
      `T`, seconds, fractions and an offset if wanted; without an offset it is UTC. \
      Numbers are seconds since 1970 (`from_unix` takes other units). Other text is an \
      error; `try_timestamp` gives null for it, `parse_time` reads other forms.
      """,
    overloads: [
      Overload([Parameter("x", .timestamp)], result: .always(.timestamp)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .float)], result: .always(.timestamp)) {
        (call) throws(FunctionError) in
        let input = call.arguments[0].doubles()
        return try call.tryRows { (row) throws(FunctionError) in
          guard let time = microseconds(seconds: input[row]) else {
            throw FunctionError(
              "\(FloatText.format(input[row])) seconds are not a time",
              hint: "milliseconds are read by `from_unix(x, \"ms\")`")
          }
          return time
        }
      },
      Overload([Parameter("x", .string)], result: .always(.timestamp)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToIntegers { (row) throws(FunctionError) in
          guard let time = TimestampText.parse(trimmed(text.utf8(row))) else {
            throw unreadable(
              text[row], as: "a timestamp",
              hint:
                "`try_timestamp` gives null instead; `parse_time(text, format)` reads other forms")
          }
          return time
        }
      },
    ],
    examples: [
      Example(#"timestamp("2026-11-23")"#, "2026-11-23T00:00:00Z"),
      Example(#"timestamp("2026-11-23 10:30:00+02:00")"#, "2026-11-23T08:30:00Z"),
      Example("timestamp(86400)", "1970-01-02T00:00:00Z"),
      Example("timestamp(0.25)", "1970-01-01T00:00:00.25Z"),
      Example("timestamp(null)", "null"),
      Example("timestamp(nan)", "error: NaN seconds are not a time"),
      Example(#"timestamp("")"#, #"error: "" is not a timestamp"#),
      Example(#"timestamp("yesterday")"#, #"error: "yesterday" is not a timestamp"#),
    ])

  static let tryTimestamp = ScalarFunction(
    "try_timestamp", topic: "conversion",
    summary: "A value as a time, or null if it is none.",
    details: "As `timestamp`, with null in place of an error.",
    overloads: [
      Overload([Parameter("x", .timestamp)], result: .always(.timestamp)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .float)], result: .always(.timestamp)) {
        (call) throws(FunctionError) in
        let input = call.arguments[0].doubles()
        return try call.mapToIntegers { microseconds(seconds: input[$0]) }
      },
      Overload([Parameter("x", .string)], result: .always(.timestamp)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToIntegers { TimestampText.parse(trimmed(text.utf8($0))) }
      },
    ],
    examples: [
      Example(#"try_timestamp("2026-11-23")"#, "2026-11-23T00:00:00Z"),
      Example(#"try_timestamp("yesterday")"#, "null"),
      Example(#"try_timestamp("")"#, "null"),
      Example("try_timestamp(null)", "null"),
      Example("try_timestamp(nan)", "null"),
      Example("try_timestamp()", "error: `try_timestamp` needs `x`"),
    ])
}

/// Seconds in microseconds, rounded, if an int holds them.
func microseconds(seconds: Double) -> Int? {
  wholeNumber((seconds * 1_000_000).rounded(.toNearestOrAwayFromZero))
}
