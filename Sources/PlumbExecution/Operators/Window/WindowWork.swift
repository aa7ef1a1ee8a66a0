import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions

/// The groups of a window and what is to be computed over them.
struct WindowWork: Sendable {
  let grouped: GroupedRows
  let sort: [SortKey]
  let calls: [Call]
  let environment: Environment
  let control: RunControl

  /// A function or aggregate and its arguments for all rows, in the table's order.
  struct Call: Sendable {
    let kind: Kind
    var arguments: [Column]
    /// The rows that an aggregate's `where` lets in.
    var included: Column?
    let range: SourceRange?

    enum Kind: Sendable {
      case function(WindowFunction.Overload, DataType)
      case aggregate(
        AggregateFunction.Overload, AggregateSetup, PlumbFunctions.RowFrame, name: String)
    }
  }

  /// Some groups that follow each other, and the positions of their rows.
  struct Task: Sendable {
    let groups: Range<Int>
    let positions: Range<Int>
  }

  /// The results of a task, in the window's order.
  struct Piece: Sendable {
    let positions: Range<Int>
    /// The row at each position; absent when it is the position itself.
    let rows: Values<UInt32>?
    let columns: [Column]

    /// Writes for each row of the piece its position.
    func writePlaces(to places: UnsafeMutablePointer<UInt32>) {
      var position = UInt32(truncatingIfNeeded: positions.lowerBound)
      guard let rows else {
        for row in positions {
          places[row] = position
          position &+= 1
        }
        return
      }
      let source = rows.pointer
      for index in 0..<rows.count {
        places[Int(source[index])] = position
        position &+= 1
      }
      withExtendedLifetime(rows) {}
    }
  }

  /// Tasks of whole groups with about so many rows each.
  func tasks(rowsPerTask: Int) -> [Task] {
    var tasks: [Task] = []
    var first = 0
    for group in 0..<grouped.groupCount {
      let start = Int(grouped.offsets.base[first])
      let end = Int(grouped.offsets.base[group + 1])
      if end - start >= rowsPerTask || group == grouped.groupCount - 1 {
        tasks.append(Task(groups: first..<(group + 1), positions: start..<end))
        first = group + 1
      }
    }
    return tasks
  }

  func compute(_ task: Task) throws(ExecutionError) -> Piece {
    let offsets = (task.groups.lowerBound...task.groups.upperBound).map {
      Int(grouped.offsets.base[$0]) - task.positions.lowerBound
    }
    let rows = try order(task, offsets)
    var peerStarts: Values<UInt8>?
    if !sort.isEmpty, calls.contains(where: \.isFunction) {
      peerStarts = changes(
        sort.map { ordered($0.column, task, rows) }, groupOffsets: offsets,
        count: task.positions.count)
    }
    var columns: [Column] = []
    for call in calls {
      columns.append(try result(of: call, task, rows, offsets, peerStarts))
    }
    return Piece(positions: task.positions, rows: rows, columns: columns)
  }

  /// The task's rows in the window's order; nil when they lie so already.
  private func order(
    _ task: Task, _ offsets: [Int]
  ) throws(ExecutionError) -> Values<UInt32>? {
    let together = grouped.rows?.slice(task.positions.lowerBound, task.positions.count)
    guard !sort.isEmpty else { return together }
    if sort.count == 1,
      liesInOrder(
        sort[0], rows: together, first: task.positions.lowerBound, groupOffsets: offsets)
    {
      return together
    }
    var keys = sort.map { key in
      (column: ordered(key.column, task, together), isDescending: key.isDescending)
    }
    if task.groups.count > 1 { keys.insert((groupNumbers(task), false), at: 0) }
    let sorted: Values<UInt32>
    do throws(RunControl.Interruption) {
      sorted = try sortedRows(by: keys, count: task.positions.count, control: control)
    } catch {
      throw ExecutionError(error)
    }
    if sorted.isIdentity { return together }
    let result = Buffer<UInt32>(count: sorted.count)
    let places = sorted.pointer
    if let together {
      let source = together.pointer
      for index in 0..<sorted.count { result.base[index] = source[Int(places[index])] }
    } else {
      let first = UInt32(truncatingIfNeeded: task.positions.lowerBound)
      for index in 0..<sorted.count { result.base[index] = first &+ places[index] }
    }
    withExtendedLifetime((sorted, together)) {}
    return Values(result)
  }

  /// The number of its group within the task for each row.
  private func groupNumbers(_ task: Task) -> Column {
    let numbers = Buffer<Int32>(count: task.positions.count)
    for group in task.groups {
      let range = grouped.range(of: group)
      (numbers.base + (range.lowerBound - task.positions.lowerBound)).update(
        repeating: Int32(truncatingIfNeeded: group - task.groups.lowerBound), count: range.count)
    }
    return Column(
      type: .int, count: task.positions.count, storage: .int32(Values(numbers)))
  }

  /// A column's values for a task's rows.
  private func ordered(_ column: Column, _ task: Task, _ rows: Values<UInt32>?) -> Column {
    rows.map { column.gathered($0) }
      ?? column.slice(task.positions.lowerBound, task.positions.count)
  }

  private func result(
    of call: Call, _ task: Task, _ rows: Values<UInt32>?, _ offsets: [Int],
    _ peerStarts: Values<UInt8>?
  ) throws(ExecutionError) -> Column {
    let arguments = call.arguments.map { ordered($0, task, rows) }
    func input(_ type: DataType) -> WindowCall {
      WindowCall(
        arguments: arguments, count: task.positions.count, groupOffsets: offsets,
        peerStarts: peerStarts, resultType: type, environment: environment)
    }
    do throws(FunctionError) {
      switch call.kind {
      case .function(let overload, let type): return try overload.kernel(input(type))
      case .aggregate(let overload, let setup, let frame, let name):
        return try evaluateFrame(
          overload, setup: setup, call: input(setup.resultType), frame: frame,
          functionName: name,
          included: call.included.map { ordered($0, task, rows).trueRows })
      }
    } catch {
      throw ExecutionError(error, topic: "window", range: call.range, control: control)
    }
  }
}

extension WindowWork.Call {
  fileprivate var isFunction: Bool { if case .function = kind { true } else { false } }
}
