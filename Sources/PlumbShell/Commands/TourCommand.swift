import PlumbDiagnostics

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
      return shell.say("That was the tour; `.tour` begins anew, `.help` lists the commands.\n")
    }
    if !shell.sources.contains("std:demo") { try shell.open("std:demo") }
    let (explanation, entry) = tourSteps[step]
    shell.say("Step \(step + 1) of \(tourSteps.count). \(explanation)\n")
    shell.nextText = entry
    shell.tourStep = step + 1
  }

  /// What each step says, and the entry that it puts at the prompt.
  private static let tourSteps: [(explanation: String, entry: String)] = [
    (
      """
      A table's name shows the table; this one has a row per training run.
      The header gives each column's type. Press Enter to run the entry; `.tour` goes on.
      """, "runs"
    ),
    (
      """
      A pipeline: each `|` hands the rows to a stage. `where` keeps rows, `select` keeps
      columns. Press Tab after `metrics.` to see which metrics these runs have.
      """, "runs | where status == \"FINISHED\" | select experiment, name, metrics.accuracy"
    ),
    (
      """
      An entry that begins with `|` goes on from the last result. `top` takes the greatest.
      """, "| top 5 by metrics.accuracy"
    ),
    (
      """
      `summarize` makes a row per group; `by` says of what.
      """,
      "runs | summarize n = count(), best = max(metrics.accuracy) by experiment | sort -best"
    ),
    (
      """
      `let` gives a result a name; `?summarize` would explain a stage, `?max` a function.
      """, "let good = runs | where metrics.accuracy > 0.8"
    ),
    (
      """
      And the name is a table like any other. `| save "best.csv"` at the end would write a file.
      """, "good | count"
    ),
  ]
}
