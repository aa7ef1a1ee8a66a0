import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// Gives a `param` its value: the text from the command line, or the default.
struct ParameterReader {
  let host: ProgramHost
  let given: [String: String]

  func read(
    _ node: ParameterDeclaration, in scope: Scope, diagnostics: inout Diagnostics
  ) -> PlumbPlan.Binding {
    var resolver = Resolver(host: host, functions: host.functions)
    defer { diagnostics.append(contentsOf: resolver.diagnostics) }
    var declared: DataType?
    do throws(ResolveStop) {
      if let type = node.type { declared = try resolver.type(type) }
    } catch { return .undetermined }
    let name = node.name.text
    if let text = given[name] ?? given[name.replacing("_", with: "-")] {
      return value(of: text, type: declared ?? defaultType(node, in: scope), node, &resolver)
    }
    guard let syntax = node.defaultValue else {
      resolver.diagnostics.error(
        .missingArgument, "the parameter `\(name)` needs a value", at: node.name.range,
        help: "give it on the command line: `--\(name.replacing("_", with: "-")) VALUE`")
      return .undetermined
    }
    do throws(ResolveStop) {
      let expression = try resolver.scalar(syntax, in: scope, .scalar)
      guard let type = (declared ?? expression.type).unified(with: expression.type),
        declared == nil || type == declared
      else {
        resolver.diagnostics.error(
          .typeMismatch,
          "`\(name)` is \(declared ?? .null), and its default is \(expression.type)",
          at: syntax.range)
        return .undetermined
      }
      guard let value = host.constant(expression) else { return .unknownValue(type) }
      return .value(value.coerced(to: type), type)
    } catch { return .undetermined }
  }

  private func defaultType(_ node: ParameterDeclaration, in scope: Scope) -> DataType {
    guard let syntax = node.defaultValue else { return .string }
    var resolver = Resolver(host: host, functions: host.functions)
    do throws(ResolveStop) {
      return try resolver.scalar(syntax, in: scope, .scalar).type
    } catch { return .string }
  }

  private func value(
    of text: String, type: DataType, _ node: ParameterDeclaration, _ resolver: inout Resolver
  ) -> PlumbPlan.Binding {
    if let value = parse(text, as: type) { return .value(value, type) }
    resolver.diagnostics.error(
      .conversionFailed, "`\(text)` is no \(type), which `\(node.name.text)` must be",
      at: node.name.range, help: example(of: type))
    return .undetermined
  }

  /// A text of the command line as a value.
  private func parse(_ text: String, as type: DataType) -> Value? {
    switch type {
    case .string, .null: return .string(text)
    case .bool:
      switch text.lowercased() {
      case "true", "yes", "on", "1": return .bool(true)
      case "false", "no", "off", "0": return .bool(false)
      default: return nil
      }
    case .int: return Int(text).map(Value.int)
    case .float: return Double(text).map(Value.float)
    case .timestamp:
      return Array(text.utf8).withUnsafeBufferPointer { TimestampText.parse($0) }
        .map(Value.timestamp)
    case .duration:
      return Array(text.utf8).withUnsafeBufferPointer { DurationText.parse($0) }
        .map(Value.duration)
    case .list(let element):
      let parts = Self.elements(of: text)
      let values = parts.compactMap { parse($0, as: element) }
      return values.count == parts.count ? .list(values, element: element) : nil
    case .record: return nil
    }
  }

  /// The elements of a list as texts: `3,4`, or `["a", "b"]` as JSON and the language write it.
  private static func elements(of text: String) -> [String] {
    if case .list(let values, _)? = try? JSONText.parse(text) { return values.map(plainText) }
    let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
    return (isBracketed ? text.dropFirst().dropLast() : text[...]).split(separator: ",").map {
      String($0.drop { $0 == " " })
    }
  }

  private func example(of type: DataType) -> String? {
    switch type {
    case .timestamp: "a timestamp is written `2026-11-23` or `2026-11-23T10:30`"
    case .duration: "a duration is written `30m`, `12h` or `7d`"
    case .bool: "a bool is `true` or `false`"
    case .list: "a list is written `a,b` or `[a, b]`"
    case .int, .float, .string, .null, .record: nil
    }
  }
}
