import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbPlan
import PlumbSyntax

/// What stands before the body of a check, read.
struct CheckHeader {
  let definition: CheckDefinition
  /// Whether a scope without subjects is no reason for doubt.
  let allowsEmptyScope: Bool
  let isWaivable: Bool
  /// The column of the offending rows that holds the risk tier by which severity shifts.
  let tierColumn: String?
  /// The column of the offending rows that holds the severity of each; the check's own where it holds
  /// none of the five.
  let severityColumn: String?
  /// The tables that must have rows, or be said to be complete.
  let needs: [String]
  /// The subjects that the check is about.
  let scope: Expression?
  /// Those of them that could be judged; all when it is not given.
  let evaluated: Expression?

  /// The options of a check, for messages.
  static let optionNames = [
    "severity", "refs", "scope", "evaluated", "empty_ok", "group", "tier", "severity_column",
    "needs", "waivable", "fix",
  ]
}

extension Resolver {
  /// Reads id, title and options of a check; all but `scope` and `evaluated` must be known.
  mutating func header(
    of node: CheckStatement, in scope: Scope
  ) throws(ResolveStop) -> CheckHeader {
    var options: [String: Option] = [:]
    for option in node.options {
      guard CheckHeader.optionNames.contains(option.name.text) else {
        throw failure(
          .unknownOption, "a check has no option `\(option.name.text)`", at: option.name.range,
          label: suggestion(for: option.name.text, among: CheckHeader.optionNames),
          help: "its options are " + CheckHeader.optionNames.joined(separator: ", "))
      }
      guard options.updateValue(option, forKey: option.name.text) == nil else {
        throw failure(
          .duplicateName, "the option `\(option.name.text)` is given twice", at: option.name.range)
      }
    }
    let id = try text(node.id, "the id of a check", in: scope)
    guard !id.isEmpty else {
      throw failure(.invalidArgument, "the id of a check is not empty", at: node.id.range)
    }
    let title = try node.title.map { (title) throws(ResolveStop) in
      try text(title, "the title of a check", in: scope)
    }
    let definition = CheckDefinition(
      id: id, title: title ?? id, severity: try severity(options["severity"], in: scope),
      group: try text(options["group"], in: scope),
      references: try texts(options["refs"], in: scope),
      fix: try text(options["fix"], in: scope), file: node.range.file.name,
      line: node.range.line)
    return CheckHeader(
      definition: definition,
      allowsEmptyScope: try flag(options["empty_ok"], standard: false, in: scope),
      isWaivable: try flag(options["waivable"], standard: true, in: scope),
      tierColumn: try text(options["tier"], in: scope),
      severityColumn: try text(options["severity_column"], in: scope),
      needs: try texts(options["needs"], in: scope), scope: options["scope"]?.value,
      evaluated: options["evaluated"]?.value)
  }

  private mutating func severity(
    _ option: Option?, in scope: Scope
  ) throws(ResolveStop) -> CheckSeverity {
    guard let option else { return .standard }
    let name = try text(option.value, "`severity`", in: scope)
    if let severity = CheckSeverity(rawValue: name) { return severity }
    let known = CheckSeverity.allCases.map(\.rawValue)
    throw failure(
      .invalidArgument, "no severity is called `\(name)`", at: option.value.range,
      label: suggestion(for: name, among: known),
      help: "severities are " + known.joined(separator: ", "))
  }

  private mutating func text(
    _ option: Option?, in scope: Scope
  ) throws(ResolveStop) -> String? {
    guard let option else { return nil }
    return try text(option.value, "`\(option.name.text)`", in: scope)
  }

  private mutating func text(
    _ syntax: Expression, _ what: String, in scope: Scope
  ) throws(ResolveStop) -> String {
    guard case .string(let text) = try constant(syntax, in: scope) else {
      throw failure(.typeMismatch, "\(what) is a text", at: syntax.range)
    }
    return text
  }

  private mutating func texts(
    _ option: Option?, in scope: Scope
  ) throws(ResolveStop) -> [String] {
    guard let option else { return [] }
    switch try constant(option.value, in: scope) {
    case .string(let text): return [text]
    case .list(let values, .string), .list(let values, .null):
      return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    case .null, .bool, .int, .float, .timestamp, .duration, .list, .record:
      throw failure(
        .typeMismatch, "`\(option.name.text)` is a list of texts", at: option.value.range)
    }
  }

  private mutating func flag(
    _ option: Option?, standard: Bool, in scope: Scope
  ) throws(ResolveStop) -> Bool {
    guard let option else { return standard }
    guard case .bool(let flag) = try constant(option.value, in: scope) else {
      throw failure(.typeMismatch, "`\(option.name.text)` is a bool", at: option.value.range)
    }
    return flag
  }
}

extension DiagnosticCode {
  /// Whether it says that data is not there, which makes a check unknown instead of wrong.
  var isAboutMissingData: Bool {
    switch self {
    case .unknownTable, .unknownColumn, .unknownName, .unknownKey, .cannotOpen: true
    default: false
    }
  }
}
