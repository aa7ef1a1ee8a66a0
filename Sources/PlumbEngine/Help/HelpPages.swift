import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// What `help(…)` shows, made from the definitions.
struct HelpPages {
  let functions: FunctionCatalog
  let registry: SourceRegistry
  let scope: Scope

  func text(for subject: String?) -> String {
    guard let subject, !subject.isEmpty else { return overview }
    let name = subject.filter { $0 != "\"" && $0 != "`" }
    if case .function(let function)? = scope.lookup(name) { return page(function) }
    var pages: [String] = []
    if let function = functions.aggregates[name] { pages.append(page(function)) }
    if let function = functions.windows[name] { pages.append(page(function)) }
    if let function = functions.scalars[name] { pages.append(page(function)) }
    if let table = registry.table(named: name) { pages.append(page(table)) }
    if !pages.isEmpty { return pages.joined(separator: "\n\n") }
    let names =
      Array(functions.scalars.keys) + functions.aggregates.keys + functions.windows.keys
      + registry.tableNames
    let nearest = nearestName(to: name, in: names.sorted())
    return "no help on `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
  }

  private var overview: String {
    let topics = Dictionary(grouping: functions.scalars.values, by: \.topic)
    var lines = ["tables: " + registry.tableNames.joined(separator: ", ")]
    lines.append("stages: " + StageKeyword.allCases.map(\.rawValue).joined(separator: ", "))
    lines.append("aggregates: " + functions.aggregates.keys.sorted().joined(separator: ", "))
    lines.append("window: " + functions.windows.keys.sorted().joined(separator: ", "))
    for topic in topics.keys.sorted() {
      let names = (topics[topic] ?? []).map(\.name).sorted()
      lines.append("\(topic): " + names.joined(separator: ", "))
    }
    lines.append("`help(NAME)` explains one of them")
    return lines.joined(separator: "\n")
  }

  private func page(_ function: ScalarFunction) -> String {
    page(
      function.name, function.summary, function.details, function.overloads.map(\.parameters),
      function.examples)
  }

  private func page(_ function: AggregateFunction) -> String {
    page(
      function.name, function.summary, function.details, function.overloads.map(\.parameters),
      function.examples)
  }

  private func page(_ function: WindowFunction) -> String {
    page(
      function.name, function.summary, function.details, function.overloads.map(\.parameters),
      function.examples)
  }

  private func page(
    _ name: String, _ summary: String, _ details: String, _ overloads: [[Parameter]],
    _ examples: [Example]
  ) -> String {
    var lines = overloads.map { parameters in
      let list = parameters.map { parameter in
        "\(parameter.name): \(parameter.pattern)" + (parameter.isRepeated ? ", …" : "")
          + (parameter.defaultValue.map { " = \(plainText($0))" } ?? "")
      }
      return "\(name)(\(list.joined(separator: ", ")))"
    }
    lines += ["", summary]
    if !details.isEmpty { lines += ["", details] }
    if !examples.isEmpty { lines += [""] + examples.map { "    \($0.code)  # \($0.result)" } }
    return lines.joined(separator: "\n")
  }

  private func page(_ function: UserFunction) -> String {
    let parameters = function.parameters.map { parameter in
      parameter.name.text + (parameter.type.map { ": \($0.name)" } ?? "")
        + (parameter.defaultValue.map { " = \($0.range.text)" } ?? "")
    }
    let head = "\(function.name)(\(parameters.joined(separator: ", ")))"
    return function.documentation.map { "\(head)\n\n\($0)" } ?? head
  }

  private func page(_ table: any TableProvider) -> String {
    var lines = [table.name + (table.summary.isEmpty ? "" : ": \(table.summary)"), ""]
    let fields = table.schema.visibleFields
    for field in fields.prefix(200) { lines.append("    \(field.name): \(field.type)") }
    if fields.count > 200 { lines.append("    and \(fields.count - 200) more") }
    return lines.joined(separator: "\n")
  }
}
