import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan

/// The groups and aggregates of one worker: batches go in, in the order of the rows; the states
/// of workers over later rows are merged; a table comes out.
///
/// Groups are numbered in order of first appearance, across workers too, because each worker has
/// a contiguous run of rows.
final class GroupedAggregation: BatchSink {
  private let program: Program
  private let keys: KeyTable
  private var calls: [CallState] = []
  private var groups = Buffer<UInt32>(count: 0)

  /// The expressions of an aggregate bound to its input, shared by all workers.
  struct Program: Sendable {
    let keys: [ExpressionEvaluator]
    let calls: [Call]
    let expectedRows: Int

    struct Call: Sendable {
      let call: AggregateCall
      let arguments: [ExpressionEvaluator]
      let condition: ExpressionEvaluator?
    }
  }

  private struct CallState {
    let program: Program.Call
    let accumulator: any Accumulator
  }

  init(_ program: Program) throws(ExecutionError) {
    self.program = program
    keys = KeyTable(types: program.keys.map(\.type), expectedRows: program.expectedRows)
    for call in program.calls {
      do throws(FunctionError) {
        calls.append(
          CallState(program: call, accumulator: try call.call.overload.make(call.call.setup)))
      } catch { throw ExecutionError(error, of: call.call) }
    }
  }

  /// Folds in the rows of a batch.
  func consume(_ batch: Batch) throws(ExecutionError) {
    guard batch.count > 0 else { return }
    if groups.count < batch.count { groups = Buffer(count: batch.count) }
    if !program.keys.isEmpty {
      var columns: [Column] = []
      for key in program.keys { columns.append(try key.evaluate(batch)) }
      keys.insert(columns, count: batch.count, into: groups.base)
    }
    let groupCount = program.keys.isEmpty ? 1 : keys.count
    for state in calls { try update(state, batch, groupCount: groupCount) }
  }

  private func update(
    _ state: CallState, _ batch: Batch, groupCount: Int
  ) throws(ExecutionError) {
    let call = state.program
    var columns: [Column] = []
    for argument in call.arguments { columns.append(try argument.evaluate(batch)) }
    state.accumulator.resize(groupCount: groupCount)
    var present = presence(of: columns, call.call.overload.skipsNullsOf)
    if let condition = call.condition {
      let isTrue = trueRows(try condition.evaluate(batch))
      present = present.map { $0.intersection(isTrue) } ?? isTrue
    }
    let rows = selection(of: call, present, batch)
    guard rows.count > 0 else { return }
    if let present = rows.present {
      columns = columns.map { $0.compacted(present, total: rows.count) }
    }
    let hasGroups = !program.keys.isEmpty
    do throws(FunctionError) {
      try state.accumulator.update(
        AccumulatorInput(
          columns: columns, groups: hasGroups ? UnsafePointer(rows.groups.base) : nil,
          count: rows.count))
      withExtendedLifetime(rows) {}
    } catch { throw ExecutionError(error, of: call.call) }
  }

  /// The rows of a batch that a call sees, and their groups.
  private struct Selection {
    /// Absent when the call sees all rows.
    let present: Bitmap?
    let count: Int
    let groups: Buffer<UInt32>
  }

  private func selection(
    of call: Program.Call, _ present: Bitmap?, _ batch: Batch
  ) -> Selection {
    let all = Selection(present: nil, count: batch.count, groups: groups)
    guard let present else { return all }
    let total = present.setCount
    if total == batch.count { return all }
    let hasGroups = !program.keys.isEmpty
    return Selection(
      present: present, count: total,
      groups: hasGroups ? present.compacted(groups.base, total: total) : groups)
  }

  /// Which rows have all the arguments that must not be null; absent when all have.
  private func presence(of columns: [Column], _ indices: [Int]) -> Bitmap? {
    var result: Bitmap?
    for index in indices where index < columns.count {
      guard let presence = columns[index].presence else { continue }
      result = result.map { $0.intersection(presence) } ?? presence
    }
    return result
  }

  private func trueRows(_ mask: Column) -> Bitmap {
    let bools = mask.bools()
    let isTrue = Bitmap(bytes: bools.pointer, count: mask.count)
    return mask.presence.map { isTrue.intersection($0) } ?? isTrue
  }

  /// Folds in the state of a worker over later rows.
  func merge(_ other: GroupedAggregation) throws(ExecutionError) {
    let mapping = program.keys.isEmpty ? [0] : keys.merge(other.keys)
    let groupCount = program.keys.isEmpty ? 1 : keys.count
    for (own, later) in zip(calls, other.calls) {
      own.accumulator.resize(groupCount: groupCount)
      later.accumulator.resize(groupCount: mapping.count)
      do throws(FunctionError) {
        try own.accumulator.merge(later.accumulator, groups: mapping)
      } catch { throw ExecutionError(error, of: own.program.call) }
    }
  }

  /// The keys and aggregates of all groups.
  func finish(schema: Schema) throws(ExecutionError) -> Table {
    let count = program.keys.isEmpty ? 1 : keys.count
    var columns = program.keys.isEmpty ? [] : keys.keyColumns()
    for state in calls {
      state.accumulator.resize(groupCount: count)
      do throws(FunctionError) {
        columns.append(try state.accumulator.finish(groupCount: count))
      } catch { throw ExecutionError(error, of: state.program.call) }
    }
    return Table(schema: schema, columns: columns, rowCount: count)
  }
}

extension ExecutionError {
  /// An aggregate's error at its place in the program.
  init(_ error: FunctionError, of call: AggregateCall) {
    self.init(.invalidArgument, error.message, hint: error.hint, range: call.range)
  }
}
