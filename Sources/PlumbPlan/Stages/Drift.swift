import PlumbFunctions

extension LanguageDefinition {
  static let drift = LanguageDefinition(
    "drift", topic: "results",
    forms: [
      """
      drift against TABLE [on FEATURE, …] [by KEY, …] [over TIME every STEP] [method = TEXT] \
      [like = TEXT] [alpha = NUMBER] [threshold = NUMBER] [bins = N] [correction = TEXT] \
      [minimum = N]
      """,
      "drift against previous … over TIME every STEP …",
      "drift against first LENGTH … over TIME every STEP …",
    ],
    summary: "Compares the rows with a reference, feature by feature.",
    details: """
      A row for each key, window and feature, in that order. Numbers and durations (in seconds) \
      are compared by their finite values, texts and bools by their categories; without `on`, all \
      columns that both tables have and that are neither key nor time.

      The columns: the keys, `window` (where it begins, with `over`), `feature`, `type`, `method`, \
      `statistic`, `p_value`, `threshold`, `drifted`, `n_reference` and `n_current` (the values \
      compared), `missing_reference` and `missing_current`, `p_corrected` (for all tests of its \
      window), the effects, `note`, and `recipe`: how the numbers came about.

      Left to itself the stage takes `ks` for a number and `chi2` for a category, with p-values, and \
      beside them the effects `wasserstein_norm` (numbers) or `js` (categories) and `psi`, with the \
      level `psi_unchanged` that 95 of 100 unchanged samples of these sizes stay below. A feature \
      is `drifted` when its corrected p-value is below `alpha` and its effect reaches `threshold` \
      (0.1): with many rows the least change is significant, with few a great one may be chance. \
      Where values are missing or categories new, these are features of their own: \
      `age (missing)`, `country (new categories)`.

      `drifted` is null, with the reason in `note`, where nothing can be said: an empty sample, or \
      one of fewer than `minimum` values. That is no "all is well".
      """,
    parts: [
      Part(
        "against",
        """
        A table, `profile("ref.profile")` (`by` only the keys that it was saved with, and only \
        methods that need no rows), `previous` (the window before) or `first 30d` (the earliest rows).
        """),
      Part("on", "The features: names, spreads, `/regex/`."),
      Part("by", "Keys; each is compared with the reference's rows of the same key."),
      Part("over", "A timestamp or int; the windows begin as those of `bucket`."),
      Part(
        "method",
        #"""
        `"auto"`, or one method for all: `"ks"`, `"psi"`, `"js"`, `"kl"`, `"wasserstein"`, \#
        `"wasserstein_norm"`, `"hellinger"`, `"chi2"`, `"cramers_v"`, `"total_variation"`, \#
        `"l_infinity"`, `"anderson_darling"`, `"cramer_von_mises"`, `"mann_whitney"`, \#
        `"t_test"`, `"energy_distance"`, `"mmd"` (all numbers together).
        """#),
      Part(
        "like",
        #"""
        `"evidently"`, `"nannyml"` or `"scipy"`: that tool's methods, choices, numbers and limits. \#
        NannyML's limits are learnt from ten chunks of the reference in the order of its rows.
        """#
      ),
      Part("alpha", "The significance level, 0.05 unless given."),
      Part("threshold", "From which effect, statistic or (of a test) below which p it is drift."),
      Part("bins", "The bins of `psi` and its kin, 10 unless given."),
      Part(
        "correction",
        #"`"none"`, `"bonferroni"`, `"holm"`, `"bh"` (Benjamini and Hochberg) or `"by"`."#),
      Part("minimum", "The values that each sample must have for a verdict, 10 unless given."),
    ],
    setup: """
      let week = table(map(range(0, 400), fn (i) => {age: 20 + i % 50, plan: if i % 5 == 0 then "pro" else "free"}))
      let today = table(map(range(0, 300), fn (i) => {age: 30 + i % 50, plan: if i % 2 == 0 then "pro" else "free"}))
      """,
    examples: [
      Example(
        #"today | drift against week correction = "bh" | select feature, method, p_corrected, psi, drifted"#,
        """
        ┌─────────┬────────┬────────────────────────┬─────────────────────┬─────────┐
        │ feature │ method │            p_corrected │                 psi │ drifted │
        │ string  │ string │                  float │               float │ bool    │
        ├─────────┼────────┼────────────────────────┼─────────────────────┼─────────┤
        │ age     │ ks     │ 1.8277407819614822e-06 │ 1.599891962474253   │ true    │
        │ plan    │ chi2   │ 1.2256720304257762e-16 │ 0.41588830833596724 │ true    │
        └─────────┴────────┴────────────────────────┴─────────────────────┴─────────┘
        2 rows
        """),
      Example(
        #"today | drift against week on age by plan method = "psi" | select plan, statistic, psi_unchanged, threshold, drifted"#,
        """
        ┌────────┬────────────────────┬─────────────────────┬───────────┬─────────┐
        │ plan   │          statistic │       psi_unchanged │ threshold │ drifted │
        │ string │              float │               float │     float │ bool    │
        ├────────┼────────────────────┼─────────────────────┼───────────┼─────────┤
        │ pro    │ 1.7428195219639466 │ 0.3242804040885587  │       0.1 │ true    │
        │ free   │ 1.6648534604106546 │ 0.16566498904524193 │       0.1 │ true    │
        └────────┴────────────────────┴─────────────────────┴───────────┴─────────┘
        2 rows
        """),
      Example(
        "today | take 5 | drift against week on age | select n_current, drifted, note",
        """
        ┌───────────┬─────────┬──────────────────────────────────────────────────┐
        │ n_current │ drifted │ note                                             │
        │       int │ bool    │ string                                           │
        ├───────────┼─────────┼──────────────────────────────────────────────────┤
        │         5 │ null    │ too few values: 400 against 5, and 10 are needed │
        └───────────┴─────────┴──────────────────────────────────────────────────┘
        1 row
        """),
      Example(
        #"today | drift against week method = "ttest""#,
        "error: there is no method `ttest`"),
    ],
    related: ["psi", "ks", "chi2", "adwin"])
}
