extension LanguageDefinition {
  /// The table that the examples of most stages are about.
  static let sampleRuns = """
    let runs = table([
      {name: "a", model: "cnn", auc: 0.81}, {name: "b", model: "cnn", auc: 0.94},
      {name: "c", model: "tree", auc: null}, {name: "d", model: "tree", auc: 0.94}
    ])
    """
}
