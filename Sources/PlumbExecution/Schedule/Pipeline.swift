import PlumbColumns

/// Rows of a table on their way through operators that see one batch at a time.
///
/// Nothing runs until the pipeline is given sinks; then each thread takes a contiguous share of
/// the rows, a batch at a time, through all the steps.
struct Pipeline: Sendable {
  var source: Table
  /// The rows of the source that are read, ascending and apart.
  var ranges: [Range<Int>]
  private(set) var steps: [PipelineStep] = []
  /// The columns of the batches that leave the last step.
  private(set) var schema: Schema
  /// Whether each step gives exactly the rows that it gets.
  private(set) var keepsRows = true
  /// Whether a step may fail for some row. Then it sees all of them, however few are wanted:
  /// whether a program ends with an error does not hang on how it is run.
  private(set) var canFail = false
  /// Where skipped chunks are booked, if the source is a scan.
  var scanEntry: Int?

  init(_ source: Table) {
    self.source = source
    schema = source.schema
    ranges = source.rowCount > 0 ? [0..<source.rowCount] : []
  }

  mutating func append(
    _ operation: any BatchOperator, entry: Int?, schema: Schema, keepsRows: Bool, canFail: Bool
  ) {
    steps.append(PipelineStep(operation: operation, entry: entry))
    self.schema = schema
    if !keepsRows { self.keepsRows = false }
    if canFail { self.canFail = true }
  }

  /// Gives the columns of the source other names, or leaves some out.
  ///
  /// There are no steps yet.
  mutating func select(_ columns: [Int], schema: Schema) {
    source = Table(selecting: columns, of: source, schema: schema)
    self.schema = schema
  }

  /// Whether a filter comes first: of large batches it makes some of the usual size, and each
  /// costs less.
  var beginsWithFilter: Bool { steps.first?.operation is FilterOperator }

  /// The rows that enter the first step.
  var sourceRowCount: Int { ranges.reduce(0) { $0 + $1.count } }
}

/// An operator in its place in a pipeline, and its entry in the report.
struct PipelineStep: Sendable {
  let operation: any BatchOperator
  let entry: Int?
}

/// An operator that needs to see no more than one batch at a time.
///
/// Shared by all threads.
protocol BatchOperator: Sendable {
  /// Hands on what becomes of a batch, in none, one or several batches.
  func apply(
    _ batch: Batch, _ emit: (Batch) throws(ExecutionError) -> Void
  ) throws(ExecutionError)
}

/// Where a thread's batches end up.
///
/// Sinks of later threads have later rows.
protocol BatchSink: AnyObject, SendableMetatype {
  /// Takes the next rows, at least one.
  func consume(_ batch: Batch) throws(ExecutionError)
}
