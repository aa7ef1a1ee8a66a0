import PlumbFunctions

extension LanguageDefinition {
  static let snapshot = LanguageDefinition(
    "snapshot", topic: "audits",
    forms: [#"snapshot registry to "FOLDER""#],
    summary: "Adds a dated copy of the registry's versions, aliases and tags to a folder.",
    details: """
      MLflow records neither who moved an alias nor when. Two copies tell that it was moved, and \
      between which times: see `help(registry.alias_events)`. The time of a copy is `now()`; a \
      copy of that time that is there already is an error.
      """,
    examples: [
      Example(
        #"snapshot registry to "history/""#,
        "error: there is no table `models`, which a registry has")
    ],
    related: ["save", "check"])
}
