import PlumbColumns

extension ScalarFunction {
  static let int = ScalarFunction(
    "int", topic: "conversion",
    summary: "A value as an int.",
    details: """
      Floats lose their decimal places, bools become 0 and 1. Text may have a sign and \
      space around it. NaN, infinities, what does not fit 64 bits and other text are \
      errors; `try_int` gives null for them.
      """,
    overloads: [
      Overload([Parameter("x", .int)], result: .always(.int)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .float)], result: .always(.int)) { (call) throws(FunctionError) in
        let input = call.arguments[0].doubles()
        return try call.tryRows { (row) throws(FunctionError) in
          guard let int = wholeNumber(input[row]) else {
            throw FunctionError(
              "\(FloatText.format(input[row])) is not an int", hint: "`try_int` gives null instead")
          }
          return int
        }
      },
      Overload([Parameter("x", .bool)], result: .always(.int)) { call in
        call.mapIntegers { $0 }
      },
      Overload([Parameter("x", .string)], result: .always(.int)) { (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToIntegers { (row) throws(FunctionError) in
          guard let int = parseInt(text.utf8(row)) else {
            throw unreadable(text[row], as: "an int", hint: "`try_int` gives null instead")
          }
          return int
        }
      },
    ],
    examples: [
      Example(#"int("42")"#, "42"),
      Example("int(2.9)", "2"),
      Example("int(-2.9)", "-2"),
      Example("int(true)", "1"),
      Example("int(null)", "null"),
      Example("int(nan)", "error: NaN is not an int"),
      Example(#"int("")"#, #"error: "" is not an int"#),
      Example(#"int("many")"#, #"error: "many" is not an int"#),
    ])

  static let tryInt = ScalarFunction(
    "try_int", topic: "conversion",
    summary: "A value as an int, or null if it is none.",
    details: "As `int`, with null in place of an error.",
    overloads: [
      Overload([Parameter("x", .int)], result: .always(.int)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .float)], result: .always(.int)) { call in
        let input = call.arguments[0].doubles()
        var builder = IntegerColumnBuilder(capacity: call.count)
        for row in 0..<call.count {
          if let int = wholeNumber(input[row]) { builder.append(int) } else { builder.appendNull() }
        }
        return builder.finish()
      },
      Overload([Parameter("x", .bool)], result: .always(.int)) { call in
        call.mapIntegers { $0 }
      },
      Overload([Parameter("x", .string)], result: .always(.int)) { (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToIntegers { parseInt(text.utf8($0)) }
      },
    ],
    examples: [
      Example(#"try_int("42")"#, "42"),
      Example(#"try_int("many")"#, "null"),
      Example(#"try_int("")"#, "null"),
      Example("try_int(null)", "null"),
      Example("try_int(nan)", "null"),
      Example("try_int()", "error: `try_int` needs `x`"),
    ])
}

/// A float without its decimal places, if an int holds it.
func wholeNumber(_ value: Double) -> Int? {
  // 2^63 itself is a double, the greatest int is not.
  value >= -0x1p63 && value < 0x1p63 ? Int(value) : nil
}
