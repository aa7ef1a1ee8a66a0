import PlumbColumns

extension ScalarFunction {
  static let merge = ScalarFunction(
    "merge", topic: "records",
    summary: "The fields of two records in one record.",
    details: """
      A field that both have is that of the second, at the place where the first has it.
      """,
    overloads: [
      Overload(
        [Parameter("first", .record), Parameter("second", .record)],
        result: .computed { types in
          guard types.count == 2 else { return .null }
          return .record(mergedFields(types[0], types[1]).map(\.field))
        }
      ) { (call) throws(FunctionError) in
        let (first, second) = (call.arguments[0], call.arguments[1])
        let fields = mergedFields(first.type, second.type)
        return try call.mapToValues { row in
          let parts = [fieldValues(first.value(at: row)), fieldValues(second.value(at: row))]
          return .record(
            fields.map { Value.RecordField($0.field.name, parts[$0.record][$0.index].value) })
        }
      }
    ],
    examples: [
      Example(#"merge({a: 1, b: 2}, {b: "x", c: 3})"#, #"{"a":1,"b":"x","c":3}"#),
      Example("merge({}, {a: 1})", #"{"a":1}"#),
      Example("merge({a: 1}, null)", "null"),
      Example(
        #"merge(5, {b: "x", c: 3})"#,
        "error: `first` of `merge` must be a record, and this is int"),
    ])
}

/// The fields of the result, each with the record and the position that it comes from.
private func mergedFields(
  _ first: DataType, _ second: DataType
) -> [(field: DataType.Field, record: Int, index: Int)] {
  var result: [(field: DataType.Field, record: Int, index: Int)] = []
  for (record, type) in [first, second].enumerated() {
    guard case .record(let fields) = type else { continue }
    for (index, field) in fields.enumerated() {
      if let known = result.firstIndex(where: { $0.field.name == field.name }) {
        result[known] = (field, record, index)
      } else {
        result.append((field, record, index))
      }
    }
  }
  return result
}
