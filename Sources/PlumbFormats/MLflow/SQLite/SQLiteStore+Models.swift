import PlumbColumns

/// The tables that are read when they are first asked for.
extension SQLiteStore {
  func datasets(control: RunControl) throws(ImportError) -> [DatasetRecord] {
    guard catalog.has("datasets"), catalog.has("inputs") else { return [] }
    var reading = try reading(control)
    var known: [String: DatasetRecord] = [:]
    try reading.visit(
      "datasets",
      catalog.columns(
        "datasets", "dataset_uuid", "name", "digest", "dataset_source_type", "dataset_source",
        "dataset_schema", "dataset_profile"),
      through: catalog.lastRowid("datasets")
    ) { (row) throws(ImportError) in
      known[row.string(1) ?? ""] = DatasetRecord(
        runID: "", name: row.string(2), digest: row.string(3), sourceType: row.string(4),
        source: row.string(5), schema: row.string(6), profile: row.string(7))
    }
    var contexts: [String: String] = [:]
    if catalog.has("input_tags") {
      try reading.visit(
        "input_tags", catalog.columns("input_tags", "input_uuid", "value"),
        where: "name = 'mlflow.data.context'", through: catalog.lastRowid("input_tags")
      ) { (row) throws(ImportError) in
        if let input = row.string(1) { contexts[input] = row.string(2) }
      }
    }
    var datasets: [DatasetRecord] = []
    try reading.visit(
      "inputs", catalog.columns("inputs", "input_uuid", "source_id", "destination_id"),
      where: "source_type = 'DATASET' AND destination_type = 'RUN'",
      through: catalog.lastRowid("inputs")
    ) { (row) throws(ImportError) in
      guard let run = row.bytes(3), contents.runDirectory.position(run) >= 0,
        var dataset = known[row.string(2) ?? ""]
      else { return }
      dataset.runID = row.string(3) ?? ""
      dataset.context = row.string(1).flatMap { contexts[$0] }
      datasets.append(dataset)
    }
    return datasets
  }

  func loggedModels(control: RunControl) throws(ImportError) -> [LoggedModelRecord] {
    guard catalog.has("logged_models") else { return [] }
    var reading = try reading(control)
    var models: [LoggedModelRecord] = []
    var positions: [String: Int] = [:]
    try reading.visit(
      "logged_models",
      catalog.columns(
        "logged_models", "model_id", "name", "experiment_id", "source_run_id", "status",
        "model_type", "creation_timestamp_ms", "last_updated_timestamp_ms", "lifecycle_stage"),
      through: catalog.lastRowid("logged_models")
    ) { (row) throws(ImportError) in
      let experiment = row.integer(3) ?? 0
      let isSeen = row.string(9) != "deleted" && experimentNames[experiment] != nil
      guard includesDeleted || isSeen, let id = row.string(1) else { return }
      positions[id] = models.count
      models.append(
        LoggedModelRecord(
          id: id, name: row.string(2), experimentID: experiment, sourceRunID: row.string(4),
          status: row.integer(5).flatMap { LoggedModelRecord.status($0) },
          modelType: row.string(6), createdAt: microseconds(milliseconds: row.integer(7)),
          updatedAt: microseconds(milliseconds: row.integer(8))))
    }
    if catalog.has("logged_model_params") {
      try reading.visit(
        "logged_model_params",
        catalog.columns("logged_model_params", "model_id", "param_key", "param_value"),
        through: catalog.lastRowid("logged_model_params")
      ) { (row) throws(ImportError) in
        guard let position = positions[row.string(1) ?? ""] else { return }
        models[position].params.append(KeyedText(row.string(2) ?? "", row.string(3)))
      }
    }
    if catalog.has("logged_model_tags") {
      try reading.visit(
        "logged_model_tags",
        catalog.columns("logged_model_tags", "model_id", "tag_key", "tag_value"),
        through: catalog.lastRowid("logged_model_tags")
      ) { (row) throws(ImportError) in
        guard let position = positions[row.string(1) ?? ""] else { return }
        models[position].tags.append(KeyedText(row.string(2) ?? "", row.string(3)))
      }
    }
    try readModelMetrics(&models, positions, &reading)
    return models
  }

  private func readModelMetrics(
    _ models: inout [LoggedModelRecord], _ positions: [String: Int],
    _ reading: inout SQLiteReading
  ) throws(ImportError) {
    guard catalog.has("logged_model_metrics") else { return }
    // This table has no flag for NaN and holds 0 instead. The same point is in `metrics`, with it.
    let hasFlag = catalog.has("metrics", "is_nan")
    let flag = try reading.connection.prepare(
      hasFlag
        ? "SELECT max(is_nan) FROM metrics "
          + "WHERE key = ?1 AND timestamp = ?2 AND step = ?3 AND run_uuid = ?4" : "SELECT 0")
    var found: [LoggedModelPoint] = []
    try reading.visit(
      "logged_model_metrics",
      catalog.columns(
        "logged_model_metrics", "model_id", "metric_name", "metric_timestamp_ms", "metric_step",
        "metric_value", "run_id"),
      through: catalog.lastRowid("logged_model_metrics")
    ) { (row) throws(ImportError) in
      guard let position = positions[row.string(1) ?? ""], let key = row.string(2) else { return }
      found.append(
        LoggedModelPoint(
          model: position, key: key, milliseconds: row.integer(3) ?? 0, step: row.integer(4) ?? 0,
          value: row.double(5), run: row.string(6) ?? ""))
    }
    for point in found {
      var isNaN = point.value == nil
      if hasFlag, point.value == 0 {
        try reading.renewIfDue()
        flag.bind(1, point.key)
        flag.bind(2, point.milliseconds)
        flag.bind(3, point.step)
        flag.bind(4, point.run)
        if try flag.step() { isNaN = flag.integer(0) == 1 }
        flag.reset()
      }
      let metric = MetricPoint(
        value: metricValue(point.value ?? .nan, isNaN: isNaN), step: point.step,
        timestamp: microseconds(milliseconds: point.milliseconds) ?? 0)
      if models[point.model].metrics[point.key].map({ metric.isLater(than: $0) }) ?? true {
        models[point.model].metrics[point.key] = metric
      }
    }
  }
}

/// A row of `logged_model_metrics`.
private struct LoggedModelPoint {
  let model: Int
  let key: String
  let milliseconds: Int
  let step: Int
  let value: Double?
  let run: String
}
