import PlumbFunctions

extension LanguageDefinition {
  static let window = LanguageDefinition(
    "window", topic: "groups",
    forms: ["window NAME = EXPRESSION, … [by KEY, …] [sort KEY, …] [rows A..B]"],
    summary: """
      Adds columns computed over the ordered rows of each group; the rows keep their order.
      """,
    details: """
      Every aggregate can be used, and the window functions such as `lag`, `rank` and `ema`. \
      Without `rows` an aggregate is taken over the whole group, the same for each of its rows; \
      with it, over the rows from A to B counted from the present one.
      """,
    parts: [
      Part("by", "The groups; without it all rows are one."),
      Part("sort", "The order within a group; without it the present order."),
      Part(
        "rows",
        """
        The frame: `-9..0` is the trailing ten, `..0` all so far, `-1..1` a row and its \
        neighbours. Rows outside of the group are not counted.
        """),
    ],
    setup: """
      let loss = table([
        {run: "a", step: 1, value: 0.9}, {run: "a", step: 2, value: 0.5},
        {run: "b", step: 1, value: 0.8}, {run: "a", step: 3, value: 0.6}
      ])
      """,
    examples: [
      Example(
        "loss | window best = min(value), before = lag(value) by run sort step rows ..0",
        """
        ┌────────┬──────┬───────┬───────┬────────┐
        │ run    │ step │ value │  best │ before │
        │ string │  int │ float │ float │  float │
        ├────────┼──────┼───────┼───────┼────────┤
        │ a      │    1 │   0.9 │   0.9 │   null │
        │ a      │    2 │   0.5 │   0.5 │    0.9 │
        │ b      │    1 │   0.8 │   0.8 │   null │
        │ a      │    3 │   0.6 │   0.5 │    0.5 │
        └────────┴──────┴───────┴───────┴────────┘
        4 rows
        """),
      Example(
        "loss | window place = rank() sort value | select value, place",
        """
        ┌───────┬───────┐
        │ value │ place │
        │ float │   int │
        ├───────┼───────┤
        │   0.9 │     4 │
        │   0.5 │     1 │
        │   0.8 │     3 │
        │   0.6 │     2 │
        └───────┴───────┘
        4 rows
        """),
      Example(
        "loss | window smooth = mean(value) by run sort step rows 0..-1",
        "error: the frame ends before it begins"),
    ],
    related: ["lag", "rank", "cumsum", "ema", "summarize", "sort"])
}
