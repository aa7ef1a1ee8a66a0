import PlumbColumns
import PlumbFunctions

/// Runs a kernel on the same arguments in several layouts of columns, which must agree.
struct KernelLayouts {
  let overload: ScalarFunction.Overload
  let values: [TypedValue]
  let resultType: DataType
  let functions: [Int: KernelCall.Applier]

  /// The layouts disagree.
  struct Disagreement: Error {
    let layout: String
    let results: [Value]
    let expected: Value
  }

  func result() throws -> Value {
    let single = try run(values.map { Column(constant: $0.value, type: $0.type, count: 1) })
    let expected = single.value(at: 0)
    // 70 rows: more than a word of validity bits, and not a whole number of them.
    try check("constant", 0..<70, expected) { type, value in
      Column(constant: value, type: type, count: 70)
    }
    try check("materialized", 0..<70, expected) { type, value in
      Column(constant: value, type: type, count: 70).materialized()
    }
    try check("slice", 0..<67, expected) { type, value in
      Column([.null, value, .null] + Array(repeating: value, count: 67), type: type).slice(3, 67)
    }
    try check("nulls between", stride(from: 0, to: 70, by: 2), expected) { type, value in
      Column((0..<70).map { $0 % 2 == 0 ? value : .null }, type: type)
    }
    for varying in values.indices where functions[varying] == nil {
      let columns = values.enumerated().map { index, value in
        let constant = Column(constant: value.value, type: value.type, count: 70)
        return index == varying ? constant.materialized() : constant
      }
      try compare("argument \(varying) varies", try run(columns), 0..<70, expected)
    }
    return expected
  }

  private func check(
    _ layout: String, _ rows: some Sequence<Int>, _ expected: Value,
    _ column: (DataType, Value) -> Column
  ) throws {
    try compare(layout, try run(values.map { column($0.type, $0.value) }), rows, expected)
  }

  private func compare(
    _ layout: String, _ result: Column, _ rows: some Sequence<Int>, _ expected: Value
  ) throws {
    for row in rows where result.value(at: row) != expected {
      throw Disagreement(layout: layout, results: result.values, expected: expected)
    }
  }

  /// Calls the kernel as the executor does.
  private func run(_ columns: [Column]) throws -> Column {
    let count = columns.first?.count ?? 1
    var validity: Bitmap?
    if case .propagate = overload.nulls {
      for (index, column) in columns.enumerated() where functions[index] == nil {
        guard let presence = column.presence else { continue }
        validity = validity?.intersection(presence) ?? presence
      }
    }
    let call = KernelCall(
      arguments: columns, count: count, resultType: resultType, validity: validity,
      environment: ScalarExampleEvaluator.environment, functions: functions)
    let result = try overload.kernel(call)
    guard result.count == count, result.type == resultType else {
      throw Disagreement(
        layout: "\(result.type) × \(result.count), not \(resultType) × \(count)", results: [],
        expected: .null)
    }
    guard let validity else { return result }
    return result.withValidity(result.presence?.intersection(validity) ?? validity)
  }
}
