import PlumbColumns

/// Makes records of the rows of MLflow's tables, whichever database they are in.
struct DatabaseOpening {
  let includesDeleted: Bool

  private func isSeen(_ lifecycleStage: String?) -> Bool {
    includesDeleted || lifecycleStage != "deleted"
  }

  /// All that a store knows when it is open.
  ///
  /// - Parameters:
  ///   - address: What the user calls the database.
  ///   - metricKeys: Finds the keys of the metrics that the runs have, each database in its own way.
  func contents<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading, address: String,
    metricKeys: (inout Reading, RunDirectory) throws(ImportError) -> [String]
  ) throws(ImportError) -> StoreContents {
    let experiments = try experiments(&reading)
    let names = Dictionary(
      experiments.map { ($0.id, $0.name ?? "") }, uniquingKeysWith: { first, _ in first })
    let runs = try runs(&reading, experiments: names)
    let directory = RunDirectory(runs)
    return StoreContents(
      experiments: experiments, runs: runs, runDirectory: directory,
      params: try keyValues("params", &reading, directory),
      tags: try keyValues("tags", &reading, directory),
      metricKeys: try metricKeys(&reading, directory),
      models: try models(&reading), versions: try versions(&reading),
      warnings: SchemaRevision.warnings(try reading.revisions(), address))
  }

  private func experiments<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading
  ) throws(ImportError) -> [ExperimentRecord] {
    var experiments: [ExperimentRecord] = []
    try reading.visit(
      "experiments",
      [
        "experiment_id", "name", "lifecycle_stage", "creation_time",
        "last_update_time",
      ], orderedBy: ["experiment_id"]
    ) { (row) throws(ImportError) in
      let stage = row.string(3)
      guard isSeen(stage), let id = row.integer(1) else { return }
      experiments.append(
        ExperimentRecord(
          id: id, name: row.string(2), lifecycleStage: stage,
          createdAt: microseconds(milliseconds: row.integer(4)),
          updatedAt: microseconds(milliseconds: row.integer(5))))
    }
    guard reading.schema.has("experiment_tags") else { return experiments }
    let positions = Dictionary(
      experiments.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    try reading.visit(
      "experiment_tags", ["experiment_id", "key", "value"]
    ) { (row) throws(ImportError) in
      guard let id = row.integer(1), let position = positions[id] else { return }
      experiments[position].tags.append(KeyedText(row.string(2) ?? "", row.string(3)))
    }
    return experiments
  }

  private func runs<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading, experiments: [Int: String]
  ) throws(ImportError) -> [RunRecord] {
    var runs: [RunRecord] = []
    try reading.visit(
      "runs",
      [
        "run_uuid", "name", "experiment_id", "status", "user_id", "start_time",
        "end_time", "lifecycle_stage", "source_name",
      ], orderedBy: ["start_time", "run_uuid"]
    ) { (row) throws(ImportError) in
      let stage = row.string(8)
      guard isSeen(stage), let id = row.string(1) else { return }
      let experimentID = row.integer(3) ?? 0
      let experiment = experiments[experimentID]
      // A run of a deleted experiment is deleted with it.
      guard includesDeleted || experiment != nil else { return }
      let end = row.integer(7)
      runs.append(
        RunRecord(
          id: id, name: row.string(2), experimentID: experimentID, experiment: experiment,
          status: row.string(4), user: row.string(5),
          startTime: microseconds(milliseconds: row.integer(6)),
          endTime: end == 0 ? nil : microseconds(milliseconds: end), lifecycleStage: stage,
          sourceName: row.string(9)))
    }
    return runs
  }

  /// The tables `params` and `tags`.
  private func keyValues<Reading: DatabaseReading & ~Copyable>(
    _ table: String, _ reading: inout Reading, _ directory: RunDirectory
  ) throws(ImportError) -> KeyValueRows {
    var builder = KeyValueRowsBuilder()
    try reading.visit(
      table, ["run_uuid", "key", "value"]
    ) { (row) throws(ImportError) in
      guard let id = row.bytes(1) else { return }
      let run = directory.position(id)
      guard run >= 0, let key = row.bytes(2) else { return }
      builder.append(owner: run, key: key, value: row.bytes(3))
    }
    return builder.finish()
  }
}
