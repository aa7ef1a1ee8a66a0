import PlumbDiagnostics
import PlumbPlan
import PlumbStdlib
import PlumbSyntax

/// A function written in Plumb, with the `##` comment above it.
struct DocumentedFunction {
  let name: String
  let parameters: [FunctionParameter]
  let documentation: String?

  /// `best(runs, metric: string, per = "experiment")`
  var signature: String {
    let list = parameters.map { parameter in
      parameter.name.text + (parameter.type.map { ": \($0.name)" } ?? "")
        + (parameter.defaultValue.map { " = \($0.range.text)" } ?? "")
    }
    return "\(name)(\(list.joined(separator: ", ")))"
  }

  /// The first paragraph of the documentation, on one line.
  var summary: String { Self.split(documentation ?? "").summary }

  /// The paragraphs after the first.
  var details: String { Self.split(documentation ?? "").details }

  /// The first paragraph of a comment on one line, and what follows it.
  static func split(_ comment: String) -> (summary: String, details: String) {
    let lines = comment.split(separator: "\n", omittingEmptySubsequences: false)
    let end = lines.firstIndex { $0.allSatisfy(\.isWhitespace) } ?? lines.endIndex
    let summary = lines[..<end].joined(separator: " ")
    let details = lines[end...].joined(separator: "\n")
    return (summary, String(details.drop { $0 == "\n" }))
  }
}

/// A module as its comments describe it.
struct ModuleDocumentation {
  let name: String
  let summary: String
  let details: String
  /// How it is imported, where its name alone tells that.
  let importForm: String?
  /// The functions that others may call: those whose names begin with `_` are the module's own.
  let functions: [DocumentedFunction]

  /// The names of all modules.
  static var names: [String] { StandardLibrary.modules.map(\.name) }

  /// Reads a module of the standard library; nil when there is none of this name.
  init?(named name: String) {
    guard let module = StandardLibrary.modules.first(where: { $0.name == name }) else {
      return nil
    }
    let file = SourceFile(name: "std:\(name)", text: module.text)
    var diagnostics = Diagnostics()
    let program = parse(file, diagnostics: &diagnostics)
    self.name = name
    importForm = "import \(name)"
    (summary, details) = DocumentedFunction.split(Self.leadingComment(module.text))
    functions = program.statements.compactMap { statement in
      guard case .function(let node) = statement, !node.name.text.hasPrefix("_") else {
        return nil
      }
      return DocumentedFunction(
        name: node.name.text, parameters: node.parameters, documentation: node.documentation)
    }
  }

  /// A module that the program has imported from a file.
  init(name: String, module: Scope) {
    self.name = name
    importForm = nil
    (summary, details) = ("", "")
    functions = module.localNames.compactMap { name in
      guard case .function(let function)? = module.lookup(name), !name.hasPrefix("_") else {
        return nil
      }
      return DocumentedFunction(
        name: name, parameters: function.parameters, documentation: function.documentation)
    }
  }

  /// The comment that the text begins with.
  private static func leadingComment(_ text: String) -> String {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("#") else { break }
      if line.hasPrefix("#!") { continue }
      let content = line.drop { $0 == "#" }
      lines.append(content.hasPrefix(" ") ? content.dropFirst() : content)
    }
    return lines.joined(separator: "\n")
  }
}

extension HelpPage {
  init(_ module: ModuleDocumentation) {
    var sections: [Section] = []
    if !module.details.isEmpty { sections.append(.text(module.details)) }
    sections.append(
      .entries(
        title: "Functions", module.functions.map { Entry($0.signature, $0.summary) }))
    if let first = module.functions.first {
      sections.append(.text("`help(\(module.name).\(first.name))` explains one of them."))
    }
    self.init(
      module.name, .module, signatures: module.importForm.map { [$0] } ?? [],
      summary: module.summary,
      sections: sections)
  }

  init(_ function: DocumentedFunction, _ kind: Kind, module: String? = nil) {
    let prefix = module.map { "\($0)." } ?? ""
    var sections: [Section] = []
    if !function.details.isEmpty { sections.append(.text(function.details)) }
    if let module { sections.append(.related([module])) }
    self.init(
      prefix + function.name, kind, signatures: [prefix + function.signature],
      summary: function.summary, sections: sections)
  }
}
