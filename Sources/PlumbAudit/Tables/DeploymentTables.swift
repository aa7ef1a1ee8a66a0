import PlumbColumns

/// What serves where.
extension GovernanceCatalog {
  static let deploymentTables: [GovernanceTable] = [
    GovernanceTable(
      "deployments", "A version of a model that was brought to an environment.",
      [
        .key("deployment_id", .string, "the deployment's id"),
        .text("model_id", "the model"),
        .version("version", "the version"),
        .text("environment", "production, staging or another name"),
        .text("target", "the service or endpoint"),
        .time("started_at", "when it began"),
        .time("finished_at", "when it was complete"),
        .time("ended_at", "when the version stopped serving; empty while it serves"),
        .text("status", "succeeded, failed, rolled_back, in_progress or blocked (by a gate)"),
        .text("actor", "who or what deployed it"),
        .text("actor_type", "human or automation"),
        .text("method", "pipeline or manual"),
        .text("strategy", "canary, shadow, blue-green or all-at-once"),
        .number("traffic_pct", "the share of requests that it got first, in percent"),
        .text("artifact_digest", "the digest of what was deployed"),
        .text("commit", "the commit of the deployment's code"),
        .text("change_ref", "the ticket of the change; `break-glass` in it marks an emergency"),
        .flag("planned", "false when an incident caused it"),
        .text("rollback_of", "the deployment that it takes back"),
        .text("gate_run_id", "the run of an audit that let it pass"),
      ]),
    GovernanceTable(
      "traffic", "The requests that a model answered in a day.", isStrict: false,
      [
        .key("model_id", .string, "the model"),
        .version("version", "the version"),
        .key("environment", .string, "the environment"),
        .key("day", .timestamp, "the day, in UTC"),
        .count("requests", "how many requests"),
        .count("errors", "how many of them failed"),
        .number("p95_ms", "the 95th percentile of the time they took, in milliseconds"),
      ]),
  ]
}
