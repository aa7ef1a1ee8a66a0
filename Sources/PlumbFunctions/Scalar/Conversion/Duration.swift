import PlumbColumns

extension ScalarFunction {
  static let duration = ScalarFunction(
    "duration", topic: "conversion",
    summary: "A value as a duration.",
    details: """
      Text is a sum of lengths, `1h 30m`, `1.5h`, `2 days`, or a clock, `10:30:00`. \
      Numbers are seconds. Other text is an error; `try_duration` gives null for it.
      """,
    overloads: [
      Overload([Parameter("x", .duration)], result: .always(.duration)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .float)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        let input = call.arguments[0].doubles()
        return try call.tryRows { (row) throws(FunctionError) in
          guard let length = microseconds(seconds: input[row]) else {
            throw FunctionError("\(FloatText.format(input[row])) seconds are not a duration")
          }
          return length
        }
      },
      Overload([Parameter("x", .string)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToIntegers { (row) throws(FunctionError) in
          guard let length = DurationText.parse(trimmed(text.utf8(row))) else {
            throw unreadable(
              text[row], as: "a duration", hint: "`try_duration` gives null instead")
          }
          return length
        }
      },
    ],
    examples: [
      Example(#"duration("1h 30m")"#, "1h 30m"),
      Example(#"duration("00:01:30")"#, "1m 30s"),
      Example("duration(90)", "1m 30s"),
      Example("duration(null)", "null"),
      Example("duration(nan)", "error: NaN seconds are not a duration"),
      Example(#"duration("")"#, #"error: "" is not a duration"#),
      Example(#"duration("long")"#, #"error: "long" is not a duration"#),
    ])

  static let tryDuration = ScalarFunction(
    "try_duration", topic: "conversion",
    summary: "A value as a duration, or null if it is none.",
    details: "As `duration`, with null in place of an error.",
    overloads: [
      Overload([Parameter("x", .duration)], result: .always(.duration)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .float)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        let input = call.arguments[0].doubles()
        return try call.mapToIntegers { microseconds(seconds: input[$0]) }
      },
      Overload([Parameter("x", .string)], result: .always(.duration)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToIntegers { DurationText.parse(trimmed(text.utf8($0))) }
      },
    ],
    examples: [
      Example(#"try_duration("90s")"#, "1m 30s"),
      Example(#"try_duration("long")"#, "null"),
      Example(#"try_duration("")"#, "null"),
      Example("try_duration(null)", "null"),
      Example("try_duration(nan)", "null"),
      Example("try_duration()", "error: `try_duration` needs `x`"),
    ])
}
