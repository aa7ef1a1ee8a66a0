/// Programs as the language reference writes them, one form after the other.
enum Snippets {
  static let all: [String] = programs + stages.map { "t | " + $0 }

  static let programs = [
    """
    runs
    | where status == "FINISHED" and start_time >= ago(30d)
    | summarize n = count(), best = max(metrics.val_auc) by experiment
    | sort -best
    | take 10
    """,
    "let recent = runs | where start_time >= ago(7d)     # evaluated once",
    "var n = 0;  n = n + 1",
    """
    def gap(t, key = "loss") = t | summarize g = max(metrics[key]) - min(metrics[key]) by experiment
    def grade(x: float) { if x > 0.9 { return "A" }; return "B" }
    """,
    #"param since: timestamp = ago(30d) "oldest run that counts"     # `--since 2026-10-01`"#,
    "if n > 3 { a } else if n > 2 { b } else { c }",
    #"for m in models | sort name { print(f"{m.name}: {m.owner}") }"#,
    "while cond { n = n + 1; if n > 3 { break } else { continue } }",
    "import drift\nimport \"rules/own.plumb\" as own",
    #"open "mlflow.db"; open "b.db" as b; open "x.db", deleted = true"#,
    #"load deployments from "deployments.csv", types = {version: "int"}"#,
    #"load d from "x.yaml", mapping = "argocd""#,
    #"read("zips.csv", types = {zip: "string", "odd name": "float"})"#,
    #"expect n > 0, "no runs at all""#,
    "explain runs | take 3\nprofile runs | take 3\nhelp(name)\nhelp(where)",
    """
    check "inv-01" "Every model has an owner" (severity = "high", refs = ["NIST AI RMF GOVERN 1.6"], scope = models) {
      models | where (tags.owner ?? "") == ""
    }
    """,
    "runs | where run_id in (metrics | select run_id)",
    "preds | summarize shift = psi(score, split = ts >= ago(7d)) by model, version",
    "current | drift against reference on age, income by segment over ts every 1d method = \"auto\" alpha = 0.05 threshold = 0.1 bins = 10 correction = \"bh\"",
    "current | drift against previous over ts every 7d",
    "current | drift against first 30d over ts every 1d like = \"evidently\"",
    "x = if c then a else b",
    "let y = case { c1: v1, c2: v2, else: v3 }",
    "let f = fn (x) => x + 1",
    "table([{a: 1}, {a: 2}])",
    #"["a\n", 'a', r"\d", """a "quoted" word""", f"{auc:.3f} on {model}"]"#,
    "[@2026-11-23, @2026-11-23T10:30, @2026-11-23T10:30:00.250Z, @2026-11-23T10:30+02:00]",
    "[250ms, 15s, 30m, 12h, 7d, 2w, 42, 1_000_000, 0xff, 0.5, 1e-3, nan, inf, true, false, null]",
    "{name: \"a\", n: 1, \"odd key\": 2}",
    "metrics.`val/acc`",
    #"metrics["val/acc"]"#,
    "[bucket(start_time, 1d), bucket(start_time, 1d, zone = \"Europe/Berlin\"), bin(x, width), cut(x, [0, 10, 100])]",
    "drift.report(a, b)",
    "-9..0",
  ]

  static let stages = [
    "where 0.5 < auc <= 0.9",
    "where x in 1..10 or \"champion\" in aliases or x not in [1, 2]",
    "where name ~ \"(?i)prod\" and not (a !~ \"b\")",
    "where approved_by != created_by and x between 1 and 2",
    "select a, b, c = x + 1, tags.*",
    "select * except (a, b), /^val_/",
    "derive x = 1, y = x + 1",
    "drop a, b",
    "rename new = old",
    "summarize n = count(), mean(x), mean(x, where = step > 10) by k, week = bucket(t, 1w)",
    "sort -a, b",
    "take 3 | skip 4 | tail 5 | sample 6 | sample 6 seed = 1",
    "top 3 by -x per a, b with ties",
    "distinct | distinct a, b | count | describe",
    "join left runs on run_id | join runs on a, b == c suffix = \"_x\"",
    "join anti (monitors | where kind == \"data_drift\") on model == model_id",
    "join semi u on k | join full u on k | join right u on k",
    "lookup u on k",
    "asof u on t by k direction = \"nearest\" tolerance = 1h",
    "window m = mean(x), lag(x) by k sort a, -b rows -9..0",
    "window n = count() sort a rows ..0",
    "pivot max(x) by key in [\"a\", \"b\"] per k",
    "unpivot a, b into key, value",
    "explode aliases | union other | union (other | take 3)",
    "fill t every 1d by k",
    "pareto max(a), min(b)",
    "plot line x = a, y = b color = c facet = d title = \"..\" save = \"x.svg\"",
    "save \"file.csv\"",
    "leaders(2) | drift.report(x = 3)",
  ]
}
