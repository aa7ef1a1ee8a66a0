import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan

/// The keys and aggregates of a `summarize`, bound to the columns of its input.
struct AggregateWork: Sendable {
  let keys: [ExpressionEvaluator]
  let keyTypes: [DataType]
  /// What the calls read, each computed once per batch.
  private(set) var inputs: [ExpressionEvaluator] = []
  private(set) var calls: [Call] = []
  /// The rows that calls leave out; calls that leave out the same share the work.
  private(set) var rowSets: [RowSet] = []
  /// The states that the calls are computed with.
  private(set) var units: [Unit] = []
  let control: RunControl

  /// A state: that of one call, or of several that share it.
  struct Unit: Sendable {
    /// The positions of the calls, at least one.
    fileprivate(set) var calls: [Int]
    /// How each call shares the state; empty for a call that cannot.
    fileprivate(set) var sharing: [StateSharing]
  }

  /// One aggregate: which inputs are its arguments, and which rows count.
  struct Call: Sendable {
    let overload: AggregateFunction.Overload
    let setup: AggregateSetup
    let arguments: [Int]
    /// The position of its row set; absent when all rows count.
    let rowSet: Int?
    let range: SourceRange?
  }

  /// Rows where no input of `present` is null and the input `condition` is true.
  struct RowSet: Sendable, Hashable {
    let present: [Int]
    let condition: Int?
  }

  init(
    keys: [OutputColumn], calls: [AggregateCall], schema: Schema, executor: Executor
  ) throws(ExecutionError) {
    self.keys = try executor.evaluators(keys.map(\.expression), schema: schema)
    keyTypes = keys.map(\.expression.type)
    control = executor.control
    for call in calls {
      let arguments = try executor.evaluators(call.arguments, schema: schema).map { addInput($0) }
      var condition: Int?
      if let expression = call.condition {
        condition = addInput(try executor.evaluators([expression], schema: schema)[0])
      }
      let present = call.overload.skipsNullsOf.filter(arguments.indices.contains).map {
        arguments[$0]
      }
      var setup = call.setup
      setup.threadCount = executor.control.threadCount
      self.calls.append(
        Call(
          overload: call.overload, setup: setup, arguments: arguments,
          rowSet: addRowSet(RowSet(present: present, condition: condition)), range: call.range))
    }
    let (first, rest) = (
      self.calls.indices.filter { isPreferred($0) }, self.calls.indices.filter { !isPreferred($0) }
    )
    for index in first + rest { addToUnit(index) }
  }

  private func isPreferred(_ index: Int) -> Bool {
    calls[index].overload.sharing?.isPreferred ?? false
  }

  private mutating func addToUnit(_ index: Int) {
    let call = calls[index]
    guard let sharing = call.overload.sharing else {
      units.append(Unit(calls: [index], sharing: []))
      return
    }
    let known = units.firstIndex { unit in
      guard let shared = unit.sharing.first else { return false }
      let other = calls[unit.calls[0]]
      return shared.isJoined(by: sharing, type: call.setup.types[sharing.sharedArguments[0]])
        && shared.sharedArguments.map { other.arguments[$0] }
          == sharing.sharedArguments.map { call.arguments[$0] }
        && other.rowSet == call.rowSet
    }
    if let known {
      units[known].calls.append(index)
      units[known].sharing.append(sharing)
    } else {
      units.append(Unit(calls: [index], sharing: [sharing]))
    }
  }

  /// Plain columns that several calls read are one input.
  private mutating func addInput(_ evaluator: ExpressionEvaluator) -> Int {
    if let column = evaluator.columnIndex,
      let known = inputs.firstIndex(where: { $0.columnIndex == column })
    {
      return known
    }
    inputs.append(evaluator)
    return inputs.count - 1
  }

  private mutating func addRowSet(_ rowSet: RowSet) -> Int? {
    if rowSet.present.isEmpty, rowSet.condition == nil { return nil }
    if let known = rowSets.firstIndex(of: rowSet) { return known }
    rowSets.append(rowSet)
    return rowSets.count - 1
  }

  /// Makes the state of a unit.
  func accumulator(_ unit: Unit) throws(ExecutionError) -> any Accumulator {
    var call = calls[unit.calls[0]]
    do throws(FunctionError) {
      if unit.calls.count == 1 { return try call.overload.make(call.setup) }
      return try sharedAccumulator(unit.sharing) { () throws(FunctionError) in
        var states: [any Accumulator] = []
        for index in unit.calls {
          call = calls[index]
          states.append(try call.overload.make(call.setup))
        }
        return states
      }
    } catch {
      throw self.error(error, call)
    }
  }

  func error(_ error: FunctionError, _ call: Call) -> ExecutionError {
    ExecutionError(error, topic: "aggregates", range: call.range, control: control)
  }
}

extension ExecutionError {
  /// An aggregate's error at its place in the program.
  init(_ error: FunctionError, of call: AggregateCall, control: RunControl) {
    self.init(error, topic: "aggregates", range: call.range, control: control)
  }
}
