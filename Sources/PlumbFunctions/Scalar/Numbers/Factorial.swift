import PlumbColumns

extension ScalarFunction {
  static let factorial = ScalarFunction(
    "factorial", topic: "numbers",
    summary: "The product of the whole numbers from 1 to n, as an int.",
    details: "An error below 0 and above 20, where it leaves 64 bits.",
    overloads: [
      Overload([Parameter("n", .int)], result: .always(.int)) { (call) throws(FunctionError) in
        try call.tryIntegers { (n) throws(FunctionError) in
          guard n >= 0 else { throw FunctionError("factorial(\(n)) is not defined") }
          guard n <= 20 else {
            throw FunctionError("factorial(\(n)) does not fit an int", kind: .overflow)
          }
          return n < 2 ? 1 : (2...n).reduce(1, *)
        }
      }
    ],
    examples: [
      Example("factorial(5)", "120"),
      Example("factorial(0)", "1"),
      Example("factorial(null)", "null"),
      Example("factorial(21)", "error: factorial(21) does not fit an int"),
      Example("factorial(-1)", "error: factorial(-1) is not defined"),
    ])
}
