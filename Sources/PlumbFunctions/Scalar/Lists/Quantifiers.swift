import PlumbColumns

extension ScalarFunction {
  static let allOf = ScalarFunction(
    "all_of", topic: "lists",
    summary: "Whether a function gives true for every element of a list.",
    details: "True for an empty list. As with `and`, a null counts as unknown.",
    overloads: [
      Overload(
        [
          Parameter("list", .list(.variable("T"))),
          Parameter("function", .function([.variable("T")])),
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        try quantified(call, decidedBy: false)
      }
    ],
    examples: [
      Example("all_of([1, 2], fn (x) => x > 0)", "true"),
      Example("all_of([1, 2], fn (x) => x > 1)", "false"),
      Example("all_of([], fn (x) => x == 1)", "true"),
      Example("all_of([1, null], fn (x) => x > 0)", "null"),
      Example("all_of(null, fn (x) => true)", "null"),
      Example(
        "all_of(5, fn (x) => x > 0)",
        "error: `list` of `all_of` must be a list, and this is int"),
    ])

  static let anyOf = ScalarFunction(
    "any_of", topic: "lists",
    summary: "Whether a function gives true for at least one element of a list.",
    details: "False for an empty list. As with `or`, a null counts as unknown.",
    overloads: [
      Overload(
        [
          Parameter("list", .list(.variable("T"))),
          Parameter("function", .function([.variable("T")])),
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        try quantified(call, decidedBy: true)
      }
    ],
    examples: [
      Example("any_of([1, 2], fn (x) => x > 1)", "true"),
      Example("any_of([1, 2], fn (x) => x > 2)", "false"),
      Example("any_of([], fn (x) => x == 1)", "false"),
      Example("any_of([null, 2], fn (x) => x > 1)", "true"),
      Example("any_of(null, fn (x) => true)", "null"),
      Example(
        "any_of(5, fn (x) => x > 1)",
        "error: `list` of `any_of` must be a list, and this is int"),
    ])
}

/// Kleene's `or` (decided by true) or `and` (decided by false) over the elements of each list.
private func quantified(
  _ call: KernelCall, decidedBy decisive: Bool
) throws(FunctionError) -> Column {
  let lists = FlatLists(call, 0)
  let conditions = try call.conditions(1, of: lists)
  var builder = BoolColumnBuilder(capacity: call.count)
  for row in 0..<call.count {
    let found = conditions[lists.offsets[row]..<lists.offsets[row + 1]]
    if found.contains(decisive) {
      builder.append(decisive)
    } else if found.contains(nil) {
      builder.appendNull()
    } else {
      builder.append(!decisive)
    }
  }
  return builder.finish()
}
