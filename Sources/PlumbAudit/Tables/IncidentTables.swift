import PlumbColumns

/// What went wrong, and what was done about it.
extension GovernanceCatalog {
  static let incidentTables: [GovernanceTable] = [
    GovernanceTable(
      "incidents", "An incident.", isStrict: false,
      [
        .key("incident_id", .string, "the incident's id"),
        .text("model_id", "the model"),
        .text("deployment_id", "the deployment that caused it"),
        .text("service", "the service, where the model is not known"),
        .count("severity", "1, the gravest, to 4"),
        .text("category", "the kind of incident"),
        .text("detected_by", "monitor, user or audit"),
        .time("started_at", "when it began"),
        .time("opened_at", "when it was noticed"),
        .time("acknowledged_at", "when someone took it on"),
        .time("mitigated_at", "when its effects ended"),
        .time("resolved_at", "when its cause was gone"),
        .time("closed_at", "when it was closed"),
        .flag("caused_by_change", "whether a change caused it"),
        .text("postmortem_uri", "where the post-mortem is"),
        .text("serious_kind", "death, infrastructure or other, for a serious incident"),
        .time("aware_at", "when the provider knew that it is serious"),
        .time("reported_at", "when it was reported to the authority"),
      ]),
    GovernanceTable(
      "services", "Which model a service is.", isStrict: false,
      [
        .key("service", .string, "the service, as incidents call it"),
        .text("model_id", "the model"),
      ]),
    GovernanceTable(
      "actions", "Something that was decided to be done.", isStrict: false,
      [
        .key("action_id", .string, "the action's id"),
        .text("incident_id", "the incident that it follows from"),
        .text("assessment_id", "or the assessment"),
        .text("owner", "who does it"),
        .time("due_at", "by when"),
        .time("done_at", "when it was done"),
      ]),
  ]
}
