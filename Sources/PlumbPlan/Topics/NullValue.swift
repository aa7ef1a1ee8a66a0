import PlumbFunctions

extension LanguageDefinition {
  static let nullValue = LanguageDefinition(
    "null", topic: "values",
    forms: ["null"],
    summary: "The absence of a value, in every type.",
    details: """
      `==`, `!=`, `in` and `not in` treat null as a value: null equals null, and `x != "a"` is \
      true where x is null. `<` `<=` `>` `>=`, `~`, arithmetic and function calls give null when \
      an operand is null. `and`, `or` and `not` are Kleene's: `false and null` is false.

      `where` keeps rows whose condition is true, and so does not keep those where it is null. \
      Aggregates skip nulls; over nothing, `count` and `sum` give 0 and the rest null. Null \
      sorts last in both directions, is a group of its own, and matches nothing in a join.

      `a ?? b` is a unless that is null; `x == null` tests for it.
      """,
    examples: [
      Example("null == null", "true"),
      Example("null < 1", "null"),
      Example("null + 1", "null"),
      Example("false and null", "false"),
      Example("null ?? 3", "3"),
      Example(
        "table([{x: 1}, {x: null}]) | summarize n = count(x), rows = count(), mean(x)",
        """
        ┌─────┬──────┬────────┐
        │   n │ rows │ mean_x │
        │ int │  int │  float │
        ├─────┼──────┼────────┤
        │   1 │    2 │    1.0 │
        └─────┴──────┴────────┘
        1 row
        """),
    ],
    related: ["??", "nan", "coalesce", "null_if", "fill_forward"])
}
