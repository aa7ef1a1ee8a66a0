import PlumbColumns

/// An opened store of runs, whichever kind it is, under the names of MLflow's tables.
final class MLflowSource: DataSource {
  let address: String
  let format: String
  let tables: [any TableProvider]
  let warnings: [String]

  /// - Parameter names: The tables that a store of its kind can have; nil for all.
  init(
    address: String, format: String, store: any MLflowStore, tables names: Set<String>? = nil,
    warnings: [String] = [], control: RunControl
  ) {
    self.address = address
    self.format = format
    let contents = store.contents
    self.warnings = warnings + contents.warnings
    let history = HistoryTable(store)
    let models = contents.models.filter { !$0.isPrompt }
    let prompts = contents.models.filter(\.isPrompt)
    let all: [any TableProvider] = [
      experimentsTable(contents.experiments),
      runsTable(contents, store, history),
      history,
      KeyValueTable(
        name: "params", kind: "parameter", rows: contents.params,
        ownerIDs: contents.runDirectory.ids),
      KeyValueTable(
        name: "tags", kind: "tag", rows: contents.tags,
        ownerIDs: contents.runDirectory.ids),
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
    tables = names.map { names in all.filter { names.contains($0.name) } } ?? all
  }
}

private func experimentsTable(_ experiments: [ExperimentRecord]) -> EntityTable {
  var fixed = FixedColumns([
    ("experiment_id", .int, "The identifier, which other tables refer to."),
    ("name", .string, "The name, unique among experiments."),
    ("lifecycle_stage", .string, "`active`, or `deleted` (seen with `deleted = true` only)."),
    ("created_at", .timestamp, "When it was made."),
    ("updated_at", .timestamp, "When it was last changed."),
  ])
  for experiment in experiments {
    fixed.append(
      .int(experiment.id), Value(experiment.name), Value(experiment.lifecycleStage),
      Value(timestamp: experiment.createdAt), Value(timestamp: experiment.updatedAt))
  }
  let tags = KeyValueRows.collecting(experiments.map(\.tags))
  return EntityTable(
    name: "experiments", summary: "A row for each experiment.", fixed: fixed,
    families: [TextFamily("tags", tags, ownerCount: experiments.count, "A tag of the experiment.")])
}

private func runsTable(
  _ contents: StoreContents, _ store: any MLflowStore, _ history: HistoryTable
) -> EntityTable {
  let runs = contents.runs
  let tags = contents.tags
  let columns: [(String, DataType, String)] = [
    ("run_id", .string, "The identifier, which other tables refer to."),
    ("name", .string, "The name, which need not be unique."),
    ("experiment_id", .int, "The experiment that it belongs to."),
    ("experiment", .string, "That experiment's name."),
    ("status", .string, "`RUNNING`, `SCHEDULED`, `FINISHED`, `FAILED` or `KILLED`."),
    ("user", .string, "Who started it."),
    ("start_time", .timestamp, "When it started."),
    ("end_time", .timestamp, "When it ended; null while it runs, or when it was never told."),
    ("duration", .duration, "From the start to the end; null without an end."),
    ("lifecycle_stage", .string, "`active`, or `deleted` (seen with `deleted = true` only)."),
    ("parent_run_id", .string, "The run that it is a part of, such as a sweep."),
    ("source_name", .string, "The script or notebook that ran."),
  ]
  let fixed = FixedColumns(columns, rowCount: runs.count) { fixed in
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
  }
  let summaries = MetricSummaries(store, history)
  var families: [any ColumnFamily] = [
    TextFamily("params", contents.params, ownerCount: runs.count, "A parameter of the run.")
  ]
  families += MetricFamily.Kind.allCases.map { MetricFamily($0, summaries) }
  families.append(TextFamily("tags", tags, ownerCount: runs.count, "A tag of the run."))
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
    ("run_id", .string, "The run that used it."),
    ("name", .string, "The name of the dataset."),
    ("digest", .string, "The fingerprint of its content."),
    ("context", .string, "What it was used for, such as `training`."),
    ("source_type", .string, "The kind of its source, such as `local`."),
    ("source", .string, "Where it came from, as JSON text."),
    ("schema", .string, "Its columns and their types, as JSON text."),
    ("profile", .string, "Its size, as JSON text."),
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
    ("name", .string, "The name, unique among models."),
    ("description", .string, "What people wrote about it."),
    ("created_at", .timestamp, "When it was registered."),
    ("updated_at", .timestamp, "When it was last changed."),
    ("aliases", .list(.string), "The aliases that its versions have, such as `champion`."),
  ])
  for model in models {
    fixed.append(
      .string(model.name), Value(model.description), Value(timestamp: model.createdAt),
      Value(timestamp: model.updatedAt), Value(texts: model.aliases))
  }
  let tags = KeyValueRows.collecting(models.map(\.tags))
  return EntityTable(
    name: name, summary: summary, fixed: fixed,
    families: [TextFamily("tags", tags, ownerCount: models.count, "A tag of it.")])
}

private func versionsTable(
  _ name: String, _ summary: String, _ versions: [VersionRecord]
) -> EntityTable {
  var fixed = FixedColumns([
    ("model", .string, "The name of the model, or of the prompt."),
    ("version", .int, "The number of the version, from 1 on."),
    ("stage", .string, "`None` (that text), `Staging`, `Production` or `Archived`."),
    ("aliases", .list(.string), "The aliases that point to the version, such as `champion`."),
    ("status", .string, "`READY`, `PENDING_REGISTRATION` or `FAILED_REGISTRATION`."),
    ("description", .string, "What people wrote about it."),
    ("run_id", .string, "The run that made it; it stays when that run was deleted."),
    ("user", .string, "Who registered it, if the store says so."),
    ("source", .string, "Where its files are."),
    ("created_at", .timestamp, "When it was registered."),
    ("updated_at", .timestamp, "When it was last changed."),
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
    families: [TextFamily("tags", tags, ownerCount: versions.count, "A tag of the version.")])
}

private func loggedModelsTable(_ models: [LoggedModelRecord]) -> EntityTable {
  var fixed = FixedColumns([
    ("model_id", .string, "The identifier."),
    ("name", .string, "The name, which need not be unique."),
    ("experiment_id", .int, "The experiment that it belongs to."),
    ("source_run_id", .string, "The run that logged it."),
    ("status", .string, "`READY`, `PENDING`, `FAILED` or `UNSPECIFIED`."),
    ("model_type", .string, "The kind of model, as the run named it."),
    ("created_at", .timestamp, "When it was logged."),
    ("updated_at", .timestamp, "When it was last changed."),
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
      TextFamily("params", params, ownerCount: models.count, "A parameter of the model."),
      NumberFamily(
        "metrics", metrics, ownerCount: models.count,
        "The last value of a metric that was logged for the model."),
      TextFamily("tags", tags, ownerCount: models.count, "A tag of the model."),
    ])
}
