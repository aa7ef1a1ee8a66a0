import PlumbColumns

extension ScalarFunction {
  static let listMean = ScalarFunction(
    "list_mean", topic: "lists",
    summary: "The mean of the elements of a list of numbers.",
    details: "Nulls are left out; null when nothing is left. NaN makes it NaN.",
    overloads: [
      Overload(
        [Parameter("list", .list(.float))], result: .always(.float)
      ) { call in
        let lists = ListRows(call.arguments[0])
        let values = lists.elements.doubles()
        var builder = FloatColumnBuilder(capacity: call.count)
        for row in 0..<call.count {
          var sum = 0.0
          var count = 0
          for position in lists.range(row) where !lists.elements.isNull(position) {
            sum += values[position]
            count += 1
          }
          if count == 0 { builder.appendNull() } else { builder.append(sum / Double(count)) }
        }
        return builder.finish()
      }
    ],
    examples: [
      Example("list_mean([1, 2])", "1.5"),
      Example("list_mean([1, null])", "1.0"),
      Example("list_mean([])", "null"),
      Example("list_mean(null)", "null"),
      Example("list_mean([1.0, nan])", "NaN"),
      Example("list_mean(5)", "error: `list` of `list_mean` must be list<float>, and this is int"),
    ])
}
