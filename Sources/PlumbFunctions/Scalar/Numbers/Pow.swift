import PlumbColumns
import Glibc

extension ScalarFunction {
  static let pow = ScalarFunction(
    "pow", topic: "numbers",
    summary: "A number to the power of another, as a float.",
    details: """
      `**` does the same for floats and keeps ints. NaN for a number below 0 and a power \
      that is not whole.
      """,
    overloads: [
      Overload([Parameter("x", .float), Parameter("power", .float)], result: .always(.float)) {
        call in
        call.mapFloats { Glibc.pow($0, $1) }
      }
    ],
    examples: [
      Example("pow(2, 10)", "1024.0"),
      Example("pow(2, null)", "null"),
      Example("pow(nan, 2)", "NaN"),
      Example("pow(-8, 0.5)", "NaN"),
      Example(#"pow("two", 10)"#, "error: `x` of `pow` must be float, and this is string"),
    ])
}
