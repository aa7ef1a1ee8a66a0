import PlumbColumns

extension ScalarFunction {
  static let bool = ScalarFunction(
    "bool", topic: "conversion",
    summary: "A value as a bool.",
    details: """
      Numbers are false when they are 0. Text may be true, false, yes, no, on, off, t, \
      f, y, n, 1 or 0, in any case and with space around it. NaN and other text are \
      errors; `try_bool` gives null for them.
      """,
    overloads: [
      Overload([Parameter("x", .bool)], result: .always(.bool)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .int)], result: .always(.bool)) { call in
        call.testFloats { $0 != 0 }
      },
      Overload([Parameter("x", .float)], result: .always(.bool)) { (call) throws(FunctionError) in
        let input = call.arguments[0].doubles()
        for row in 0..<call.count where input[row].isNaN && call.isValid(row) {
          throw FunctionError("NaN is not a bool", hint: "`try_bool` gives null instead", row: row)
        }
        return call.testFloats { $0 != 0 }
      },
      Overload([Parameter("x", .string)], result: .always(.bool)) { (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToBools { (row) throws(FunctionError) in
          guard let bool = parseBool(text[row]) else {
            throw unreadable(text[row], as: "a bool", hint: "`try_bool` gives null instead")
          }
          return bool
        }
      },
    ],
    examples: [
      Example(#"bool("True")"#, "true"),
      Example(#"bool("no")"#, "false"),
      Example("bool(0)", "false"),
      Example("bool(0.5)", "true"),
      Example("bool(null)", "null"),
      Example("bool(nan)", "error: NaN is not a bool"),
      Example(#"bool("")"#, #"error: "" is not a bool"#),
      Example(#"bool("maybe")"#, #"error: "maybe" is not a bool"#),
    ])

  static let tryBool = ScalarFunction(
    "try_bool", topic: "conversion",
    summary: "A value as a bool, or null if it is none.",
    details: "As `bool`, with null in place of an error.",
    overloads: [
      Overload([Parameter("x", .bool)], result: .always(.bool)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .int)], result: .always(.bool)) { call in
        call.testFloats { $0 != 0 }
      },
      Overload([Parameter("x", .float)], result: .always(.bool)) { call in
        let input = call.arguments[0].doubles()
        var builder = BoolColumnBuilder(capacity: call.count)
        for row in 0..<call.count {
          if input[row].isNaN { builder.appendNull() } else { builder.append(input[row] != 0) }
        }
        return builder.finish()
      },
      Overload([Parameter("x", .string)], result: .always(.bool)) { (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToBools { parseBool(text[$0]) }
      },
    ],
    examples: [
      Example(#"try_bool("True")"#, "true"),
      Example(#"try_bool("maybe")"#, "null"),
      Example(#"try_bool("")"#, "null"),
      Example("try_bool(null)", "null"),
      Example("try_bool(nan)", "null"),
      Example("try_bool()", "error: `try_bool` needs `x`"),
    ])
}
