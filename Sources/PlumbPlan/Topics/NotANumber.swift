import PlumbFunctions

extension LanguageDefinition {
  static let notANumber = LanguageDefinition(
    "nan", topic: "values",
    forms: [
      "nan",
      "inf",
      "-inf",
    ],
    summary: """
      Not a number, and the infinities: values of float, since diverged runs are data.
      """,
    details: """
      Comparisons are IEEE's: nan equals nothing, itself included. `min`, `max`, `arg_min`, \
      `arg_max`, `top`, `median` and `quantile` ignore NaN; `sum`, `mean` and `stddev` give NaN \
      when they meet one. NaN sorts after every number and before null; as keys of groups all \
      NaN are one. Test for it with `is_nan(x)` or `is_finite(x)`, and turn it to null with \
      `nan_to_null(x)`.
      """,
    examples: [
      Example("nan == nan", "false"),
      Example("is_nan(0 / 0)", "true"),
      Example(
        "table([{x: nan}, {x: 2.0}]) | summarize max(x), mean(x)",
        """
        ┌───────┬────────┐
        │ max_x │ mean_x │
        │ float │  float │
        ├───────┼────────┤
        │   2.0 │    NaN │
        └───────┴────────┘
        1 row
        """),
      Example("1 / 0", "Infinity"),
    ],
    related: ["null", "is_nan", "is_finite", "nan_to_null", "if_nan"],
    aliases: ["NaN", "inf", "infinity", "Infinity"])
}
