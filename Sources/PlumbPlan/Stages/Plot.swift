import PlumbCharts
import PlumbFunctions

extension LanguageDefinition {
  static let plot = LanguageDefinition(
    "plot", topic: "results",
    forms: [
      "plot KIND x = EXPR, y = EXPR [color = EXPR] [facet = EXPR] [title = TEXT] [save = FILE] …"
    ],
    summary: "Draws the rows as a chart.",
    details: """
      In a terminal a chart is drawn with characters, in a notebook it is interactive, to a file \
      it is an SVG image. Formats for programs such as csv get the rows that it draws. Channels \
      are expressions over the rows; where one is an aggregate, the others are its groups: \
      `plot bar x = status, y = count()`. `x = [a, b, c]` gives the axes of `parallel`. Settings \
      are constants. Values that are null, NaN or infinite are left out, and the chart says how \
      many. A million points are drawn by how dense they lie, a long line by the peaks of its \
      parts.
      """,
    parts: ChartKind.allCases.map { Part($0.rawValue, sentence($0.summary)) }
      + ChartChannel.allCases.map { Part("\($0.rawValue) = EXPR", sentence($0.summary)) }
      + ChartSetting.allCases.map { Part("\($0.rawValue) = VALUE", sentence($0.summary)) },
    setup: """
      let scores = table([
        {model: "churn", auc: 0.91}, {model: "fraud", auc: 0.97}, {model: "spam", auc: 0.84}
      ])
      """,
    examples: [
      Example(
        #"scores | plot bar x = model, y = auc, title = "Scores""#,
        """
        Scores
        model
        churn │██████████████████████████████████████████████████████████▎ 0.91
        fraud │██████████████████████████████████████████████████████████████▏ 0.97
         spam │█████████████████████████████████████████████████████▊ 0.84
              └┬────────────┬───────────┬────────────┬───────────┬────────────┬
               0           0.2         0.4          0.6         0.8         1.0
                                              auc
        """)
    ],
    related: ["save", "histogram"])

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
