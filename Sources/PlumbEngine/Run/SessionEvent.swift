package import PlumbCharts
package import PlumbColumns
package import PlumbDiagnostics

/// What happens while a program runs, in order.
package enum SessionEvent: Sendable {
  /// The value of a bare expression or pipeline.
  case shown(ShownResult)
  /// A line of `print(…)`.
  case printed(String)
  /// A warning, or the error that ended the run.
  case diagnostic(Diagnostic)
  /// A statement at top level was evaluated; rows if it gave a table.
  case statementFinished(line: Int, seconds: Double, rowCount: Int?)
}

/// A result to show.
package enum ShownResult: Sendable {
  /// A table, and the rows that a null condition left out.
  case table(Table, nullConditionRows: Int)
  /// Rows to be drawn, and the rows that a null condition left out.
  case chart(Chart, nullConditionRows: Int)
  case value(Value, DataType)
  /// Text made for reading: help, a plan, a profile.
  case text(String)

  /// The rows, if there are any.
  package var table: Table? {
    switch self {
    case .table(let table, _): table
    case .chart(let chart, _): chart.table
    case .value, .text: nil
    }
  }

  /// The rows that a null condition left out.
  package var nullConditionRows: Int {
    switch self {
    case .table(_, let rows), .chart(_, let rows): rows
    case .value, .text: 0
    }
  }

  /// Lines to show under the result.
  package var notes: [String] {
    let rows = nullConditionRows
    guard rows > 0 else { return [] }
    return [
      rows == 1
        ? "1 row was left out because its condition was null"
        : "\(rows) rows were left out because their condition was null"
    ]
  }
}

/// How a run ended.
package enum RunOutcome: Sendable {
  case finished
  /// The program did not pass its checks; nothing ran.
  case rejected
  case failed
  case interrupted
}
