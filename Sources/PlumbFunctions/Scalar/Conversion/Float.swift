import PlumbColumns

extension ScalarFunction {
  static let float = ScalarFunction(
    "float", topic: "conversion",
    summary: "A value as a float.",
    details: """
      Text may be `nan`, `inf`, `-inf` or `Infinity` in any case and have space around \
      it; other text is an error, and `try_float` gives null for it. Bools become 0.0 \
      and 1.0, durations seconds.
      """,
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .bool)], result: .always(.float)) { call in
        call.mapFloats { $0 }
      },
      Overload([Parameter("x", .duration)], result: .always(.float)) { call in
        call.mapFloats { $0 / 1_000_000 }
      },
      Overload([Parameter("x", .string)], result: .always(.float)) { (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToFloats { (row) throws(FunctionError) in
          guard let double = parseFloat(text.utf8(row)) else {
            throw unreadable(text[row], as: "a float", hint: "`try_float` gives null instead")
          }
          return double
        }
      },
    ],
    examples: [
      Example(#"float("0.5")"#, "0.5"),
      Example("float(3)", "3.0"),
      Example(#"float("1e-3")"#, "0.001"),
      Example("float(90s)", "90.0"),
      Example("float(null)", "null"),
      Example(#"float("nan")"#, "NaN"),
      Example("float(nan)", "NaN"),
      Example(#"float("")"#, #"error: "" is not a float"#),
      Example(#"float("high")"#, #"error: "high" is not a float"#),
    ])

  static let tryFloat = ScalarFunction(
    "try_float", topic: "conversion",
    summary: "A value as a float, or null if it is none.",
    details: "As `float`, with null in place of an error.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.arguments[0]
      },
      Overload([Parameter("x", .bool)], result: .always(.float)) { call in
        call.mapFloats { $0 }
      },
      Overload([Parameter("x", .duration)], result: .always(.float)) { call in
        call.mapFloats { $0 / 1_000_000 }
      },
      Overload([Parameter("x", .string)], result: .always(.float)) { (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToFloats { parseFloat(text.utf8($0)) }
      },
    ],
    examples: [
      Example(#"try_float("0.5")"#, "0.5"),
      Example(#"try_float("high")"#, "null"),
      Example(#"try_float("")"#, "null"),
      Example("try_float(null)", "null"),
      Example("try_float(nan)", "NaN"),
      Example("try_float()", "error: `try_float` needs `x`"),
    ])
}
