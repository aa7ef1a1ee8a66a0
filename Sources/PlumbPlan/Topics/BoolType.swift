import PlumbFunctions

extension LanguageDefinition {
  static let boolType = LanguageDefinition(
    "bool", topic: "values",
    forms: [
      "true",
      "false",
    ],
    summary: "True or false.",
    details: "`sum` and `mean` take bools: the number and the share of true.",
    examples: [
      Example("1 < 2", "true"),
      Example(
        "table([{ok: true}, {ok: false}]) | summarize sum(ok), mean(ok)",
        """
        ┌────────┬─────────┐
        │ sum_ok │ mean_ok │
        │    int │   float │
        ├────────┼─────────┤
        │      1 │     0.5 │
        └────────┴─────────┘
        1 row
        """),
      Example("true + 1", "error: `+` does not take bool and int"),
    ],
    related: ["and", "where", "count_if"],
    aliases: ["true", "false"])
}
