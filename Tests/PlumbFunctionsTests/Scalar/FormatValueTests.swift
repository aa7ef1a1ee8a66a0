import PlumbColumns
import PlumbFunctions
import Testing

/// Formats against what Python 3 gives.
@Suite struct FormatValueTests {
  @Test(arguments: [
    (1234567.891, ",.2f", "1,234,567.89"), (0.000123, ".2e", "1.23e-04"),
    (3.14159, ".4g", "3.142"), (1e20, "g", "1e+20"), (0.5, "%", "50.000000%"),
    (12.5, ">8.1f", "    12.5"), (-12.5, "=8.1f", "-   12.5"), (2.675, ".2f", "2.67"),
    (0.125, ".2f", "0.12"), (1e10, ".3", "1e+10"), (-3.7, "08.2f", "-0003.70"),
    (.infinity, "6.1f", "Infinity"), (-.infinity, "", "-Infinity"), (.nan, ">5", "  NaN"),
    (-0.0, ".1f", "-0.0"), (1.0, "", "1.0"), (999_999.5, ",.0f", "1,000,000"),
  ])
  func floats(_ value: Double, _ spec: String, _ expected: String) throws {
    #expect(try formatValue(.float(value), spec: spec) == expected)
  }

  @Test(arguments: [
    (-5, "05d", "-0005"), (255, "X", "FF"), (10, "b", "1010"), (1234, "+,d", "+1,234"),
    (1_234_567, "_d", "1_234_567"), (3, ".2f", "3.00"), (42, "", "42"), (42, "^6", "  42  "),
    (Int.min, ",", "-9,223,372,036,854,775,808"), (999, ",", "999"), (7, " d", " 7"),
    (12, "*>5", "***12"), (1, ".1%", "100.0%"),
  ])
  func ints(_ value: Int, _ spec: String, _ expected: String) throws {
    #expect(try formatValue(.int(value), spec: spec) == expected)
  }

  /// A missing time has no year, and is no fault of the format.
  @Test func nullAmongTimes() throws {
    let format = try ValueFormat("%Y", for: .timestamp)
    #expect(try format.text(of: .timestamp(0)) == "1970")
    #expect(try format.text(of: .null) == "null")
  }

  @Test func fixedDigitsWriteTheSame() throws {
    #expect(try ValueFormat(".2f", for: .float).fixedDigits == 2)
    #expect(try ValueFormat("F", for: .float).fixedDigits == 6)
    for spec in ["", "8.2f", "+.2f", ",.2f", ".2e", ".2"] {
      #expect(try ValueFormat(spec, for: .float).fixedDigits == nil, "\(spec)")
    }
    for value in [0, -0.0, 2.675, -1e300, 1e-300, 123.456, .nan, .infinity, -.infinity] {
      for digits in [0, 2, 300] {
        var buffer = TextBuffer()
        appendFixed(value, digits: digits, to: &buffer)
        let text = buffer.string
        #expect(try text == formatValue(.float(value), spec: ".\(digits)f"))
      }
    }
  }

  @Test func texts() throws {
    #expect(try formatValue(.string("ab"), spec: "^7") == "  ab   ")
    #expect(try formatValue(.string("ab"), spec: "*<5") == "ab***")
    #expect(try formatValue(.string("résumé"), spec: ".3") == "rés")
    #expect(try formatValue(.null, spec: ">6") == "  null")
    #expect(try formatValue(.bool(true), spec: "5") == "true ")
    #expect(try formatValue(.duration(90_000_000), spec: ".1f") == "90.0")
    #expect(try formatValue(.duration(90_000_000), spec: ">8") == "  1m 30s")
  }

  @Test func times() throws {
    let time = Value.timestamp(1_795_429_805_250_000)
    #expect(try formatValue(time, spec: "%Y-%m-%d %H:%M:%S.%f") == "2026-11-23 10:30:05.250000")
    #expect(
      try formatValue(time, spec: "%a %b %e, week %V of %G, day %j")
        == "Mon Nov 23, week 48 of 2026, day 327")
    #expect(try formatValue(time, spec: "100%%") == "100%")
    #expect(try formatValue(time, spec: "") == "2026-11-23T10:30:05.25Z")
  }

  @Test(arguments: ["wide", ".", ">>>", "5.2q", ".f", "%", "1001", ".301f", "99999999999999999999"])
  func badSpecs(_ spec: String) {
    #expect(throws: FunctionError.self) { try formatValue(.float(1), spec: spec + "z") }
  }

  @Test func kindsAreChecked() {
    #expect(throws: FunctionError.self) { try formatValue(.string("a"), spec: ".1f") }
    #expect(throws: FunctionError.self) { try formatValue(.float(1), spec: "d") }
    #expect(throws: FunctionError.self) { try formatValue(.float(1), spec: "x") }
    #expect(throws: FunctionError.self) { try formatValue(.int(1), spec: "s") }
    #expect(throws: FunctionError.self) { try formatValue(.int(10), spec: ",x") }
    #expect(throws: FunctionError.self) { try formatValue(.timestamp(0), spec: "%") }
  }
}
