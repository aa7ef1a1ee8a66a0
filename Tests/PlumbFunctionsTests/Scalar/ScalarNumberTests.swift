import PlumbColumns
import PlumbFunctions
import Testing

/// Kernels of numbers against values that NumPy 2.4 and Python 3 gave.
@Suite struct ScalarNumberTests {
  private let inputs = [0.1, -0.7, 2.5, 1e-9, 300.25]

  @Test(arguments: [
    (
      "expm1",
      [
        0.10517091807564763, -0.5034146962085905, 11.182493960703473, 1.0000000005000001e-09,
        2.4941248615349213e+130,
      ]
    ),
    (
      "log1p",
      [
        0.09531017980432487, -1.203972804325936, 1.252762968495368, 9.999999995e-10,
        5.7079404848048645,
      ]
    ),
    (
      "sinh",
      [
        0.10016675001984403, -0.7585837018395335, 6.0502044810397875, 1e-09,
        1.2470624307674607e+130,
      ]
    ),
    ("tanh", [0.09966799462495582, -0.6043677771171634, 0.9866142981514303, 1e-09, 1.0]),
    (
      "atan",
      [
        0.09966865249116204, -0.6107259643892086, 1.1902899496825317, 1e-09,
        1.5674657812412378,
      ]
    ),
    (
      "cos",
      [0.9950041652780258, 0.7648421872844885, -0.8011436155469337, 1.0, 0.22593386418244757]
    ),
  ])
  func agreesWithNumPy(_ name: String, _ expected: [Double]) throws {
    let result = try call(name, [Column(inputs)])
    for (row, value) in expected.enumerated() {
      guard case .float(let got) = result.value(at: row) else {
        Issue.record("no float")
        continue
      }
      #expect(abs(got - value) <= abs(value) * 1e-15)
    }
  }

  @Test func keepsRowsOfSlices() throws {
    let whole = Column((0..<200).map(Double.init))
    let result = try call("sqrt", [whole.slice(65, 70)])
    #expect(result.count == 70)
    #expect(result.value(at: 0) == .float(65.0.squareRoot()))
    #expect(result.value(at: 69) == .float(134.0.squareRoot()))
  }

  @Test func takesNarrowInts() throws {
    var builder = IntegerColumnBuilder()
    for value in -100..<30 { builder.append(value) }
    let narrow = builder.finish()
    guard case .int8 = narrow.storage else {
      Issue.record("the column is not narrow")
      return
    }
    #expect(try call("abs", [narrow]).values == (-100..<30).map { .int(abs($0)) })
    #expect(try call("sign", [narrow.slice(99, 3)]).values == [.int(-1), .int(0), .int(1)])
  }

  @Test func emptyColumnsGiveEmptyColumns() throws {
    #expect(try call("sqrt", [Column([Double]())]).count == 0)
    #expect(try call("upper", [Column([String]())]).count == 0)
    #expect(try call("int", [Column([String]())]).count == 0)
  }

  @Test func errorsNameTheFirstRow() {
    let texts = Column(["1", "2", "x", "y", "x"])
    let error = #expect(throws: FunctionError.self) { try call("int", [texts]) }
    #expect(error?.row == 2)
    #expect(error?.message == "\"x\" is not an int")
  }

  @Test func rowsWithoutArgumentsRaiseNoErrors() throws {
    let texts = Column([.string("1"), .null, .string("3")], type: .string)
    let result = try call("int", [texts])
    #expect(result.values == [.int(1), .null, .int(3)])
    // Whatever lies under a null is not looked at.
    let ints = Column([5, Int.min, 7]).withValidity(Bitmap([true, false, true]))
    #expect(try call("abs", [ints]).values == [.int(5), .null, .int(7)])
  }

  @Test(arguments: [
    (2.675, 2, 2.67), (1.005, 2, 1.0), (0.125, 2, 0.13), (-0.125, 2, -0.13), (1.115, 2, 1.11),
    (2.5, 0, 3.0), (1e300, 5, 1e300), (12345.678, -2, 12300.0), (0.5, -1, 0.0),
    (123.456, 300, 123.456), (1e-300, 10, 0.0), (8.5e15, 1, 8.5e15),
  ])
  func roundsTheExactValue(_ x: Double, _ digits: Int, _ expected: Double) throws {
    let result = try call("round", [Column([x]), Column([digits])])
    #expect(result.value(at: 0) == .float(expected))
  }

  /// Calls the first overload that takes columns of these types.
  private func call(_ name: String, _ arguments: [Column]) throws -> Column {
    try callScalar(name, arguments)
  }
}
