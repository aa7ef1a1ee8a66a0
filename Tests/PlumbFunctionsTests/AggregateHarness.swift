import PlumbColumns
import PlumbFunctions

/// Runs aggregates as the executor does: nulls taken out, batches, workers merged in order.
struct AggregateHarness {
  let function: AggregateFunction
  let overload: AggregateFunction.Overload
  let setup: AggregateSetup

  struct UnknownFunction: Error { let name: String }

  init(_ name: String, _ types: [DataType], constants: [Int: Value] = [:]) throws {
    guard let function = AggregateCatalog.all.first(where: { $0.name == name }),
      let overload = function.overloads.first(where: { Self.accepts($0, types, constants) })
    else { throw UnknownFunction(name: name) }
    self.function = function
    self.overload = overload
    var constants = constants
    for (index, parameter) in overload.parameters.enumerated() where constants[index] == nil {
      if let value = parameter.defaultValue { constants[index] = value }
    }
    setup = AggregateSetup(
      types: types, constants: constants, resultType: overload.result.type(for: types),
      threadCount: 2)
  }

  private static func accepts(
    _ overload: AggregateFunction.Overload, _ types: [DataType], _ constants: [Int: Value]
  ) -> Bool {
    let columns = overload.parameters.filter { !$0.isConstant }
    return columns.count == types.count
      && zip(columns, types).allSatisfy { parameter, type in
        switch parameter.pattern {
        case .exactly(let exact): exact == type
        case .number: type.isNumeric
        case .quantity: type.isNumeric || type == .duration
        case .ordered: type.isOrdered
        case .any, .variable: true
        case .list, .record, .function: false
        }
      }
  }

  /// The result for each group. `workers` splits the rows, `batchRows` the rows of a worker.
  func run(
    _ columns: [Column], groups: [Int]? = nil, groupCount: Int = 1, workers: Int = 1,
    batchRows: Int = 1 << 16
  ) throws -> Column {
    let count = columns.first?.count ?? groups?.count ?? 0
    let kept = (0..<count).filter { row in
      overload.skipsNullsOf.allSatisfy { !columns[$0].isNull(row) }
    }
    let main = try overload.make(setup)
    main.resize(groupCount: groupCount)
    for worker in 0..<workers {
      let rows = Array(
        kept[(kept.count * worker / workers)..<(kept.count * (worker + 1) / workers)])
      if worker == 0 {
        try feed(main, columns, rows, groups, batchRows: batchRows) { UInt32($0) }
        continue
      }
      // Another worker numbers groups in the order in which it meets them.
      let other = try overload.make(setup)
      var numbers: [Int: UInt32] = [:]
      var known: [UInt32] = []
      try feed(other, columns, rows, groups, batchRows: batchRows) { group in
        if let number = numbers[group] { return number }
        numbers[group] = UInt32(known.count)
        known.append(UInt32(group))
        return UInt32(known.count - 1)
      }
      if groups == nil { known = [0] }
      try main.merge(other, groups: known)
    }
    return try main.finish(groupCount: groupCount)
  }

  private func feed(
    _ accumulator: any Accumulator, _ columns: [Column], _ rows: [Int], _ groups: [Int]?,
    batchRows: Int, number: (Int) -> UInt32
  ) throws {
    var start = 0
    while start < rows.count {
      let batch = Array(rows[start..<min(start + batchRows, rows.count)])
      let isContiguous = zip(batch, batch.dropFirst()).allSatisfy { $1 == $0 + 1 }
      let picked = columns.map { column in
        isContiguous
          ? column.slice(batch[0], batch.count).withValidity(
            column.validity?.slice(batch[0], batch.count))
          : Column(batch.map { column.value(at: $0) }, type: column.type)
      }
      if let groups {
        let numbers = batch.map { number(groups[$0]) }
        accumulator.resize(groupCount: Int(numbers.max() ?? 0) + 1)
        try numbers.withUnsafeBufferPointer { buffer in
          try accumulator.update(
            AccumulatorInput(columns: picked, groups: buffer.baseAddress, count: batch.count))
        }
      } else {
        try accumulator.update(
          AccumulatorInput(columns: picked, groups: nil, count: batch.count))
      }
      start += batchRows
    }
  }
}
