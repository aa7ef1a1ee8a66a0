import PlumbColumns

/// Who people are and what they may do, and what is said of the tables themselves.
extension GovernanceCatalog {
  static let peopleTables: [GovernanceTable] = [
    GovernanceTable(
      "people", "A person.", isStrict: false,
      [
        .key("person", .string, "the name that other rows are brought to"),
        .texts("aliases", "other names and logins of the same person; in CSV parted by `;`"),
        .text("email", "the address"),
        .flag("active", "whether the person works here"),
        .time("left_at", "when the person left"),
      ]),
    GovernanceTable(
      "roles", "A role that a person has or had.", isStrict: false,
      [
        .key("person", .string, "the person"),
        .key("role", .string, "the role, such as model-risk-approver"),
        .text("scope", "what it is about; empty for all"),
        .key("from_at", .timestamp, "since when"),
        .time("to_at", "until when; empty while it lasts"),
      ]),
    GovernanceTable(
      "manifest", "What the one who exported a table says of it.",
      [
        .key("table", .string, "the table"),
        .flag(
          "complete", "whether nothing is missing, so that no rows means that there is nothing"),
        .time("captured_at", "when it was exported"),
      ]),
  ]
}
