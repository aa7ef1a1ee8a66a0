import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

/// The language reference: a page of Markdown for each part, from the definitions.
package struct ReferencePages {
  private let catalog: HelpCatalog

  /// - Parameter catalog: Of a session with an MLflow store open, whose tables it describes.
  package init(_ catalog: HelpCatalog) { self.catalog = catalog }

  /// A page of the reference.
  package struct Page: Sendable {
    /// The file's name without its ending, under which other pages link to it.
    package let name: String
    package let title: String
    /// Its text, which ends with a newline.
    package let text: String

    package init(name: String, title: String, introduction: String, blocks: [String]) {
      self.name = name
      self.title = title
      text =
        (["# \(title)", introduction] + blocks).filter { !$0.isEmpty }.joined(separator: "\n\n")
        + "\n"
    }
  }

  /// All pages but that of the command line.
  package var pages: [Page] {
    [stages, statements, language, aggregates, windows] + functions + [
      modules, tables, auditTables, auditReport, sources, outputFormats, errorCodes,
    ]
  }

  /// The page that leads to all others.
  package static func index(of pages: [Page]) -> Page {
    Page(
      name: "Reference", title: "The language reference",
      introduction: """
        Made from the definitions that the program itself works with; `help(NAME)` shows the same \
        in a program.
        """,
      blocks: ["## Topics", "### Pages"] + [
        pages.map { "- <doc:\($0.name)>" }.joined(separator: "\n")
      ])
  }

  private var stages: Page {
    let pages = catalog.stagePages
    return Page(
      name: "Stages", title: "Stages",
      introduction: """
        The steps of a pipeline, each after a `|`. Words in capitals are filled in, what stands \
        in brackets may be left out.
        """,
      blocks: StageCatalog.topics.flatMap { topic in
        ["## \(title(topic))"]
          + pages.filter { page in
            StageCatalog.all.contains { $0.name == page.name && $0.topic == topic }
          }.map { HelpMarkdown.text($0, level: 3) }
      })
  }

  private var statements: Page {
    Page(
      name: "Statements", title: "Statements",
      introduction: "What a program is made of besides pipelines and expressions.",
      blocks: catalog.statementPages.map { HelpMarkdown.text($0, level: 2) })
  }

  private var language: Page {
    Page(
      name: "Expressions", title: "Expressions and types",
      introduction: "Values, their types, operators, and how a program is written.",
      blocks: catalog.topicPages.map { HelpMarkdown.text($0, level: 2) })
  }

  /// A page for each topic of the scalar functions.
  private var functions: [Page] {
    catalog.scalarPages.map { topic, pages in
      Page(
        name: Self.functionPageName(topic), title: "Functions: \(topic)",
        introduction: """
          Each gives one value for each row. Unless a function says otherwise, its result is \
          null where an argument is.
          """,
        blocks: pages.map(Self.function))
    }
  }

  /// A function among its kin, so without pointing to them.
  private static func function(_ page: HelpPage) -> String {
    let sections = page.sections.filter { if case .related = $0 { false } else { true } }
    return HelpMarkdown.text(
      HelpPage(
        page.name, page.kind, signatures: page.signatures, summary: page.summary,
        sections: sections), level: 2)
  }

  private var modules: Page {
    var blocks: [String] = []
    for module in ModuleDocumentation.names.compactMap(ModuleDocumentation.init(named:)) {
      blocks.append(HelpMarkdown.text(HelpPage(module), level: 2))
      blocks += module.functions.map { function in
        HelpMarkdown.text(HelpPage(function, .moduleFunction, module: module.name), level: 3)
      }
    }
    return Page(
      name: "Modules", title: "Modules of the standard library",
      introduction: "Functions written in the language itself, taken in with `import`.",
      blocks: blocks)
  }

  /// `Functions-RegularExpressions` for `regular expressions`.
  package static func functionPageName(_ topic: String) -> String {
    "Functions-"
      + topic.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private var aggregates: Page {
    Page(
      name: "Aggregates", title: "Aggregates",
      introduction: """
        Functions of the rows of a group, for `summarize`, `pivot` and `window`. They skip nulls; \
        over nothing, `count` and `sum` give 0 and the rest null. Each takes `where = CONDITION`.
        """,
      blocks: catalog.aggregatePages.map(Self.function))
  }

  private var windows: Page {
    Page(
      name: "WindowFunctions", title: "Window functions",
      introduction: "Functions of the ordered rows of a group, for the stage `window`.",
      blocks: catalog.windowPages.map(Self.function))
  }

  private var tables: Page {
    Page(
      name: "Tables", title: "Tables of an MLflow store",
      introduction: """
        The same for a database and for an `mlruns` folder. What the store has marked deleted is \
        left out unless it is opened with `deleted = true`.
        """,
      blocks: catalog.openTables.map { name, table in
        HelpMarkdown.text(HelpPage(table, name: name, countsRows: false), level: 2)
      })
  }

  private var sources: Page {
    Page(
      name: "Sources", title: "Sources",
      introduction: "The kinds of sources that can be opened, loaded and read.",
      blocks: catalog.sourcePages.map { HelpMarkdown.text($0, level: 2) })
  }

  private var outputFormats: Page {
    Page(
      name: "OutputFormats", title: "Output formats",
      introduction: "How results are written.",
      blocks: catalog.outputFormatPages.map { HelpMarkdown.text($0, level: 2) })
  }

  private var errorCodes: Page {
    Page(
      name: "ErrorCodes", title: "Error codes",
      introduction: "The codes in the brackets of errors and warnings; each keeps its meaning.",
      blocks: [
        HelpMarkdown.table(
          DiagnosticCode.all.map { HelpPage.Entry($0.id, HelpPage($0).summary) }, title: "code")
      ])
  }

  private func title(_ topic: String) -> String { topic.prefix(1).uppercased() + topic.dropFirst() }
}
