import PlumbColumns

/// How far a cell has come: which of what it shows is its result.
///
/// Only one output is the cell's result, the first of its last statement; what earlier statements
/// show stands beside it.
struct CellProgression {
  /// The statements of the cell at top level.
  var statementCount = 0
  private var finishedCount = 0
  private var hasResult = false

  /// Notes that a statement has ended.
  mutating func finishStatement() { finishedCount += 1 }

  /// Whether what is shown now is the result.
  mutating func takesResult() -> Bool {
    guard finishedCount == statementCount - 1, !hasResult else { return false }
    hasResult = true
    return true
  }
}

extension JSONTree {
  /// The content of an error as clients and notebooks have it.
  static func failure(_ name: String, _ value: String, _ traceback: [String]) -> JSONTree {
    [
      "ename": .string(name), "evalue": .string(value),
      "traceback": .array(traceback.map { .string($0) }),
    ]
  }
}
