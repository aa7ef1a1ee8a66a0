/// The words that begin statements.
///
/// Before `|`, `.` and `=` they are names; `if` is reserved.
package enum StatementKeyword: String, Sendable, CaseIterable {
  case `break`, check, `continue`, def, expect, explain, `for`, `import`, `let`, load, open, param
  case profile, `return`, save, snapshot, `var`, `while`
}
