import PlumbColumns
import PlumbFunctions
import PlumbOutput
import PlumbPlan
import PlumbDiagnostics
import PlumbFormats

extension HelpPage {
  /// A stage, a statement or a topic of the language.
  init(_ definition: LanguageDefinition, _ kind: Kind) {
    var sections: [Section] = []
    if !definition.details.isEmpty { sections.append(.text(definition.details)) }
    if !definition.parts.isEmpty {
      sections.append(
        .entries(
          title: kind == .topic ? "In detail" : "Clauses and options",
          definition.parts.map { Entry($0.name, $0.meaning) }))
    }
    if !definition.examples.isEmpty {
      sections.append(.examples(setup: definition.setup, definition.examples))
    }
    if !definition.related.isEmpty { sections.append(.related(definition.related)) }
    self.init(
      definition.name, kind, signatures: definition.forms, summary: definition.summary,
      sections: sections)
  }

  /// A format that results are written in.
  init(_ format: OutputFormat) {
    var ways = "`--format \(format.name)`"
    if !format.extensions.isEmpty {
      let endings = format.extensions.map { "`.\($0)`" }.joined(separator: ", ")
      ways += ", or a file's ending \(endings) after `--output` or in the stage `save`"
    }
    self.init(
      format.name, .outputFormat, summary: Self.sentence(format.summary),
      sections: [.text("Chosen by \(ways)."), .related(["save"])])
  }

  /// A kind of source that can be opened.
  init(_ importer: Importer) {
    var sections: [Section] = []
    var text = "Recognized by its content"
    if !importer.extensions.isEmpty {
      text +=
        ", or by a name that ends in "
        + importer.extensions.map { "`.\($0)`" }.joined(separator: ", ")
    }
    if !importer.schemes.isEmpty {
      let schemes = importer.schemes.map { "`\($0)://`" }.joined(separator: ", ")
      text = "Chosen by addresses that begin with \(schemes)"
    }
    sections.append(.text(text + "."))
    if !importer.options.isEmpty {
      sections.append(
        .entries(
          title: "Options of `open`, `load` and `read`",
          importer.options.map { Entry($0.name, type: $0.type.description, $0.summary) }))
    }
    sections.append(.related(["open", "load", "read"]))
    self.init(
      importer.name, .source, summary: Self.sentence(importer.summary), sections: sections)
  }

  /// A code that errors and warnings carry.
  init(_ code: DiagnosticCode) {
    self.init(code.id, .errorCode, summary: Self.sentence(code.meaning))
  }

  /// Words with a capital and a full stop.
  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + (words.hasSuffix(".") ? "" : ".")
  }
}
