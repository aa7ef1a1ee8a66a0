extension ShellCommand {
  static let tour = ShellCommand(
    "tour", arguments: "[STEP]",
    summary: "walk through the demo store in six steps",
    details: "Each step explains something and puts an entry at the prompt: press Enter to run "
      + "it, or change it first. `.tour` goes on with the next step, `.tour 1` begins anew."
  ) { (shell, text) throws(ShellFailure) in
    let step = text.isEmpty ? shell.tourStep : Int(text).map { $0 - 1 } ?? -1
    guard tourSteps.indices.contains(step) else {
      guard text.isEmpty else {
        throw ShellFailure("the tour has the steps 1 to \(tourSteps.count), not `\(text)`")
      }
      shell.tourStep = 0
      return shell.say(
        shell.wrapped(
          "That was the tour. `?summarize` explains a stage, `?mean` a function, `?runs` a table; "
            + "`.help` lists keys and commands, `.open FILE` opens a store of yours."))
    }
    if !shell.sources.contains("std:demo") { try shell.open("std:demo") }
    let (explanation, entry) = tourSteps[step]
    shell.say("Step \(step + 1) of \(tourSteps.count)\n" + shell.wrapped(explanation))
    shell.nextText = entry
    shell.tourStep = step + 1
    shell.hint = ".tour"
  }

  /// What each step says, and the entry that it puts at the prompt.
  private static let tourSteps: [(explanation: String, entry: String)] = [
    (
      """
      A table's name shows the table: here a row for each training run, with the type of each \
      column under its name. Press Enter to run the entry. After it `.tour` goes on: → takes what \
      stands in grey at the prompt.
      """, "runs"
    ),
    (
      """
      A pipeline: each `|` hands the rows to the next stage. `where` keeps rows, `select` keeps \
      columns. Parameters, metrics and tags are columns too: press Tab behind `metrics.` to see \
      which there are.
      """, "runs | where status == \"FINISHED\" | select experiment, name, metrics.accuracy"
    ),
    (
      """
      An entry that begins with `|` goes on from the last result. `top` takes the greatest; \
      `top 1 by metrics.accuracy per experiment` would take the best of each experiment.
      """, "| top 5 by metrics.accuracy"
    ),
    (
      """
      `summarize` makes a row for each group, `by` says of what. Press Tab behind a comma to see \
      what can be computed.
      """,
      "runs | summarize n = count(), best = max(metrics.accuracy) by experiment | sort -best"
    ),
    (
      """
      The table `metrics` has every value that was ever logged, here the loss of each run step \
      by step. A list of numbers is drawn as a small curve.
      """,
      "metrics | where key == \"val/loss\" | lookup runs on run_id"
        + " | summarize curve = list(value), best = min(value) by name | sort best"
    ),
    (
      """
      And charts: here the runs week by week, by how they ended. Where a channel such as `y` is an \
      aggregate, the others are its groups. `, save = "weeks.svg"` behind it would write a file; \
      `let weeks = _` afterwards gives what was drawn a name, to be used like any table.
      """,
      "runs | plot bar x = bucket(start_time, 1w), y = count(), color = status"
    ),
  ]
}
