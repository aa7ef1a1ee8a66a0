import PlumbColumns

extension ScalarFunction {
  static let pi = ScalarFunction(
    "pi", topic: "numbers",
    summary: "The number pi.",
    overloads: [
      Overload([], result: .always(.float)) { call in
        Column(constant: .float(Double.pi), type: .float, count: call.count)
      }
    ],
    examples: [
      Example("pi()", "3.141592653589793"),
      Example("round(pi(), 2)", "3.14"),
      Example("pi(1)", "error: `pi` takes no arguments"),
    ])
}
