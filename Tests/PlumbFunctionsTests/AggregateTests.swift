import PlumbColumns
import PlumbFunctions
import Testing

@Suite struct AggregateTests {
  private func one(
    _ name: String, _ columns: [Column], _ constants: [Int: Value] = [:]
  ) throws -> Value {
    try AggregateHarness(name, columns.map(\.type), constants: constants).run(columns).value(at: 0)
  }

  private func floats(_ values: [Double?]) -> Column {
    Column(values.map { $0.map { .float($0) } ?? .null }, type: .float)
  }

  private func ints(_ values: [Int?]) -> Column {
    Column(values.map { $0.map { .int($0) } ?? .null }, type: .int)
  }

  @Test func overNothing() throws {
    for name in ["count", "sum", "count_distinct"] {
      #expect(try one(name, [ints([])]) == .int(0), "\(name)")
    }
    #expect(try one("sum", [floats([])]) == .float(0))
    for name in ["mean", "min", "max", "stddev", "variance", "median", "first", "last", "iqr"] {
      #expect(try one(name, [floats([])]) == .null, "\(name)")
      #expect(try one(name, [floats([nil, nil])]) == .null, "\(name)")
    }
  }

  @Test func nullsAreSkipped() throws {
    let column = ints([nil, 4, nil, 2, nil])
    #expect(try one("count", [column]) == .int(2))
    #expect(try one("sum", [column]) == .int(6))
    #expect(try one("mean", [column]) == .float(3))
    #expect(try one("first", [column]) == .int(4))
    #expect(try one("last", [column]) == .int(2))
  }

  @Test func notANumber() throws {
    let column = floats([.nan, 4, 2])
    for name in ["sum", "mean", "stddev", "variance"] {
      guard case .float(let value) = try one(name, [column]) else {
        Issue.record("\(name)")
        continue
      }
      #expect(value.isNaN, "\(name)")
    }
    #expect(try one("min", [column]) == .float(2))
    #expect(try one("max", [column]) == .float(4))
    #expect(try one("median", [column]) == .float(3))
    #expect(try one("quantile", [column], [1: .float(1)]) == .float(4))
    #expect(try one("count_distinct", [floats([.nan, -.nan, 0, -0.0])]) == .int(2))
    #expect(try one("count_nan", [column]) == .int(1))
  }

  @Test func extremesOfInfinitiesAndLimits() throws {
    #expect(try one("min", [floats([.infinity])]) == .float(.infinity))
    #expect(try one("min", [floats(Array(repeating: .infinity, count: 9))]) == .float(.infinity))
    #expect(try one("max", [floats([-.infinity, .nan])]) == .float(-.infinity))
    #expect(try one("min", [ints([.max])]) == .int(.max))
    #expect(try one("max", [ints([.min])]) == .int(.min))
  }

  @Test func sumsOfIntsAreExactWhateverTheOrder() throws {
    #expect(try one("sum", [ints([.max, .max, .min, .min, 5])]) == .int(3))
    #expect(throws: FunctionError.self) { try one("sum", [ints([.max, 1])]) }
    #expect(try one("mean", [ints([.max, .max])]) == .float(0x1p63))
  }

  @Test func chosenRows() throws {
    let x = Column(["a", "b", "c", "d"].map { .string($0) } + [.null], type: .string)
    #expect(try one("arg_max", [x, ints([1, 7, 7, nil, 3])]) == .string("b"))
    #expect(try one("arg_max", [x, floats([.nan, 1, 7, nil, 7])]) == .string("c"))
    #expect(try one("arg_min", [x, ints([1, 7, 7, nil, 0])]) == .null)
    #expect(try one("arg_min", [x, x]) == .string("a"))
    #expect(try one("arg_max", [x, floats([.nan, .nan, nil, nil, nil])]) == .null)
    #expect(try one("arg_max", [x, ints([.min, .min, .min, .min, .min])]) == .string("a"))
    #expect(
      try one("arg_min", [x, floats([.infinity, .infinity, nil, nil, nil])]) == .string("a"))
  }

  @Test func textsAndTimes() throws {
    let texts = Column(["b", "é", "a", "z"])
    #expect(try one("min", [texts]) == .string("a"))
    #expect(try one("max", [texts]) == .string("é"))
    let times = Column([30, 10, 20], type: .timestamp)
    #expect(try one("min", [times]) == .timestamp(10))
    #expect(try one("mean", [times]) == .timestamp(20))
    #expect(try one("median", [times]) == .timestamp(20))
    #expect(try one("max", [Column([false, true])]) == .bool(true))
    #expect(try one("sum", [Column([true, true, false])]) == .int(2))
  }

  @Test func badConstants() throws {
    #expect(throws: FunctionError.self) {
      try one("quantile", [floats([1])], [1: .float(95)])
    }
    #expect(throws: FunctionError.self) {
      try one("quantile", [floats([1])], [1: .null])
    }
  }
}
