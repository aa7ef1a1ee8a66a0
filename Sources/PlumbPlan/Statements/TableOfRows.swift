import PlumbFunctions

extension LanguageDefinition {
  static let tableOfRows = LanguageDefinition(
    "table", topic: "data",
    forms: ["table([{COLUMN: VALUE, …}, …])"],
    summary: "Gives a table of the rows that are written out.",
    details: "Each row is a record. A field that a row does not have is null there.",
    examples: [
      Example(
        #"table([{a: 1}, {b: "x"}])"#,
        """
        ┌──────┬────────┐
        │    a │ b      │
        │  int │ string │
        ├──────┼────────┤
        │    1 │ null   │
        │ null │ x      │
        └──────┴────────┘
        2 rows
        """),
      Example("table([]) | count", "0"),
      Example(
        #"table([{a: 1}, {a: "x"}])"#,
        "error: the column `a` has one type: int and string meet"),
    ],
    related: ["record", "list", "read"])
}
