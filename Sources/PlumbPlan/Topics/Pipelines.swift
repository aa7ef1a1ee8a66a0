import PlumbFunctions

extension LanguageDefinition {
  static let pipelines = LanguageDefinition(
    "pipelines", topic: "programs",
    forms: [
      "TABLE | STAGE | STAGE",
      "| STAGE",
    ],
    summary: "A table and steps that each make a table of the one before.",
    details: """
      The head is a table's name, a call that gives a table, a variable, or a pipeline in \
      parentheses. Inside a stage a name is a column first, then a variable; `$name` is always \
      the variable. A table of one row and one column serves as a value.

      At the prompt, an entry that begins with `|` goes on from the last result, which is also \
      called `_`.
      """,
    setup: "let t = table([{x: 1}, {x: 2}, {x: 3}])",
    examples: [
      Example("t | where x > 1 | count", "2"),
      Example("t | where x == (t | summarize max(x))", "3"),
      Example(
        """
        let x = 2
        t | where x == $x | count
        """,
        "1"),
      Example("t | filter x > 1", "error: there is no stage `filter`"),
    ],
    related: ["where", "select", "summarize", "let"],
    aliases: ["|", "_", "pipeline", "stages"])
}
