import PlumbFunctions

extension LanguageDefinition {
  static let `let` = LanguageDefinition(
    "let", topic: "definitions",
    forms: ["let NAME = VALUE"],
    summary: "Gives a value, a table or a function a name that does not change.",
    details: """
      A pipeline is evaluated once, and its rows are held in memory. The name hides a table of \
      the same name; `$NAME` is always the variable, also where a column is called so.
      """,
    examples: [
      Example(
        """
        let x = 2
        x * 21
        """,
        "42"),
      Example(
        """
        let t = table([{x: 1}, {x: 2}])
        t | where x > 1 | count
        """,
        "1"),
      Example(
        """
        let x = 1
        x = 2
        """,
        "error: `x` cannot change"),
    ],
    related: ["var", "def", "param"])
}
