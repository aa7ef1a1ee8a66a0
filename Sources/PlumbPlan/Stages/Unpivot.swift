import PlumbFunctions

extension LanguageDefinition {
  static let unpivot = LanguageDefinition(
    "unpivot", topic: "shape",
    forms: ["unpivot COLUMN, PREFIX.*, /REGEX/, … into KEY, VALUE"],
    summary: "Turns columns into rows: one for each column, with its name and its value.",
    details: """
      The columns need one type; an int meets a float as a float, and `params` and `tags` \
      of different types are taken as the text that the store holds. The other columns are \
      repeated. Nulls stay as rows: `where value != null` leaves them out.
      """,
    parts: [
      Part("into", "The names of the two new columns.")
    ],
    setup: """
      let t = table([{name: "a", auc: 0.9, loss: 0.2}, {name: "b", auc: null, loss: 0.4}])
      """,
    examples: [
      Example(
        "t | unpivot auc, loss into metric, value",
        """
        ┌────────┬────────┬───────┐
        │ name   │ metric │ value │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ a      │ auc    │   0.9 │
        │ a      │ loss   │   0.2 │
        │ b      │ auc    │  null │
        │ b      │ loss   │   0.4 │
        └────────┴────────┴───────┘
        4 rows
        """),
      Example(
        "t | unpivot name, auc into k, v",
        "error: the columns have one type, and `auc` is float"),
    ],
    related: ["pivot"])
}
