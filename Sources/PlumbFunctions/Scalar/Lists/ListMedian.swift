import PlumbColumns
import PlumbStatistics

extension ScalarFunction {
  static let listMedian = ScalarFunction(
    "list_median", topic: "lists",
    summary: "The median of the elements of a list of numbers.",
    details: """
      Of an even number of elements it is the mean of the two in the middle. Nulls and \
      NaN are left out; null when nothing is left.
      """,
    overloads: [
      Overload(
        [Parameter("list", .list(.float))], result: .always(.float)
      ) { call in
        let lists = ListRows(call.arguments[0])
        let values = lists.elements.doubles()
        var builder = FloatColumnBuilder(capacity: call.count)
        for row in 0..<call.count {
          let numbers = lists.range(row)
            .filter { !lists.elements.isNull($0) && !values[$0].isNaN }
            .map { values[$0] }.sorted()
          if numbers.isEmpty {
            builder.appendNull()
          } else {
            let place = QuantilePlace(0.5, count: numbers.count)
            let next = min(place.rank + 1, numbers.count - 1)
            builder.append(place.interpolate(numbers[place.rank], numbers[next]))
          }
        }
        return builder.finish()
      }
    ],
    examples: [
      Example("list_median([3, 1, 2])", "2.0"),
      Example("list_median([1, 2])", "1.5"),
      Example("list_median([])", "null"),
      Example("list_median(null)", "null"),
      Example("list_median([1.0, nan])", "1.0"),
      Example(
        "list_median(5)",
        "error: `list` of `list_median` must be list<float>, and this is int"),
    ])
}
