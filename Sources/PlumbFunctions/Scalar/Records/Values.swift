import PlumbColumns

extension ScalarFunction {
  static let values = ScalarFunction(
    "values", topic: "records",
    summary: "The values of the fields of a record, as a list.",
    details: "The fields must be of one type; ints beside floats become floats.",
    overloads: [
      Overload(
        [Parameter("record", .record)], result: .computed { .list(commonFieldType($0.first)) }
      ) { (call) throws(FunctionError) in
        try checkFieldTypes(call.arguments[0].type)
        return try call.mapToValues { row in
          .list(
            fieldValues(call.arguments[0].value(at: row)).map {
              $0.value.coerced(to: call.elementType)
            }, element: call.elementType)
        }
      }
    ],
    examples: [
      Example("values({a: 1, b: 2})", "[1,2]"),
      Example("values({a: 1, b: 0.5})", "[1.0,0.5]"),
      Example("values({a: null, b: 1})", "[null,1]"),
      Example("values({a: nan})", #"["NaN"]"#),
      Example("values({})", "[]"),
      Example("values(null)", "null"),
      Example(
        #"values({a: 1, b: "x"})"#,
        "error: the fields of the record are of different types, int and string"),
    ])
}

/// The type that all fields of a record unify to; that of null if they do not.
func commonFieldType(_ type: DataType?) -> DataType {
  guard case .record(let fields)? = type else { return .null }
  var common = DataType.null
  for field in fields {
    guard let unified = common.unified(with: field.type) else { return .null }
    common = unified
  }
  return common
}

/// Throws when the fields of a record have no type in common.
func checkFieldTypes(_ type: DataType) throws(FunctionError) {
  guard case .record(let fields) = type else { return }
  var common = DataType.null
  for field in fields {
    guard let unified = common.unified(with: field.type) else {
      throw FunctionError(
        "the fields of the record are of different types, \(common) and \(field.type)",
        hint: "convert them, as in `string(x)`")
    }
    common = unified
  }
}

/// The fields of a record value; none of null.
func fieldValues(_ value: Value) -> [Value.RecordField] {
  if case .record(let fields) = value { fields } else { [] }
}
