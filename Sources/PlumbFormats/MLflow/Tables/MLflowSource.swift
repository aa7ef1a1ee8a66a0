import PlumbColumns

/// An opened MLflow store, whichever kind it is, with its tables.
final class MLflowSource: DataSource {
  let address: String
  let format: String
  let tables: [any TableProvider]
  let warnings: [String]

  init(address: String, format: String, store: any MLflowStore, control: RunControl) {
    self.address = address
    self.format = format
    let contents = store.contents
    warnings = contents.warnings
    let history = HistoryTable(store)
    let models = contents.models.filter { !$0.isPrompt }
    let prompts = contents.models.filter(\.isPrompt)
    tables = [
      experimentsTable(contents.experiments),
      runsTable(contents, store, history),
      history,
      KeyValueTable(
        name: "params", summary: "A row for each parameter of each run, with its text as stored.",
        rows: contents.params, ownerIDs: contents.runDirectory.ids),
      KeyValueTable(
        name: "tags", summary: "A row for each tag of each run, with its text as stored.",
        rows: contents.tags, ownerIDs: contents.runDirectory.ids),
      DeferredTable(empty: datasetsTable([]), control: control) {
        (control) throws(ImportError) in
        datasetsTable(try store.datasets(control: control))
      },
      modelsTable("models", "A row for each registered model.", models),
      DeferredTable(empty: loggedModelsTable([]), control: control) {
        (control) throws(ImportError) in
        loggedModelsTable(try store.loggedModels(control: control))
      },
      versionsTable(
        "versions", "A row for each version of each registered model.",
        contents.versions.filter { !$0.isOfPrompt }),
      modelsTable("prompts", "A row for each prompt kept in the model registry.", prompts),
      versionsTable(
        "prompt_versions", "A row for each version of each prompt in the model registry.",
        contents.versions.filter(\.isOfPrompt)),
    ]
  }
}

private func experimentsTable(_ experiments: [ExperimentRecord]) -> EntityTable {
  var fixed = FixedColumns([
    ("experiment_id", .int), ("name", .string), ("lifecycle_stage", .string),
    ("created_at", .timestamp), ("updated_at", .timestamp),
  ])
  for experiment in experiments {
    fixed.append(
      .int(experiment.id), Value(experiment.name), Value(experiment.lifecycleStage),
      Value(timestamp: experiment.createdAt), Value(timestamp: experiment.updatedAt))
  }
  let tags = KeyValueRows.collecting(experiments.map(\.tags))
  return EntityTable(
    name: "experiments", summary: "A row for each experiment.", fixed: fixed,
    families: [TextFamily("tags", tags, ownerCount: experiments.count)])
}

private func runsTable(
  _ contents: StoreContents, _ store: any MLflowStore, _ history: HistoryTable
) -> EntityTable {
  let runs = contents.runs
  let tags = contents.tags
  var fixed = FixedColumns([
    ("run_id", .string), ("name", .string), ("experiment_id", .int), ("experiment", .string),
    ("status", .string), ("user", .string), ("start_time", .timestamp), ("end_time", .timestamp),
    ("duration", .duration), ("lifecycle_stage", .string), ("parent_run_id", .string),
    ("source_name", .string),
  ])
  let names = tags.strings("mlflow.runName", ownerCount: runs.count)
  let users = tags.strings("mlflow.user", ownerCount: runs.count)
  let parents = tags.strings("mlflow.parentRunId", ownerCount: runs.count)
  let sources = tags.strings("mlflow.source.name", ownerCount: runs.count)
  for (row, run) in runs.enumerated() {
    fixed.append(
      .string(run.id), Value(names?[row]?.nonEmpty ?? run.name?.nonEmpty),
      .int(run.experimentID), Value(run.experiment), Value(run.status),
      Value(users?[row]?.nonEmpty ?? run.user?.nonEmpty), Value(timestamp: run.startTime),
      Value(timestamp: run.endTime), run.duration, Value(run.lifecycleStage),
      Value(parents?[row]?.nonEmpty),
      Value(sources?[row]?.nonEmpty ?? run.sourceName?.nonEmpty))
  }
  let summaries = MetricSummaries(store, history)
  var families: [any ColumnFamily] = [TextFamily("params", contents.params, ownerCount: runs.count)]
  families += MetricFamily.Kind.allCases.map { MetricFamily($0, summaries) }
  families.append(TextFamily("tags", tags, ownerCount: runs.count))
  let directory = contents.runDirectory
  return EntityTable(
    name: "runs", summary: "A row for each run, with its parameters, last metrics and tags.",
    fixed: fixed, families: families,
    identity: ("run_id", { directory.position($0) }))
}

extension RunRecord {
  /// From the start to the end, null while there is no end.
  fileprivate var duration: Value {
    guard let startTime, let endTime else { return .null }
    let (length, overflow) = endTime.subtractingReportingOverflow(startTime)
    return overflow ? .null : .duration(length)
  }
}

private func datasetsTable(_ datasets: [DatasetRecord]) -> EntityTable {
  var fixed = FixedColumns([
    ("run_id", .string), ("name", .string), ("digest", .string), ("context", .string),
    ("source_type", .string), ("source", .string), ("schema", .string), ("profile", .string),
  ])
  for dataset in datasets {
    fixed.append(
      .string(dataset.runID), Value(dataset.name), Value(dataset.digest), Value(dataset.context),
      Value(dataset.sourceType), Value(dataset.source), Value(dataset.schema),
      Value(dataset.profile))
  }
  return EntityTable(
    name: "datasets", summary: "A row for each dataset that a run used.", fixed: fixed)
}

private func modelsTable(_ name: String, _ summary: String, _ models: [ModelRecord]) -> EntityTable
{
  var fixed = FixedColumns([
    ("name", .string), ("description", .string), ("created_at", .timestamp),
    ("updated_at", .timestamp), ("aliases", .list(.string)),
  ])
  for model in models {
    fixed.append(
      .string(model.name), Value(model.description), Value(timestamp: model.createdAt),
      Value(timestamp: model.updatedAt), Value(texts: model.aliases))
  }
  let tags = KeyValueRows.collecting(models.map(\.tags))
  return EntityTable(
    name: name, summary: summary, fixed: fixed,
    families: [TextFamily("tags", tags, ownerCount: models.count)])
}

private func versionsTable(
  _ name: String, _ summary: String, _ versions: [VersionRecord]
) -> EntityTable {
  var fixed = FixedColumns([
    ("model", .string), ("version", .int), ("stage", .string), ("aliases", .list(.string)),
    ("status", .string), ("description", .string), ("run_id", .string), ("user", .string),
    ("source", .string), ("created_at", .timestamp), ("updated_at", .timestamp),
  ])
  for version in versions {
    fixed.append(
      .string(version.model), .int(version.version), Value(version.stage),
      Value(texts: version.aliases), Value(version.status), Value(version.description),
      Value(version.runID), Value(version.user), Value(version.source),
      Value(timestamp: version.createdAt), Value(timestamp: version.updatedAt))
  }
  let tags = KeyValueRows.collecting(versions.map(\.tags))
  return EntityTable(
    name: name, summary: summary, fixed: fixed,
    families: [TextFamily("tags", tags, ownerCount: versions.count)])
}

private func loggedModelsTable(_ models: [LoggedModelRecord]) -> EntityTable {
  var fixed = FixedColumns([
    ("model_id", .string), ("name", .string), ("experiment_id", .int),
    ("source_run_id", .string), ("status", .string), ("model_type", .string),
    ("created_at", .timestamp), ("updated_at", .timestamp),
  ])
  var metrics: [String: RunValues] = [:]
  for (row, model) in models.enumerated() {
    fixed.append(
      .string(model.id), Value(model.name), .int(model.experimentID), Value(model.sourceRunID),
      Value(model.status), Value(model.modelType), Value(timestamp: model.createdAt),
      Value(timestamp: model.updatedAt))
    for (key, point) in model.metrics {
      metrics[key, default: RunValues()].runs.append(UInt32(truncatingIfNeeded: row))
      metrics[key, default: RunValues()].values.append(point.value)
    }
  }
  let params = KeyValueRows.collecting(models.map(\.params))
  let tags = KeyValueRows.collecting(models.map(\.tags))
  return EntityTable(
    name: "logged_models", summary: "A row for each model that a run logged (MLflow 3).",
    fixed: fixed,
    families: [
      TextFamily("params", params, ownerCount: models.count),
      NumberFamily("metrics", metrics, ownerCount: models.count),
      TextFamily("tags", tags, ownerCount: models.count),
    ])
}
