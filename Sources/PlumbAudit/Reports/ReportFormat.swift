/// A way to write the report of an audit: a definition, listed in `ReportFormatCatalog`.
package struct ReportFormat: Sendable {
  /// The name that `--report NAME=FILE` takes.
  package let name: String
  /// One sentence for help: lower case, no full stop.
  package let summary: String
  /// The report as text, with a newline at its end.
  package let text: @Sendable (AuditReport) -> String

  package init(
    _ name: String, summary: String, text: @escaping @Sendable (AuditReport) -> String
  ) {
    self.name = name
    self.summary = summary
    self.text = text
  }
}

/// The formats of reports.
package enum ReportFormatCatalog {
  /// All of them, in the order in which help shows them. A new one is a file and a line here.
  package static let formats: [ReportFormat] = [
    .json, .junit, .sarif, .markdown, .html, .github, .tap,
  ]

  package static var names: [String] { formats.map(\.name) }

  package static func named(_ name: String) -> ReportFormat? { formats.first { $0.name == name } }
}
