import PlumbPlan

extension HelpTextRenderer {
  /// What `help()` shows: everything there is, by groups.
  package func overview(_ catalog: HelpCatalog) -> String {
    var blocks = [
      """
      A question is a table and steps, each after a `|`:

          runs | where status == "FINISHED" | top 3 by metrics.accuracy per experiment
      """
    ]
    let tables = catalog.openTables.map(\.name)
    if tables.isEmpty {
      blocks.append(
        """
        No table is open: `open "mlflow.db"` opens a store, `plumb std:demo` a store to
        try things on, `let t = read("data.csv")` reads a file.
        """)
    } else {
      blocks.append(group("Tables that are open", [("", tables)]))
    }
    blocks.append(group("Stages", byTopic(StageCatalog.all)))
    blocks.append(group("Statements", byTopic(StatementCatalog.all)))
    blocks.append(group("Language", byTopic(TopicCatalog.all)))
    blocks.append(
      group(
        "Functions of groups",
        [
          ("aggregates", catalog.aggregatePages.map(\.name)),
          ("windows", catalog.windowPages.map(\.name)),
        ]))
    blocks.append(
      group("Functions", catalog.scalarPages.map { ($0.topic, $0.pages.map(\.name)) }))
    var rest = [
      ("sources", catalog.sourcePages.map(\.name)),
      ("formats", catalog.outputFormatPages.map(\.name)),
    ]
    if !ModuleDocumentation.names.isEmpty {
      rest.insert(("modules", ModuleDocumentation.names), at: 0)
    }
    blocks.append(group("More", rest))
    blocks.append(
      """
      `help(NAME)` explains any of these, a table, a column (`help(runs.status)`), an
      operator (`help("??")`) or an error's code (`help(E0203)`).
      """)
    return blocks.joined(separator: "\n\n")
  }

  private func group(_ title: String, _ rows: [(name: String, members: [String])]) -> String {
    title + "\n"
      + list(rows.map { HelpPage.Entry($0.name, $0.members.joined(separator: ", ")) })
  }

  private func byTopic(
    _ definitions: [LanguageDefinition]
  ) -> [(name: String, members: [String])] {
    var topics: [String] = []
    for definition in definitions where !topics.contains(definition.topic) {
      topics.append(definition.topic)
    }
    return topics.map { topic in
      (topic, definitions.filter { $0.topic == topic }.map(\.name))
    }
  }
}
