import PlumbColumns

/// What is known of models, versions and the runs they come from, beside what an MLflow store has.
extension GovernanceCatalog {
  static let registryTables: [GovernanceTable] = [
    GovernanceTable(
      "models", "A model of the registry or inventory.", isStrict: false,
      [
        .key("name", .string, "the name, which other tables call `model_id`"),
        .text("owner", "the person who answers for it; else `tags.owner`"),
        .text("team", "the team"),
        .text("risk_tier", "low, medium, high or critical; else `tags.risk_tier`"),
        .text("status", "development, active, deprecated or retired"),
        .text("purpose", "what it is for"),
        .text("intended_use", "by whom and for which decisions it may be used"),
        .text("task", "the kind of task, such as classification"),
        .text("ai_act_class", "its class under the EU AI Act: minimal, limited, high, prohibited"),
        .text("vendor", "who made it, when it was bought"),
        .text("card_uri", "where its model card is"),
        .time("card_updated_at", "when the card last changed"),
        .text("plan_uri", "where the plan for its monitoring is"),
        .text("log_sink", "where its event logs go"),
        .count("log_retention_days", "how many days they are kept"),
        .time("created_at", "when it was registered"),
        .time("review_due_at", "when its next review is due"),
        .time("retire_by", "when it must be retired"),
        .time("retired_at", "when it was retired"),
        .text("retire_record_uri", "where the decision to retire it is"),
        .text("data_disposition", "what became of its data when it was retired"),
      ]),
    GovernanceTable(
      "versions", "A version of a model.", isStrict: false,
      [
        .key("model", .string, "the model's name"),
        .key("version", .int, "the version's number"),
        .time("created_at", "when it was registered"),
        .texts("aliases", "its aliases; in CSV parted by `;`"),
        .text("user", "who registered it"),
        .text("run_id", "the run that trained it"),
        .text("artifact_uri", "where its files are"),
        .text("artifact_digest", "the digest of its files; else `tags.artifact_digest`"),
        .text("env_digest", "the digest of its environment; else `tags.env_digest`"),
        .flag("signed", "whether its files are signed"),
      ]),
    GovernanceTable(
      "runs", "A training run.", isStrict: false,
      [
        .key("run_id", .string, "the run's id"),
        .text("experiment", "the experiment's name"),
        .text("status", "FINISHED, FAILED, KILLED or RUNNING"),
        .text("user", "who started it"),
        .time("start_time", "when it started"),
        .time("end_time", "when it ended"),
        .text("git_commit", "the commit of its code; else `tags.mlflow.source.git.commit`"),
        .flag("git_dirty", "whether the code had changes that were not committed"),
        .text("pipeline_run_id", "the pipeline run that it was part of"),
      ]),
    GovernanceTable(
      "version_datasets", "A data set that a version was made or judged with.",
      [
        .key("model_id", .string, "the model"),
        .version("version", "the version"),
        .key("dataset_id", .string, "the data set"),
        .key("role", .string, "train, validation, test or reference"),
        .text("digest", "the digest of the data"),
        .time("created_at", "when the data were made"),
      ]),
    GovernanceTable(
      "pipeline_runs", "A run of a pipeline that trains or deploys.",
      [
        .key("pipeline_run_id", .string, "the run's id"),
        .text("pipeline", "the pipeline"),
        .text("trigger", "manual, schedule, push, drift or api"),
        .text("actor", "who or what started it"),
        .time("start_at", "when it started"),
        .time("end_at", "when it ended"),
        .text("status", "succeeded, failed, running or unknown"),
        .text("commit", "the commit of its code"),
        .texts("inputs", "the data sets that it read"),
        .texts("outputs", "the data sets that it wrote"),
      ]),
    GovernanceTable(
      "alias_events", "An alias of a model that was set or taken away.",
      [
        .key("model_id", .string, "the model"),
        .key("alias", .string, "the alias"),
        .version("version", "the version that it then named"),
        .time("at", "when; the latest possible time when `exact` is false"),
        .time("not_before", "the earliest possible time, when it was inferred"),
        .text("by", "who did it"),
        .text("kind", "set or delete"),
        .flag("exact", "true from a log, false between two snapshots"),
      ]),
    GovernanceTable(
      "tag_events", "A tag of a model or version that was set or taken away.",
      [
        .key("model_id", .string, "the model"),
        .version("version", "the version; empty for a tag of the model"),
        .key("key", .string, "the tag"),
        .text("value", "its new value; empty when it was taken away"),
        .time("at", "when; the latest possible time when `exact` is false"),
        .time("not_before", "the earliest possible time, when it was inferred"),
        .text("by", "who did it"),
        .flag("exact", "true from a log, false between two snapshots"),
      ]),
  ]
}
