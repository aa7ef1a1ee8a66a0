import PlumbColumns

extension ScalarFunction {
  static let parseTime = ScalarFunction(
    "parse_time", topic: "time",
    summary: "The time that a text shows in a given form.",
    details: """
      The form is that of `format_time`. Without `%z` the text is on the clock of UTC or \
      of the zone given. Text of another form is an error; `try_parse_time` gives null \
      for it.
      """,
    overloads: [
      Overload(
        [Parameter("text", .string), Parameter("form", .string)], result: .always(.timestamp)
      ) { (call) throws(FunctionError) in
        try parseTimes(call, orNull: false)
      },
      Overload(
        [Parameter("text", .string), Parameter("form", .string), Parameter("zone", .string)],
        result: .always(.timestamp)
      ) { (call) throws(FunctionError) in
        try parseTimes(call, orNull: false)
      },
    ],
    examples: [
      Example(#"parse_time("23.11.2026 10:30", "%d.%m.%Y %H:%M")"#, "2026-11-23T10:30:00Z"),
      Example(#"parse_time("Nov 3, 2026", "%b %e, %Y")"#, "2026-11-03T00:00:00Z"),
      Example(#"parse_time("2026-11-23", "%F", "Europe/Berlin")"#, "2026-11-22T23:00:00Z"),
      Example(#"parse_time(null, "%F")"#, "null"),
      Example(#"parse_time("", "%F")"#, #"error: "" does not have the form `%F`"#),
    ])

  static let tryParseTime = ScalarFunction(
    "try_parse_time", topic: "time",
    summary: "The time that a text shows in a given form, or null if it does not have it.",
    details: """
      As `parse_time`, with null in place of an error. A form that is none is an error \
      still.
      """,
    overloads: [
      Overload(
        [Parameter("text", .string), Parameter("form", .string)], result: .always(.timestamp)
      ) { (call) throws(FunctionError) in
        try parseTimes(call, orNull: true)
      },
      Overload(
        [Parameter("text", .string), Parameter("form", .string), Parameter("zone", .string)],
        result: .always(.timestamp)
      ) { (call) throws(FunctionError) in
        try parseTimes(call, orNull: true)
      },
    ],
    examples: [
      Example(#"try_parse_time("23.11.2026", "%d.%m.%Y")"#, "2026-11-23T00:00:00Z"),
      Example(#"try_parse_time("31.02.2026", "%d.%m.%Y")"#, "null"),
      Example(#"try_parse_time("", "%F")"#, "null"),
      Example(#"try_parse_time(null, "%F")"#, "null"),
      Example(#"try_parse_time("", "%Q")"#, "error: `%Q` is not known in the format of a time"),
    ])
}

private func parseTimes(_ call: KernelCall, orNull: Bool) throws(FunctionError) -> Column {
  let text = call.text(0)
  let patterns = TimePatternArgument(call, 1)
  let zones = ZoneArgument(call, 2)
  return try call.mapToIntegers { (row) throws(FunctionError) in
    let pattern = try patterns.at(row)
    if let time = pattern.parse(text[row], zone: try zones.at(row)) { return time }
    if orNull { return nil }
    throw FunctionError(
      "\(quotedBriefly(text[row])) does not have the form `\(pattern.text)`",
      hint: "`try_parse_time` gives null instead")
  }
}
