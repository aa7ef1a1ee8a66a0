import PlumbColumns

extension AggregateFunction {
  static let min = AggregateFunction(
    "min",
    summary: "The least value of any ordered type.",
    details: "NaN is ignored; text is compared byte by byte. Over nothing (or only NaN) null.",
    overloads: [
      Overload([Parameter("x", .ordered)], result: .sameAs(0), sharing: .summary(.min)) { setup in
        extremeAccumulator(setup, isMax: false)
      }
    ],
    examples: [
      Example("table([{x: 3}, {x: 1}, {x: null}]) | summarize min(x)", "1"),
      Example("table([{x: nan}, {x: 2.5}]) | summarize min(x)", "2.5"),
      Example("table([{x: nan}]) | summarize min(x)", "null"),
      Example("table([{x: 1}]) | where x > 1 | summarize min(x)", "null"),
      Example("table([{x: \"b\"}, {x: \"a\"}]) | summarize min(x)", "a"),
      Example(
        "table([{x: @2026-11-23}, {x: @2026-11-01}]) | summarize min(x)", "2026-11-01T00:00:00Z"),
      Example("table([{x: 1}]) | summarize min()", "error: `min` needs `x`"),
    ])

  static let max = AggregateFunction(
    "max",
    summary: "The greatest value of any ordered type.",
    details: "NaN is ignored; text is compared byte by byte. Over nothing (or only NaN) null.",
    overloads: [
      Overload([Parameter("x", .ordered)], result: .sameAs(0), sharing: .summary(.max)) { setup in
        extremeAccumulator(setup, isMax: true)
      }
    ],
    examples: [
      Example("table([{x: 3}, {x: 1}, {x: null}]) | summarize max(x)", "3"),
      Example("table([{x: nan}, {x: 2.5}]) | summarize max(x)", "2.5"),
      Example("table([{x: nan}]) | summarize max(x)", "null"),
      Example("table([{x: 1}]) | where x > 1 | summarize max(x)", "null"),
      Example("table([{x: \"b\"}, {x: \"a\"}]) | summarize max(x)", "b"),
      Example("table([{x: 1}]) | summarize max()", "error: `max` needs `x`"),
    ])
}

private func extremeAccumulator(_ setup: AggregateSetup, isMax: Bool) -> any Accumulator {
  switch setup.types[0] {
  case .float: FloatExtremeAccumulator(isMax: isMax)
  case .string: TextExtremeAccumulator(isMax: isMax)
  case .null, .bool, .int, .timestamp, .duration:
    IntegerExtremeAccumulator(type: setup.types[0], isMax: isMax)
  case .list, .record: ValueExtremeAccumulator(type: setup.types[0], isMax: isMax)
  }
}
