import PlumbFunctions

extension LanguageDefinition {
  static let check = LanguageDefinition(
    "check", topic: "audits",
    forms: [#"check "ID" ["TITLE"] [(OPTION = VALUE, …)] { BODY }"#],
    summary: "Demands something of the data, and reports what offends.",
    details: """
      The body gives the offending rows (none: it passes) or a bool (true: it passes, null: it is \
      unknown). A row is about the cell of its column `subject`, else of its first column; rows \
      about one subject are one finding. Every check runs, whatever the ones before it did, and \
      the program ends with a report and an exit code.

      Outcomes are `pass`, `fail`, `waived` (a row of the table `waivers` covers each finding), \
      `unknown` (a table or column is missing, nothing is in scope, or the body called \
      `unknown("why")`) and `error`. Only `pass` is a pass. A key of `tags` or `params` that no row \
      has reads as null inside a check.
      """,
    parts: [
      Part("severity", "`info`, `low`, `medium` (without it), `high` or `critical`."),
      Part("refs", "The controls that it supports, as a list of texts."),
      Part("scope", "The subjects that it is about, as a table; one without rows is unknown."),
      Part("empty_ok", "`true`: a scope without rows is a pass."),
      Part(
        "evaluated",
        "The subjects that could be judged; others of the scope make the check unknown."),
      Part("needs", "Names of tables that must have rows, or be loaded with `complete = true`."),
      Part(
        "tier",
        "The column of the offending rows with the risk tier: `critical` and unknown tiers raise "
          + "the severity of a finding by one step, `low` lowers it."),
      Part(
        "severity_column",
        "The column of the offending rows with the severity of each, in place of the check's own."),
      Part("group", "A name under which reports put it."),
      Part("fix", "What to do when it fails."),
      Part("waivable", "`false`: no waiver covers it."),
    ],
    setup: """
      let models = table([{name: "churn", owner: "ana"}, {name: "fraud", owner: null}])
      """,
    examples: [
      Example(
        """
        check "inv-01" "Every model has an owner" (severity = "high", scope = models) {
          models | where owner == null
        }
        """,
        """
        fail    inv-01  high      Every model has an owner
                1 of 2 subjects offends
                - fraud: name = fraud, owner = null
        1 check: 1 fail, as of 2026-11-23T10:30:00Z
        1 check at or above medium failed
        """),
      Example(
        #"check "mon-01" { monitors | where not enabled }"#,
        """
        unknown mon-01  medium    mon-01
                unknown table `monitors`
                open one first: `open "mlflow.db"`, or `plumb mlflow.db`
        tables that checks lack; `help(NAME)` tells what each holds:
          monitors  1 check
        1 check: 1 unknown, as of 2026-11-23T10:30:00Z
        1 check at or above medium could not be decided
        """),
      Example(
        #"check "sum" "Two and two" { 2 + 2 }"#,
        "error: a check gives the offending rows or a bool, and this is of type int"),
    ],
    related: ["unknown", "report", "expect", "load"])

  static let unknown = LanguageDefinition(
    "unknown", topic: "audits",
    forms: ["unknown(WHY)"],
    summary: "Ends the check around it, which then is unknown, and says why.",
    details: "It stands in a check, or in a function that a check calls.",
    setup: "let n = 3",
    examples: [
      Example(
        """
        check "cfr" "Few changes fail" {
          if n < 20 { unknown(f"{n} deployments are too few") }
          true
        }
        """,
        """
        unknown cfr  medium    Few changes fail
                3 deployments are too few
        1 check: 1 unknown, as of 2026-11-23T10:30:00Z
        1 check at or above medium could not be decided
        """),
      Example(
        #"unknown("nobody knows")"#, "error: `unknown` stands outside of a check"),
    ],
    related: ["check"])

  static let report = LanguageDefinition(
    "report", topic: "audits",
    forms: ["report(TITLE, TABLE)"],
    summary: "Puts a table under a title into the report of an audit, before the checks.",
    details: "A program without checks has no report: there it shows nothing.",
    examples: [
      Example(
        """
        report("Owners", table([{owner: "ana", models: 2}]))
        check "ok" "All is well" { true }
        """,
        """
        Owners
        ┌────────┬────────┐
        │ owner  │ models │
        │ string │    int │
        ├────────┼────────┤
        │ ana    │      2 │
        └────────┴────────┘
        1 row

        pass    ok  medium    All is well
        1 check: 1 pass, as of 2026-11-23T10:30:00Z
        nothing at or above medium failed
        """),
      Example(
        #"report("Owners")"#, "error: `report` takes a title and a table"),
    ],
    related: ["check", "print"])
}
