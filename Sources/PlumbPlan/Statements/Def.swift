import PlumbFunctions

extension LanguageDefinition {
  static let def = LanguageDefinition(
    "def", topic: "definitions",
    forms: [
      "def NAME(PARAMETER, PARAMETER: TYPE, PARAMETER = DEFAULT, …) = VALUE",
      "def NAME(…) { STATEMENTS }",
    ],
    summary: "Defines a function.",
    details: """
      A function of values is called row by row, with nulls and all. One whose first parameter \
      is a table is also a stage: `t | name(args)`. The columns that the body names are those of \
      the table it is called with. Within a stage, columns and aggregates may be arguments; a \
      function that is a stage gets values, and reads the column that a text names by \
      `column(name)`. A body in braces gives what `return` gives, else null.

      A first parameter that is a `table` with a default may be left out: a pipeline fills it, a \
      call whose first argument is no table takes the default.

      Lines with `##` above a definition are its documentation, which `help(NAME)` shows. \
      Functions may call themselves.
      """,
    examples: [
      Example(
        """
        def twice(x) = x * 2
        twice(21)
        """,
        "42"),
      Example(
        """
        def grade(x: float) { if x > 0.9 { return "A" }; return "B" }
        [grade(0.95), grade(0.5)]
        """,
        #"["A","B"]"#),
      Example(
        """
        def best(t, n = 1) = t | top n by auc
        table([{auc: 0.5}, {auc: 0.7}]) | best() | select auc
        """,
        "0.7"),
      Example(
        """
        let t = table([{auc: 0.5}, {auc: 0.7}])
        def above(rows: table = t, x: float) = rows | where auc > x | select auc
        above(0.6)
        """,
        "0.7"),
      Example(
        """
        def twice(x) = x * 2
        twice()
        """,
        "error: `twice` needs `x`"),
    ],
    related: ["return", "fn", "import", "help"])
}
