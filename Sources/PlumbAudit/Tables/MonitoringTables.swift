import PlumbColumns

/// How serving models are watched.
extension GovernanceCatalog {
  static let monitoringTables: [GovernanceTable] = [
    GovernanceTable(
      "monitors", "A monitor of a model in an environment.",
      [
        .key("monitor_id", .string, "the monitor's id"),
        .text("model_id", "the model"),
        .text("environment", "the environment"),
        .text(
          "kind",
          "availability, data_quality, data_drift, prediction_drift, performance, fairness or cost"),
        .text("metric", "the metric"),
        .number("threshold", "the value at which it fails"),
        .text("direction", "max when greater values are better, else min"),
        .span("interval", "how often it runs; a number is seconds"),
        .span("window", "the time that one result covers; a number is seconds"),
        .flag("enabled", "whether it runs"),
        .text("owner", "who looks after it"),
        .text("channel", "where its alerts go"),
        .text("reference_dataset_id", "the data that it compares with"),
        .time("created_at", "when it was made"),
        .time("changed_at", "when it last changed"),
        .text("changed_by", "who changed it"),
      ]),
    GovernanceTable(
      "monitor_results", "What a monitor found in a window.",
      [
        .key("monitor_id", .string, "the monitor"),
        .key("window_end", .timestamp, "the end of the window"),
        .time("window_start", "its beginning"),
        .time("computed_at", "when it was computed"),
        .number("value", "the metric's value"),
        .text("status", "ok, warn, fail, error or no_data"),
        .count("n", "how many rows it looked at"),
        .number("label_coverage", "the share of rows whose truth is known"),
      ]),
    GovernanceTable(
      "alerts", "An alert of a monitor.", isStrict: false,
      [
        .key("alert_id", .string, "the alert's id"),
        .text("monitor_id", "the monitor"),
        .text("model_id", "the model"),
        .time("raised_at", "when it was raised"),
        .time("acked_at", "when someone took it on"),
        .text("acked_by", "who"),
        .time("resolved_at", "when it was resolved"),
        .text("action", "retrain, rollback, accept or none"),
        .text("incident_id", "the incident that it became"),
      ]),
  ]
}
