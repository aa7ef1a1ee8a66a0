import PlumbColumns

/// Decisions and examinations.
extension GovernanceCatalog {
  static let evidenceTables: [GovernanceTable] = [
    GovernanceTable(
      "approvals", "A decision at a gate about a version of a model.",
      [
        .key("approval_id", .string, "the decision's id"),
        .text("gate", "the gate, such as production"),
        .text("model_id", "the model"),
        .version("version", "the version"),
        .text("environment", "the environment that it is about"),
        .text("decision", "approved, conditional or rejected"),
        .text("requested_by", "who asked for it"),
        .time("requested_at", "when it was asked for"),
        .text("decided_by", "who decided"),
        .time("decided_at", "when it was decided"),
        .time("expires_at", "when it stops being valid"),
        .texts("conditions", "what a conditional decision demands"),
        .time("conditions_due", "by when"),
        .time("conditions_closed_at", "when that was done"),
        .text("evidence_uri", "where the record is"),
        .text("evidence_digest", "the digest of the record"),
      ]),
    GovernanceTable(
      "assessments", "An examination of a model.",
      [
        .key("assessment_id", .string, "the assessment's id"),
        .text("model_id", "the model"),
        .version("version", "the version; empty when it is about the model"),
        .text(
          "kind",
          "validation, impact, fairness, security, privacy, periodic_review, rollback_drill, "
            + "change_review (a look at an urgent change afterwards) or gate_test (a trial that a "
            + "gate stops what it must)"),
        .text("outcome", "pass, conditional or fail"),
        .text("performed_by", "who did it"),
        .time("performed_at", "when"),
        .flag("independent", "whether by someone who did not develop the model"),
        .time("expires_at", "when it stops being valid"),
        .text("metric", "the metric that was measured"),
        .number("value", "its value"),
        .count("findings_open", "how many of its findings are open"),
        .text("evidence_uri", "where the record is"),
        .text("evidence_digest", "the digest of the record"),
      ]),
    GovernanceTable(
      "waivers", "A decision to accept a finding for a time.",
      [
        .key("id", .string, "the waiver's id"),
        .text("check", "the checks that it is about, such as `MON-*`"),
        .text("subject", "the subjects that it is about"),
        .text("reason", "why"),
        .text("requested_by", "who asked for it"),
        .text("approved_by", "who approved it: another person"),
        .time("approved_at", "when it was approved"),
        .time("expires", "the last day on which it counts, to its end in UTC"),
        .text("ticket", "the ticket"),
      ]),
  ]
}
