import PlumbFunctions

extension LanguageDefinition {
  static let explain = LanguageDefinition(
    "explain", topic: "looking",
    forms: ["explain PIPELINE"],
    summary: "Shows how a pipeline will be run, without running it.",
    details: """
      Last step first, with the columns that are read, and below it the rules of the optimizer \
      that changed the plan.
      """,
    examples: [
      Example(
        "explain table([{x: 1, y: 2}]) | sort y | where x > 1 and true | select x",
        """
        project x
          sort y
            filter x > 1
              scan table  columns: x, y (2 of 2)
        rules: boolean-simplification, filter-pushdown
        """),
      Example("explain 1", "error: a table is needed here, and this is a value of type int"),
    ],
    related: ["profile"])
}
