package import PlumbAudit
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
  /// The program had checks and has come to its end.
  case audited(AuditReport)
  /// A statement at top level was evaluated; rows if it gave a table.
  case statementFinished(line: Int, seconds: Double, rowCount: Int?)
}

/// A result to show.
package enum ShownResult: Sendable {
  /// A table, and the rows that a null condition left out.
  case table(Table, nullConditionRows: Int)
  case value(Value, DataType)
  /// Text made for reading: help, a plan, a profile.
  case text(String)

  /// Lines to show under the result.
  package var notes: [String] {
    guard case .table(_, let rows) = self, rows > 0 else { return [] }
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
