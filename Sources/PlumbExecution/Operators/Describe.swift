import PlumbColumns
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// A row of statistics per column, columns shared among the threads.
  func describe(_ node: LogicalPlan.Describe, _ demand: Demand) throws(ExecutionError) -> Table {
    let table = try table(node.input, demand.all)
    let summaries = try runWorkers(table.columns.count, control: control) {
      (index, scope) throws(ExecutionError) -> [Value] in
      let column = table.columns[index]
      let nulls = column.nullCount
      var row: [Value] = [
        .string(table.schema.fields[index].name), .string(column.type.description),
        .int(column.count - nulls), .int(nulls),
      ]
      for statistic in Self.describedStatistics {
        try scope.check()
        row.append(try value(of: statistic, column))
      }
      try scope.check()
      return row
    }
    let schema = LogicalPlan.Describe.schema
    return Table(
      schema: schema,
      columns: schema.fields.enumerated().map { index, field in
        Column(summaries.map { $0[index] }, type: field.type)
      }, rowCount: summaries.count)
  }

  private struct Statistic {
    let function: String
    var share: Double?
    /// Whether the statistic is of numbers alone.
    var isNumeric = true
    /// Whether the value is shown as text, of whatever type it is.
    var isText = false
  }

  /// What stands in the columns of `Describe.schema` after the counts.
  private static let describedStatistics = [
    Statistic(function: "count_distinct", isNumeric: false),
    Statistic(function: "mean"), Statistic(function: "stddev"),
    Statistic(function: "min", isNumeric: false, isText: true),
    Statistic(function: "quantile", share: 0.25), Statistic(function: "quantile", share: 0.5),
    Statistic(function: "quantile", share: 0.75),
    Statistic(function: "max", isNumeric: false, isText: true),
  ]

  private func value(
    of statistic: Statistic, _ column: Column
  ) throws(ExecutionError) -> Value {
    let isMeant = statistic.isNumeric ? column.type.isNumeric : column.type.isOrdered
    guard isMeant || statistic.function == "count_distinct",
      let function = FunctionCatalog.builtin.aggregates[statistic.function],
      let overload = function.overloads.first
    else { return .null }
    var types = [column.type]
    var constants: [Int: Value] = [:]
    if let share = statistic.share {
      types.append(.float)
      constants[1] = .float(share)
    }
    let setup = AggregateSetup(
      types: types, constants: constants, resultType: overload.result.type(for: types))
    let result: Value
    do throws(FunctionError) {
      result = try fold(column, share: constants[1], overload.make(setup))
    } catch {
      throw ExecutionError(error, topic: "aggregates", range: nil, control: control)
    }
    guard statistic.isText, !result.isNull else { return result }
    return .string(plainText(result))
  }

  /// The aggregate of a whole column.
  private func fold(
    _ column: Column, share: Value?, _ accumulator: any Accumulator
  ) throws(FunctionError) -> Value {
    accumulator.resize(groupCount: 1)
    var start = 0
    while start < column.count {
      let count = min(max(1, options.batchRows), column.count - start)
      var batch = column.slice(start, count)
      if let presence = batch.presence {
        let total = presence.setCount
        if total < count { batch = batch.compacted(presence, total: total) }
      }
      if batch.count > 0 {
        var arguments = [batch]
        if let share { arguments.append(Column(constant: share, type: .float, count: batch.count)) }
        try accumulator.update(
          AccumulatorInput(columns: arguments, groups: nil, count: batch.count))
      }
      start += count
      // A stop is told by the check that follows each statistic.
      if (try? control.check()) == nil { break }
    }
    return try accumulator.finish(groupCount: 1).value(at: 0)
  }
}
