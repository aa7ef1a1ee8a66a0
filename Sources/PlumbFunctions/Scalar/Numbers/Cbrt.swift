import Glibc
import PlumbColumns

extension ScalarFunction {
  static let cbrt = ScalarFunction(
    "cbrt", topic: "numbers",
    summary: "The cube root.",
    details: "Exact for the cubes of whole numbers.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { cubeRoot($0) }
      }
    ],
    examples: [
      Example("cbrt(27)", "3.0"),
      Example("cbrt(-8.0)", "-2.0"),
      Example("cbrt(null)", "null"),
      Example("cbrt(nan)", "NaN"),
      Example(#"cbrt("two")"#, "error: `x` of `cbrt` must be float, and this is string"),
    ])
}

/// The cube root; the library's is off by a bit even for 27.
private func cubeRoot(_ x: Double) -> Double {
  let root = Glibc.cbrt(x)
  let whole = root.rounded()
  return whole * whole * whole == x ? whole : root
}
