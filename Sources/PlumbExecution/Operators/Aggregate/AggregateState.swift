import PlumbColumns
import PlumbFunctions

/// The groups and accumulators of one thread: rows are folded in batch by batch, then the states
/// of later rows.
final class AggregateState: BatchSink {
  private let work: AggregateWork
  private let table: KeyTable
  /// One for each unit of the work.
  private let accumulators: [any Accumulator]
  private var groups = Buffer<UInt32>(count: 0)

  init(_ work: AggregateWork, expectedRows: Int) throws(ExecutionError) {
    self.work = work
    table = KeyTable(types: work.keyTypes, expectedRows: expectedRows)
    var accumulators: [any Accumulator] = []
    for unit in work.units { accumulators.append(try work.accumulator(unit)) }
    self.accumulators = accumulators
  }

  func consume(_ batch: Batch) throws(ExecutionError) {
    if groups.count < batch.count { groups = Buffer(count: batch.count) }
    var keys: [Column] = []
    for key in work.keys { keys.append(try key.evaluate(batch)) }
    table.insert(keys, count: batch.count, into: groups.base)
    var inputs = BatchInputs(
      work: work, batch: batch, groups: table.hasNoKeys ? nil : UnsafePointer(groups.base))
    for (unit, accumulator) in zip(work.units, accumulators) {
      let call = work.calls[unit.calls[0]]
      accumulator.resize(groupCount: table.count)
      let input = try inputs.input(call, readsPresence: accumulator.readsPresence)
      guard input.count > 0 else { continue }
      do throws(FunctionError) {
        try accumulator.update(input)
      } catch {
        throw work.error(error, call)
      }
    }
    withExtendedLifetime(inputs) {}
  }

  /// Folds in the state of a thread that had later rows.
  func merge(_ other: AggregateState) throws(ExecutionError) {
    let map = table.merge(other.table)
    for (index, unit) in work.units.enumerated() {
      let call = work.calls[unit.calls[0]]
      accumulators[index].resize(groupCount: table.count)
      do throws(FunctionError) {
        try accumulators[index].merge(other.accumulators[index], groups: map)
      } catch {
        throw work.error(error, call)
      }
    }
  }

  /// The keys and results of all groups. Without keys there is always one.
  func finish() throws(ExecutionError) -> Batch {
    let count = table.hasNoKeys ? 1 : table.count
    var results: [Column?] = Array(repeating: nil, count: work.calls.count)
    for (unit, accumulator) in zip(work.units, accumulators) {
      accumulator.resize(groupCount: count)
      if let shared = accumulator as? any SharedAccumulator {
        for (part, call) in unit.calls.enumerated() {
          results[call] = shared.finish(part: part, groupCount: count)
        }
        continue
      }
      do throws(FunctionError) {
        results[unit.calls[0]] = try accumulator.finish(groupCount: count)
      } catch {
        throw work.error(error, work.calls[unit.calls[0]])
      }
    }
    let columns = table.keyColumns() + results.compactMap(\.self)
    return Batch(columns: columns, count: count)
  }
}

/// What the calls read of one batch, each thing made when it is first asked for.
private struct BatchInputs {
  private let work: AggregateWork
  private let batch: Batch
  private let groups: UnsafePointer<UInt32>?
  private var columns: [Column?]
  private var selections: [Selection?]

  /// The rows of a row set with their groups, and what has been gathered for them.
  private struct Selection {
    /// Absent when it is all rows.
    let rows: Bitmap?
    let count: Int
    /// The groups of the rows, gathered when they are first asked for.
    var groups: Values<UInt32>?
    var columns: [Column?]
  }

  init(work: AggregateWork, batch: Batch, groups: UnsafePointer<UInt32>?) {
    self.work = work
    self.batch = batch
    self.groups = groups
    columns = Array(repeating: nil, count: work.inputs.count)
    selections = Array(repeating: nil, count: work.rowSets.count)
  }

  mutating func input(
    _ call: AggregateWork.Call, readsPresence: Bool
  ) throws(ExecutionError) -> AccumulatorInput {
    guard let set = call.rowSet else { return try input(call, selection: nil) }
    if selections[set] == nil { selections[set] = try select(work.rowSets[set]) }
    // Few rows to pass over: cheaper than copying all others.
    if readsPresence, let selection = selections[set], let rows = selection.rows,
      selection.count * 4 > batch.count * 3
    {
      return try input(call, selection: nil, present: rows)
    }
    return try input(call, selection: set)
  }

  private mutating func input(
    _ call: AggregateWork.Call, selection: Int?, present: Bitmap? = nil
  ) throws(ExecutionError) -> AccumulatorInput {
    var arguments: [Column] = []
    guard let selection, let rows = selections[selection]?.rows,
      let count = selections[selection]?.count
    else {
      for argument in call.arguments { arguments.append(try column(argument)) }
      return AccumulatorInput(
        columns: arguments, groups: groups, count: batch.count, present: present)
    }
    for argument in call.arguments {
      if let known = selections[selection]?.columns[argument] {
        arguments.append(known)
      } else {
        let compact = try column(argument).compacted(rows, total: count)
        selections[selection]?.columns[argument] = compact
        arguments.append(compact)
      }
    }
    if let groups, selections[selection]?.groups == nil {
      selections[selection]?.groups = rows.compacted(groups, total: count)
    }
    let chosen = selections[selection]?.groups?.pointer
    return AccumulatorInput(columns: arguments, groups: chosen, count: count)
  }

  private mutating func column(_ index: Int) throws(ExecutionError) -> Column {
    if let known = columns[index] { return known }
    let column = try work.inputs[index].evaluate(batch)
    columns[index] = column
    return column
  }

  private mutating func select(_ set: AggregateWork.RowSet) throws(ExecutionError) -> Selection {
    var bits: Bitmap?
    for input in set.present {
      guard let presence = try column(input).presence else { continue }
      bits = bits.map { $0.intersection(presence) } ?? presence
    }
    if let condition = set.condition {
      let isTrue = try column(condition).trueRows
      bits = bits.map { $0.intersection(isTrue) } ?? isTrue
    }
    let none: [Column?] = Array(repeating: nil, count: work.inputs.count)
    let count = bits?.setCount ?? batch.count
    guard let bits, count < batch.count else {
      return Selection(rows: nil, count: batch.count, groups: nil, columns: none)
    }
    return Selection(rows: bits, count: count, groups: nil, columns: none)
  }
}
