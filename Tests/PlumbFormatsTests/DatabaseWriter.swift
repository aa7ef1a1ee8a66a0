import CSQLite
import Foundation
import Testing

/// A connection that writes to a database, as MLflow's does.
final class DatabaseWriter {
  private let handle: OpaquePointer

  init(_ path: String, busyMilliseconds: Int32 = 1_000) throws {
    var opened: OpaquePointer?
    let code = sqlite3_open(path, &opened)
    handle = try #require(opened)
    try #require(code == SQLITE_OK)
    sqlite3_busy_timeout(handle, busyMilliseconds)
  }

  deinit { sqlite3_close_v2(handle) }

  /// The message if SQL fails.
  struct Failure: Error { let message: String }

  func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw Failure(message: String(cString: sqlite3_errmsg(handle)) + " in " + sql.prefix(200))
    }
  }

  func columns(_ table: String) throws -> Set<String> {
    var statement: OpaquePointer?
    sqlite3_prepare_v2(handle, "PRAGMA table_info(\(table))", -1, &statement, nil)
    defer { sqlite3_finalize(statement) }
    var names: Set<String> = []
    while sqlite3_step(statement) == SQLITE_ROW {
      names.insert(String(cString: try #require(sqlite3_column_text(statement, 1))))
    }
    return names
  }

  /// Inserts a row, leaving out the columns that this version of the schema lacks.
  func insert(_ table: String, _ values: KeyValuePairs<String, String>) throws {
    let known = try columns(table)
    let present = values.filter { known.contains($0.key) }
    try execute(
      "INSERT INTO \(table) (\(present.map { "\"\($0.key)\"" }.joined(separator: ", "))) VALUES "
        + "(\(present.map(\.value).joined(separator: ", ")))")
  }

  /// An experiment and a run of it.
  func insertRun(
    _ id: String, experiment: Int = 1, stage: String = "active", experimentStage: String = "active"
  ) throws {
    try execute(
      "INSERT OR IGNORE INTO experiments (experiment_id, name, artifact_location, lifecycle_stage) "
        + "VALUES (\(experiment), 'experiment \(experiment)', '/x', '\(experimentStage)')")
    try insert(
      "runs",
      [
        "run_uuid": "'\(id)'", "name": "'run \(id)'", "source_type": "'LOCAL'",
        "source_name": "'train.py'", "entry_point_name": "''", "user_id": "'ada'",
        "status": "'FINISHED'", "start_time": "1500000000000", "end_time": "1500000002000",
        "source_version": "''", "lifecycle_stage": "'\(stage)'", "artifact_uri": "'/x'",
        "experiment_id": "\(experiment)",
      ])
  }

  /// A point as MLflow writes it, with its copy among the last values.
  func insertMetric(
    _ run: String, _ key: String, _ value: String, step: Int, time: Int = 1_500_000_000_000,
    isNaN: Bool = false, isLatest: Bool = true
  ) throws {
    let values: KeyValuePairs = [
      "key": "'\(key)'", "value": value, "timestamp": "\(time)", "run_uuid": "'\(run)'",
      "step": "\(step)", "is_nan": isNaN ? "1" : "0",
    ]
    try insert("metrics", values)
    guard isLatest, try !columns("latest_metrics").isEmpty else { return }
    try execute("DELETE FROM latest_metrics WHERE key = '\(key)' AND run_uuid = '\(run)'")
    try insert("latest_metrics", values)
  }
}

/// A run id of 32 hexadecimal digits.
func runID(_ number: Int) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 32 - digits.count) + digits
}
