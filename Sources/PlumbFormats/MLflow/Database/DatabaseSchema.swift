import PlumbColumns

/// Which tables and columns a database has, of those that an MLflow store may have.
///
/// Only the tables named here are ever looked at: an MLflow database may also hold secrets, users
/// and job tokens.
struct DatabaseSchema: Sendable {
  private let columns: [String: Set<String>]

  /// - Parameter columns: The names of the columns of each table that there is, in lower case.
  init(_ columns: [String: Set<String>]) { self.columns = columns }

  static let tables = [
    "experiments", "experiment_tags", "runs", "metrics", "latest_metrics", "params", "tags",
    "datasets", "inputs", "input_tags", "registered_models", "registered_model_tags",
    "registered_model_aliases", "model_versions", "model_version_tags", "logged_models",
    "logged_model_metrics", "logged_model_params", "logged_model_tags",
  ]

  func has(_ table: String) -> Bool { columns[table] != nil }

  func has(_ table: String, _ column: String) -> Bool { columns[table]?.contains(column) ?? false }

  /// Throws if the database is no MLflow store.
  ///
  /// - Parameters:
  ///   - address: What the user calls it.
  ///   - kind: What it is, such as `an SQLite database`.
  func requireStore(_ address: String, _ kind: String) throws(ImportError) {
    let required = [
      ("experiments", "experiment_id"), ("runs", "run_uuid"), ("metrics", "key"),
      ("metrics", "run_uuid"), ("metrics", "value"), ("params", "key"), ("tags", "key"),
    ]
    for (table, column) in required where !has(table, column) {
      let missing =
        has(table) ? "`\(table)` has no column `\(column)`" : "it has no table `\(table)`"
      throw ImportError(
        .wrongFormat, "`\(address)` is \(kind) but no MLflow store: \(missing)",
        remedy: "give the database that `mlflow` was started with as its backend store")
    }
  }
}
