import Glibc
import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let product = AggregateFunction(
    "product",
    summary: "The product of numbers.",
    details: """
      Ints give an int; a result that leaves 64 bits is an error. A NaN gives NaN. Over nothing \
      null.
      """,
    overloads: [
      Overload([Parameter("x", .number)], result: .sameAs(0)) { setup in
        if setup.types[0] == .float { return FloatProductAccumulator() }
        return IntegerProductAccumulator()
      }
    ],
    examples: [
      Example("table([{x: 2}, {x: 3}, {x: null}]) | summarize product(x)", "6"),
      Example("table([{x: 0.5}, {x: 4.0}]) | summarize product(x)", "2.0"),
      Example("table([{x: 0.5}, {x: nan}]) | summarize product(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize product(x)", "null"),
      Example(
        "table([{x: 9223372036854775807}, {x: 2}]) | summarize product(x)",
        "error: the product does not fit a 64-bit int; use `product(float(x))`"),
    ])

  static let geomean = AggregateFunction(
    "geomean",
    summary: "The geometric mean: the n-th root of the product of n numbers.",
    details: """
      By the mean of the logarithms, so that it does not overflow. With a 0 it is 0; a NaN or a \
      negative number gives NaN. Over nothing null.
      """,
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { _ in
        GeometricMeanAccumulator()
      }
    ],
    examples: [
      Example("table([{x: 2}, {x: 8}]) | summarize round(geomean(x), 9)", "4.0"),
      Example("table([{x: 1}, {x: null}]) | summarize geomean(x)", "1.0"),
      Example("table([{x: 1.0}, {x: nan}]) | summarize geomean(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize geomean(x)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize geomean(x)"#,
        "error: `x` of `geomean` must be float, and this is string"),
    ])
}

/// Multiplies doubles.
final class FloatProductAccumulator: Accumulator {
  private struct Product: BitwiseCopyable {
    var value = 1.0
    var count = 0
  }

  private enum Multiply: FloatFold {
    @inline(__always)
    static func add(_ value: Double, to state: inout Product) {
      state.value *= value
      state.count &+= 1
    }
  }

  private var states = GroupStates(empty: Product())

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldFloats(Multiply.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? FloatProductAccumulator else { return }
    states.merge(other.states, groups: groups) {
      $0.value *= $1.value
      $0.count &+= $1.count
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .floats(groupCount) { states[$0].count > 0 ? states[$0].value : nil }
  }
}

/// Multiplies ints, and notes a zero and an overflow: with a zero the product is 0, whatever the
/// order.
final class IntegerProductAccumulator: Accumulator {
  private struct Product: BitwiseCopyable {
    var value = 1
    var count = 0
    var overflowCount = 0

    @inline(__always)
    mutating func multiply(by factor: Int) {
      if factor == 0 {
        value = 0
        overflowCount = 0
      } else if value != 0, overflowCount == 0 {
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        if overflow { overflowCount = 1 } else { value = product }
      }
    }
  }

  private enum Multiply: IntegerFold {
    @inline(__always)
    static func add<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ value: Integer, to state: inout Product
    ) {
      state.multiply(by: Int(truncatingIfNeeded: value))
      state.count &+= 1
    }
  }

  private var states = GroupStates(empty: Product())

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldIntegers(Multiply.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? IntegerProductAccumulator else { return }
    states.merge(other.states, groups: groups) {
      $0.count &+= $1.count
      $0.multiply(by: $1.value)
      if $0.value != 0, $1.overflowCount > 0 { $0.overflowCount = 1 }
    }
  }

  func finish(groupCount: Int) throws(FunctionError) -> Column {
    resize(groupCount: groupCount)
    for group in 0..<groupCount where states[group].overflowCount > 0 {
      throw FunctionError(
        "the product does not fit a 64-bit int; use `product(float(x))`", kind: .overflow)
    }
    return .integers(groupCount, type: .int) { states[$0].count > 0 ? states[$0].value : nil }
  }
}

/// Adds the logarithms of doubles.
final class GeometricMeanAccumulator: Accumulator {
  private enum Logarithms: FloatFold {
    @inline(__always)
    static func add(_ value: Double, to state: inout CountedSum) { state.add(log(value)) }
  }

  private var states = GroupStates(empty: CountedSum())

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldFloats(Logarithms.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? GeometricMeanAccumulator else { return }
    states.merge(other.states, groups: groups) { $0.merge($1) }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .floats(groupCount) { states[$0].mean.map { exp($0) } }
  }
}
