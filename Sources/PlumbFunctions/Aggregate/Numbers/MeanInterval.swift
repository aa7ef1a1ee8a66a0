import PlumbColumns

extension AggregateFunction {
  static let meanCI = AggregateFunction(
    "mean_ci",
    summary: "The mean with its confidence interval by Student's t: a record of mean, low, high.",
    details: """
      Assumes values drawn independently from about a normal distribution. `low` and `high` are \
      null for one value; over nothing the record is null; a NaN gives NaN.
      """,
    overloads: [
      Overload(
        [
          Parameter("x", .number),
          Parameter("level", .float, default: .float(0.95), isConstant: true),
        ], result: .always(MomentsAccumulator.intervalType)
      ) { (setup) throws(FunctionError) in
        let level = try setup.fraction(1, "level", includingEnds: false)
        return MomentsAccumulator(.meanInterval(level: level), type: setup.types[0])
      }
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 2}, {x: 3}]) | summarize mean_ci(x)",
        #"{"mean":2.0,"low":-0.4841377117503294,"high":4.484137711750329}"#),
      Example(
        "table([{x: 1.0}, {x: null}]) | summarize mean_ci(x)",
        #"{"mean":1.0,"low":null,"high":null}"#),
      Example(
        "table([{x: 1.0}, {x: nan}]) | summarize mean_ci(x)",
        #"{"mean":"NaN","low":"NaN","high":"NaN"}"#),
      Example("table([{x: 1}]) | where x > 1 | summarize mean_ci(x)", "null"),
      Example(
        "table([{x: 1}]) | summarize mean_ci(x, level = 95.0)",
        "error: `level` must lie between 0 and 1, not 95.0"),
    ])
}
