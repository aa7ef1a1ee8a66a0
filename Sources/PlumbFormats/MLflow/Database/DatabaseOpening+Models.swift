import PlumbColumns

/// The tables that are read when they are first asked for.
extension DatabaseOpening {
  func datasets<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading, runs: RunDirectory
  ) throws(ImportError) -> [DatasetRecord] {
    guard reading.schema.has("datasets"), reading.schema.has("inputs") else { return [] }
    var known: [String: DatasetRecord] = [:]
    try reading.visit(
      "datasets",
      [
        "dataset_uuid", "name", "digest", "dataset_source_type", "dataset_source",
        "dataset_schema", "dataset_profile",
      ]
    ) { (row) throws(ImportError) in
      known[row.string(1) ?? ""] = DatasetRecord(
        runID: "", name: row.string(2), digest: row.string(3), sourceType: row.string(4),
        source: row.string(5), schema: row.string(6), profile: row.string(7))
    }
    var contexts: [String: String] = [:]
    if reading.schema.has("input_tags") {
      try reading.visit(
        "input_tags", ["input_uuid", "value"],
        where: "name = 'mlflow.data.context'"
      ) { (row) throws(ImportError) in
        if let input = row.string(1) { contexts[input] = row.string(2) }
      }
    }
    var datasets: [DatasetRecord] = []
    try reading.visit(
      "inputs", ["input_uuid", "source_id", "destination_id"],
      where: "source_type = 'DATASET' AND destination_type = 'RUN'"
    ) { (row) throws(ImportError) in
      guard let run = row.bytes(3), runs.position(run) >= 0,
        var dataset = known[row.string(2) ?? ""]
      else { return }
      dataset.runID = row.string(3) ?? ""
      dataset.context = row.string(1).flatMap { contexts[$0] }
      datasets.append(dataset)
    }
    return datasets
  }

  /// - Parameter experiments: The identifiers of the experiments that are seen.
  func loggedModels<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading, experiments: Set<Int>
  ) throws(ImportError) -> [LoggedModelRecord] {
    guard reading.schema.has("logged_models") else { return [] }
    var models: [LoggedModelRecord] = []
    var positions: [String: Int] = [:]
    try reading.visit(
      "logged_models",
      [
        "model_id", "name", "experiment_id", "source_run_id", "status",
        "model_type", "creation_timestamp_ms", "last_updated_timestamp_ms", "lifecycle_stage",
      ],
      orderedBy: ["creation_timestamp_ms", "model_id"]
    ) { (row) throws(ImportError) in
      let experiment = row.integer(3) ?? 0
      let isSeen = row.string(9) != "deleted" && experiments.contains(experiment)
      guard includesDeleted || isSeen, let id = row.string(1) else { return }
      positions[id] = models.count
      models.append(
        LoggedModelRecord(
          id: id, name: row.string(2), experimentID: experiment, sourceRunID: row.string(4),
          status: row.integer(5).flatMap { LoggedModelRecord.status($0) },
          modelType: row.string(6), createdAt: microseconds(milliseconds: row.integer(7)),
          updatedAt: microseconds(milliseconds: row.integer(8))))
    }
    if reading.schema.has("logged_model_params") {
      try reading.visit(
        "logged_model_params",
        ["model_id", "param_key", "param_value"]
      ) { (row) throws(ImportError) in
        guard let position = positions[row.string(1) ?? ""] else { return }
        models[position].params.append(KeyedText(row.string(2) ?? "", row.string(3)))
      }
    }
    if reading.schema.has("logged_model_tags") {
      try reading.visit(
        "logged_model_tags",
        ["model_id", "tag_key", "tag_value"]
      ) { (row) throws(ImportError) in
        guard let position = positions[row.string(1) ?? ""] else { return }
        models[position].tags.append(KeyedText(row.string(2) ?? "", row.string(3)))
      }
    }
    try readModelMetrics(&models, positions, &reading)
    return models
  }

  private func readModelMetrics<Reading: DatabaseReading & ~Copyable>(
    _ models: inout [LoggedModelRecord], _ positions: [String: Int], _ reading: inout Reading
  ) throws(ImportError) {
    guard reading.schema.has("logged_model_metrics") else { return }
    var points: [LoggedModelPoint] = []
    try reading.visit(
      "logged_model_metrics",
      [
        "model_id", "metric_name", "metric_timestamp_ms", "metric_step", "metric_value", "run_id",
      ]
    ) { (row) throws(ImportError) in
      guard let position = positions[row.string(1) ?? ""], let key = row.string(2) else { return }
      points.append(
        LoggedModelPoint(
          model: position,
          place: LoggedModelPoint.Place(
            key: key, milliseconds: row.integer(3) ?? 0, step: row.integer(4) ?? 0,
            run: row.string(6) ?? ""),
          value: row.double(5)))
    }
    try models.setMetrics(points) { (zeros) throws(ImportError) in try reading.areNaN(zeros) }
  }
}
