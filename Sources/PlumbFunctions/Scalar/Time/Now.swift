import PlumbColumns

extension ScalarFunction {
  static let now = ScalarFunction(
    "now", topic: "time",
    summary: "The time at which the run began, the same in the whole run.",
    details: "`--as-of` sets it.",
    overloads: [
      Overload([], result: .always(.timestamp)) { call in
        Column(
          constant: .timestamp(call.environment.nowMicroseconds), type: .timestamp,
          count: call.count)
      }
    ],
    examples: [
      Example("now() == now()", "true"),
      Example("now(5)", "error: `now` takes no arguments"),
    ])
}
