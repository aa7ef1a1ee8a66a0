import PlumbColumns

extension AggregateFunction {
  static let sum = AggregateFunction(
    "sum",
    summary: "The sum of numbers, durations or bools (true is 1).",
    details: """
      Ints give an int, exactly, whatever the order; a result that leaves 64 bits is an error. \
      Floats are added with their rounding errors kept, so that the order of the rows does not \
      matter; a NaN gives NaN. Over nothing the sum is 0.
      """,
    overloads: [
      Overload([Parameter("x", .quantity)], result: .sameAs(0), sharing: .summary(.sum)) { setup in
        if setup.types[0] == .float { return SummaryAccumulator<CountedSum>([.sum]) }
        return IntegerSumAccumulator(result: .sum(setup.resultType))
      },
      Overload([Parameter("x", .bool)], result: .always(.int)) { _ in
        IntegerSumAccumulator(result: .sum(.int))
      },
    ],
    examples: [
      Example("table([{x: 1}, {x: 2}, {x: null}]) | summarize sum(x)", "3"),
      Example("table([{x: 0.1}, {x: 0.2}, {x: 0.3}]) | summarize sum(x)", "0.6"),
      Example("table([{x: 1.0}, {x: nan}]) | summarize sum(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize sum(x)", "0"),
      Example("table([{x: true}, {x: true}, {x: false}]) | summarize sum(x)", "2"),
      Example(
        "table([{x: 9223372036854775807}, {x: 1}]) | summarize sum(x)",
        "error: the sum does not fit a 64-bit int; use `sum(float(x))`"),
    ])
}
