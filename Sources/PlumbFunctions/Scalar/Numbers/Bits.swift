import PlumbColumns

extension ScalarFunction {
  static let bitAnd = ScalarFunction(
    "bit_and", topic: "numbers",
    summary: "The bits that are set in both of two ints.",
    overloads: [
      Overload([Parameter("a", .int), Parameter("b", .int)], result: .always(.int)) { call in
        call.mapIntegers { $0 & $1 }
      }
    ],
    examples: [
      Example("bit_and(12, 10)", "8"),
      Example("bit_and(0xff, 0x0f)", "15"),
      Example("bit_and(1, null)", "null"),
      Example(#"bit_and("two", 10)"#, "error: `a` of `bit_and` must be int, and this is string"),
    ])

  static let bitOr = ScalarFunction(
    "bit_or", topic: "numbers",
    summary: "The bits that are set in one of two ints or both.",
    overloads: [
      Overload([Parameter("a", .int), Parameter("b", .int)], result: .always(.int)) { call in
        call.mapIntegers { $0 | $1 }
      }
    ],
    examples: [
      Example("bit_or(12, 10)", "14"),
      Example("bit_or(1, null)", "null"),
      Example(#"bit_or("two", 10)"#, "error: `a` of `bit_or` must be int, and this is string"),
    ])

  static let bitXor = ScalarFunction(
    "bit_xor", topic: "numbers",
    summary: "The bits that are set in just one of two ints.",
    overloads: [
      Overload([Parameter("a", .int), Parameter("b", .int)], result: .always(.int)) { call in
        call.mapIntegers { $0 ^ $1 }
      }
    ],
    examples: [
      Example("bit_xor(12, 10)", "6"),
      Example("bit_xor(1, null)", "null"),
      Example(#"bit_xor("two", 10)"#, "error: `a` of `bit_xor` must be int, and this is string"),
    ])

  static let bitNot = ScalarFunction(
    "bit_not", topic: "numbers",
    summary: "An int with every bit turned over.",
    overloads: [
      Overload([Parameter("a", .int)], result: .always(.int)) { call in call.mapIntegers { ~$0 } }
    ],
    examples: [
      Example("bit_not(0)", "-1"),
      Example("bit_not(null)", "null"),
      Example(#"bit_not("two")"#, "error: `a` of `bit_not` must be int, and this is string"),
    ])

  static let bitShiftLeft = ScalarFunction(
    "bit_shift_left", topic: "numbers",
    summary: "An int with its bits moved to the left.",
    details: "Bits that leave the 64 are lost. A count below 0 is an error.",
    overloads: [
      Overload([Parameter("a", .int), Parameter("bits", .int)], result: .always(.int)) {
        (call) throws(FunctionError) in
        try call.tryIntegers { (a, bits) throws(FunctionError) in
          guard bits >= 0 else {
            throw FunctionError("the number of bits to move by must not be below 0, not \(bits)")
          }
          return a << bits
        }
      }
    ],
    examples: [
      Example("bit_shift_left(1, 4)", "16"),
      Example("bit_shift_left(1, 64)", "0"),
      Example("bit_shift_left(1, null)", "null"),
      Example(
        "bit_shift_left(1, -1)", "error: the number of bits to move by must not be below 0, not -1"),
    ])

  static let bitShiftRight = ScalarFunction(
    "bit_shift_right", topic: "numbers",
    summary: "An int with its bits moved to the right; the sign stays.",
    details: "Bits that leave the 64 are lost. A count below 0 is an error.",
    overloads: [
      Overload([Parameter("a", .int), Parameter("bits", .int)], result: .always(.int)) {
        (call) throws(FunctionError) in
        try call.tryIntegers { (a, bits) throws(FunctionError) in
          guard bits >= 0 else {
            throw FunctionError("the number of bits to move by must not be below 0, not \(bits)")
          }
          return a >> bits
        }
      }
    ],
    examples: [
      Example("bit_shift_right(16, 4)", "1"),
      Example("bit_shift_right(-16, 2)", "-4"),
      Example("bit_shift_right(1, null)", "null"),
      Example(
        "bit_shift_right(1, -1)", "error: the number of bits to move by must not be below 0, not -1"
      ),
    ])
}
