import PlumbFunctions

extension LanguageDefinition {
  static let asof = LanguageDefinition(
    "asof", topic: "tables",
    forms: [
      "asof TABLE on TIME [by KEY, …] [direction = TEXT] [tolerance = LENGTH] [suffix = TEXT]"
    ],
    summary: "Adds the columns of the nearest earlier row of another table.",
    details: """
      A left join on a time, or a number, that need not be equal. Equal times match. It sorts \
      for itself; the rows keep the order of the left. The time of the match is one of the added \
      columns. A null time or key matches nothing.
      """,
    parts: [
      Part("on", "The time, of the same name in both or `left == right`."),
      Part("by", "Keys that must be equal."),
      Part(
        "direction",
        #"`"backward"`, the nearest at or before, unless `"forward"` or `"nearest"` is given."#),
      Part("tolerance", "How far away a match may be."),
      Part("suffix", "As for `join`."),
    ],
    setup: """
      let errors = table([{at: @2026-11-02T10:00, error: 0.3}, {at: @2026-11-01T08:00, error: 0.2}])
      let deploys = table([{at: @2026-11-01T12:00, version: 7}, {at: @2026-11-02T10:00, version: 8}])
      """,
    examples: [
      Example(
        "errors | asof deploys on at",
        """
        ┌─────────────────────┬───────┬─────────────────────┬─────────┐
        │ at                  │ error │ at_right            │ version │
        │ timestamp           │ float │ timestamp           │     int │
        ├─────────────────────┼───────┼─────────────────────┼─────────┤
        │ 2026-11-02 10:00:00 │   0.3 │ 2026-11-02 10:00:00 │       8 │
        │ 2026-11-01 08:00:00 │   0.2 │ null                │    null │
        └─────────────────────┴───────┴─────────────────────┴─────────┘
        2 rows
        """),
      Example(
        #"errors | asof deploys on at direction = "forward" tolerance = 1h suffix = "_deploy""#,
        """
        ┌─────────────────────┬───────┬─────────────────────┬─────────┐
        │ at                  │ error │ at_deploy           │ version │
        │ timestamp           │ float │ timestamp           │     int │
        ├─────────────────────┼───────┼─────────────────────┼─────────┤
        │ 2026-11-02 10:00:00 │   0.3 │ 2026-11-02 10:00:00 │       8 │
        │ 2026-11-01 08:00:00 │   0.2 │ null                │    null │
        └─────────────────────┴───────┴─────────────────────┴─────────┘
        2 rows
        """),
    ],
    related: ["join", "lookup"])
}
