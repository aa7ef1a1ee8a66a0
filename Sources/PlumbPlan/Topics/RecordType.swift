import PlumbFunctions

extension LanguageDefinition {
  static let recordType = LanguageDefinition(
    "record", topic: "values",
    forms: [
      "{FIELD: VALUE, …}",
      #"{"odd name": VALUE}"#,
    ],
    summary: "Named values of any types.",
    details: #"A field is read with a point or with brackets: `r.name`, `r["odd name"]`."#,
    examples: [
      Example(#"{name: "a", n: 1}.n"#, "1"),
      Example(#"{"odd name": 1}["odd name"]"#, "1"),
      Example("{a: 1}.b", "error: `{a: 1}` has no field `b`"),
    ],
    related: ["table", "keys", "json"])
}
