import PlumbColumns

extension ScalarFunction {
  static let flatten = ScalarFunction(
    "flatten", topic: "lists",
    summary: "The elements of the lists in a list, as one list.",
    details: "Inner lists that are null count as empty.",
    overloads: [
      Overload(
        [Parameter("list", .list(.list(.variable("T"))))], result: .elementOf(0)
      ) { (call) throws(FunctionError) in
        let lists = ListRows(call.arguments[0])
        return try call.mapToValues { row in
          let inner = lists.values(row).flatMap { value -> [Value] in
            if case .list(let values, _) = value { values } else { [] }
          }
          return .list(inner, element: call.elementType)
        }
      }
    ],
    examples: [
      Example("flatten([[1, 2], [3]])", "[1,2,3]"),
      Example("flatten([[1], null])", "[1]"),
      Example("flatten([])", "[]"),
      Example("flatten(null)", "null"),
      Example("flatten(5)", "error: `list` of `flatten` must be a list of lists, and this is int"),
    ])
}
