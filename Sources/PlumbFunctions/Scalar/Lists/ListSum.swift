import PlumbColumns

extension ScalarFunction {
  static let listSum = ScalarFunction(
    "list_sum", topic: "lists",
    summary: "The sum of the elements of a list.",
    details: """
      Nulls are left out; the sum of nothing is 0. NaN makes it NaN. A sum of ints that \
      leaves 64 bits is an error.
      """,
    overloads: [
      Overload(
        [Parameter("list", .list(.int))], result: .always(.int)
      ) { (call) throws(FunctionError) in
        try integerSums(call)
      },
      Overload(
        [Parameter("list", .list(.duration))], result: .always(.duration)
      ) { (call) throws(FunctionError) in
        try integerSums(call)
      },
      Overload(
        [Parameter("list", .list(.float))], result: .always(.float)
      ) { (call) throws(FunctionError) in
        let lists = ListRows(call.arguments[0])
        let values = lists.elements.doubles()
        return try call.tryFloatRows { (row) throws(FunctionError) in
          var sum = 0.0
          for position in lists.range(row) where !lists.elements.isNull(position) {
            sum += values[position]
          }
          return sum
        }
      },
    ],
    examples: [
      Example("list_sum([1, 2, 3])", "6"),
      Example("list_sum([0.5, 1.0])", "1.5"),
      Example("list_sum([1h, 30m])", "1h 30m"),
      Example("list_sum([])", "0"),
      Example("list_sum([1, null])", "1"),
      Example("list_sum(null)", "null"),
      Example("list_sum([1.0, nan])", "NaN"),
      Example("list_sum([9223372036854775807, 1])", "error: the sum does not fit an int"),
    ])
}

private func integerSums(_ call: KernelCall) throws(FunctionError) -> Column {
  let lists = ListRows(call.arguments[0])
  let values = lists.elements.integers()
  return try call.tryRows { (row) throws(FunctionError) in
    var sum = 0
    for position in lists.range(row) where !lists.elements.isNull(position) {
      let next = sum.addingReportingOverflow(values[position])
      guard !next.overflow else {
        throw FunctionError(
          "the sum does not fit an int", hint: "make the elements floats first", kind: .overflow)
      }
      sum = next.partialValue
    }
    return sum
  }
}
