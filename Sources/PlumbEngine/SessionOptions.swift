package import PlumbAudit
package import PlumbColumns

/// How a session works.
public struct SessionOptions: Sendable {
  /// The threads that a query may use; 0 for as many as the machine has processors.
  public var threadCount = 0
  /// The bytes that data may take before a run stops with an error; 0 for no limit.
  public var memoryLimitBytes = 0
  /// What `now()` gives, in microseconds since 1970-01-01T00:00:00Z; nil for the clock's time at
  /// the start of each run.
  public var nowMicroseconds: Int?
  /// The folder that relative paths in programs count from; nil for the process's.
  public var folder: String?
  /// What makes an audit fail.
  package var auditGate = AuditGate()
  /// Which checks of a program run.
  package var checkSelection = CheckSelection()
  /// The earlier runs that an audit is compared with.
  package var auditHistory: AuditHistory?
  /// Whether the report of an audit names the sources, which reads their files once more.
  package var listsSources = false
  /// The version of the program, for reports.
  package var toolVersion = ""
  /// Whether checking a program opens the servers that it names. An editor checks a program at
  /// every key, with addresses that are half typed.
  package var checkOpensServers = true
  /// Rows that operators get at a time, for tests.
  package var batchRows: Int?
  /// Rows of a thread's task, for tests.
  package var morselRows: Int?
  /// Whether plans are optimized, for tests.
  package var isOptimizing = true
  /// Told of the progress of long operations.
  package var progress: (@Sendable (RunControl.Progress) -> Void)?

  /// Takes the defaults: all processors, no limit, the clock, the folder of the process.
  public init() {}
}
