import PlumbColumns
import PlumbFunctions
import PlumbPlan

extension HelpPage {
  init(_ function: ScalarFunction) {
    self.init(
      function.name, .scalar,
      signatures: function.overloads.map {
        Self.signature(function.name, $0.parameters, $0.result)
      },
      summary: function.summary,
      sections: Self.sections(
        function.details, function.examples, related: [function.topic]))
  }

  init(_ function: AggregateFunction) {
    self.init(
      function.name, .aggregate,
      signatures: function.overloads.map {
        Self.signature(function.name, $0.parameters, $0.result)
      },
      summary: function.summary,
      sections: Self.sections(
        function.details, function.examples, related: ["summarize", "window"]))
  }

  init(_ function: WindowFunction) {
    self.init(
      function.name, .window,
      signatures: function.overloads.map {
        Self.signature(function.name, $0.parameters, $0.result)
      },
      summary: function.summary,
      sections: Self.sections(function.details, function.examples, related: ["window"]))
  }

  /// A function that the program defines, by its `##` comment.
  init(_ function: UserFunction) {
    self.init(
      DocumentedFunction(
        name: function.name, parameters: function.parameters,
        documentation: function.documentation),
      .userFunction)
  }

  private static func sections(
    _ details: String, _ examples: [Example], related: [String]
  ) -> [Section] {
    var sections: [Section] = []
    if !details.isEmpty { sections.append(.text(details)) }
    if !examples.isEmpty { sections.append(.examples(setup: "", examples)) }
    if !related.isEmpty { sections.append(.related(related)) }
    return sections
  }

  /// `quantile(x: number, p: float) -> float`
  private static func signature(
    _ name: String, _ parameters: [Parameter], _ result: ResultRule
  ) -> String {
    let list = parameters.map { parameter in
      "\(parameter.name): \(parameter.pattern)" + (parameter.isRepeated ? ", …" : "")
        + (parameter.defaultValue.map { " = \(sourceText($0))" } ?? "")
    }
    let type = resultType(result, parameters).map { " -> \($0)" } ?? ""
    return "\(name)(\(list.joined(separator: ", ")))\(type)"
  }

  /// The result's type as far as the signature alone tells it.
  private static func resultType(_ rule: ResultRule, _ parameters: [Parameter]) -> String? {
    switch rule {
    case .always(let type): type.description
    case .sameAs(let index):
      index < parameters.count ? parameterType(parameters[index]) : nil
    case .listOf(let index):
      index < parameters.count ? parameterType(parameters[index]).map { "list<\($0)>" } : nil
    case .elementOf(let index): elementType(index, parameters)
    case .unified: parameters.first.flatMap(parameterType)
    case .computed: nil
    }
  }

  /// The pattern where it stands for one type, else the parameter's name.
  private static func parameterType(_ parameter: Parameter) -> String? {
    switch parameter.pattern {
    case .exactly(let type): type.description
    case .variable(let name): name
    case .list(.variable(let name)): "list<\(name)>"
    case .number, .quantity, .ordered, .any, .record, .list: "type of \(parameter.name)"
    case .function: nil
    }
  }

  private static func elementType(_ index: Int, _ parameters: [Parameter]) -> String? {
    guard index < parameters.count else { return nil }
    if case .list(.variable(let name)) = parameters[index].pattern { return name }
    return "element of \(parameters[index].name)"
  }

  /// A value as it would be written in a program.
  private static func sourceText(_ value: Value) -> String {
    if case .string(let text) = value { return "\"\(text)\"" }
    return plainText(value)
  }
}
