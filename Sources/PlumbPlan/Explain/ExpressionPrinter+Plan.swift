import PlumbCharts
import PlumbColumns
import PlumbFunctions

/// The operations of a plan in the words of the language's stages.
extension ExpressionPrinter {
  /// How many names or values of a list are shown.
  static let shownCount = 12

  /// An operation without what it reads.
  mutating func line(_ plan: LogicalPlan) -> String {
    switch plan {
    case .scan(let node): return line(node)
    case .filter(let node): return "filter " + text(node.condition)
    case .project(let node):
      if node.items.isEmpty { return "project no columns" }
      return "project " + list(node.items) { $0.output($1) }
    case .aggregate(let node):
      let calls = list(node.calls) { $0.named($1.name, $0.text($1)) }
      return (calls.isEmpty ? "aggregate" : "aggregate " + calls)
        + clause("by", node.keys) { $0.output($1) }
    case .sort(let node): return "sort " + list(node.keys) { $0.text($1) }
    case .limit(let node):
      return "limit " + (node.count.map(String.init) ?? "all")
        + (node.skip > 0 ? " from row \(node.skip + 1)" : "")
    case .tail(let node): return "tail \(node.count)"
    case .sample(let node):
      return "sample \(node.count)" + (node.seed.map { " seed = \($0)" } ?? "")
    case .top(let node):
      let key = OrderKey(node.key.expression, isDescending: !node.key.isDescending)
      return "top \(node.count) by " + text(key)
        + clause("per", node.groups) { $0.text($1) } + (node.withTies ? " with ties" : "")
    case .distinct(let node): return "distinct " + list(node.keys) { $0.text($1) }
    case .join(let node):
      return (node.isUnique ? "lookup" : "join \(node.kind.rawValue)")
        + clause("on", node.keys) { $0.text($1) }
    case .asof(let node): return line(node)
    case .window(let node): return line(node)
    case .pivot(let node):
      return "pivot " + text(node.call) + " by " + text(node.column) + " in ["
        + list(node.values) { Self.literal($1.value) } + "]"
        + clause("per", node.keys) { $0.output($1) }
    case .unpivot(let node):
      return "unpivot " + list(node.columns) { Self.name($1) } + " into "
        + Self.name(node.keyName) + ", " + Self.name(node.valueName)
    case .explode(let node): return "explode " + Self.name(node.column)
    case .union: return "union"
    case .fill(let node):
      return "fill " + Self.name(node.timeColumn) + " every "
        + Self.literal(.duration(node.stepMicroseconds))
        + clause("by", node.groups) { Self.name($1) }
    case .describe: return "describe"
    case .pareto(let node):
      return "pareto "
        + list(node.objectives) { printer, key in
          (key.isDescending ? "max(" : "min(") + printer.text(key.expression) + ")"
        }
    case .plot(let node): return "plot " + node.specification.kind.rawValue
    }
  }

  private mutating func line(_ node: LogicalPlan.Scan) -> String {
    let columns = node.columns.isEmpty ? "none" : list(node.columns) { Self.scanned($1) }
    var line = "scan \(Self.name(node.provider.name))  columns: \(columns)"
    line += " (\(node.columns.count) of \(node.provider.schema.count))"
    if !node.conditions.isEmpty {
      line += "  conditions: " + list(node.conditions) { Self.text($1) }
    }
    return line
  }

  private mutating func line(_ node: LogicalPlan.AsofJoin) -> String {
    let time = KeyPair(left: node.leftTime, right: node.rightTime)
    var line = "asof on " + text(time) + clause("by", node.keys) { $0.text($1) }
    line += " direction = \"\(node.direction.rawValue)\""
    if let tolerance = node.tolerance { line += " tolerance = " + Self.literal(tolerance) }
    return line
  }

  private mutating func line(_ node: LogicalPlan.Window) -> String {
    var frame: RowBounds?
    for call in node.calls {
      if case .aggregate(_, let bounds?) = call.kind { frame = bounds }
    }
    let calls = list(node.calls) { printer, call in
      switch call.kind {
      case .function(let function, let overload, let arguments, _, _):
        printer.named(
          call.name, printer.call(function.name, overload.parameters, arguments, lambdas: [:]))
      case .aggregate(let aggregate, _): printer.named(call.name, printer.text(aggregate))
      }
    }
    let rows = frame.map { " rows \($0.lower.map { "\($0)" } ?? "")..\($0.upper)" }
    return "window " + calls + clause("by", node.groups) { $0.text($1) }
      + clause("sort", node.sort) { $0.text($1) } + (rows ?? "")
  }

  // MARK: Parts

  private mutating func text(_ key: OrderKey) -> String {
    let text = text(key.expression, atLeast: key.isDescending ? .postfix : .lambda)
    if key.isDescending { return "-" + text }
    // A leading minus would mean descending.
    return text.hasPrefix("-") ? "(\(text))" : text
  }

  private mutating func text(_ pair: KeyPair) -> String {
    let (left, right) = (text(pair.left, atLeast: .coalesce), text(pair.right, atLeast: .coalesce))
    return left == right ? left : "\(left) == \(right)"
  }

  mutating func text(_ call: AggregateCall) -> String {
    let whole = self.call(
      call.function.name, call.overload.parameters, call.arguments, lambdas: [:])
    guard let condition = call.condition else { return whole }
    let separator = whole.hasSuffix("()") ? "" : ", "
    return whole.dropLast() + separator + "where = " + text(condition) + ")"
  }

  private mutating func output(_ item: OutputColumn) -> String {
    if item.expression.columnName == item.name { return Self.name(item.name) }
    return named(item.name, text(item.expression))
  }

  private func named(_ name: String, _ value: String) -> String { "\(Self.name(name)) = \(value)" }

  private mutating func clause<Part>(
    _ word: String, _ parts: [Part], _ text: (inout Self, Part) -> String
  ) -> String {
    parts.isEmpty ? "" : " \(word) " + list(parts, text)
  }

  /// Parts with commas; of many the first ones and how many more there are.
  mutating func list<Part>(_ parts: [Part], _ text: (inout Self, Part) -> String) -> String {
    var shown: [String] = []
    for part in parts.prefix(Self.shownCount) { shown.append(text(&self, part)) }
    let hidden = parts.count - shown.count
    return shown.joined(separator: ", ") + (hidden > 0 ? ", … \(hidden) more" : "")
  }

  private static func scanned(_ column: String) -> String {
    column.hasSuffix(Schema.Field.storedTextSuffix) ? name(column) + " (text)" : name(column)
  }

  private static func text(_ condition: ScanCondition) -> String {
    let column = name(condition.column)
    return switch condition.test {
    case .equal(let value): "\(column) == \(literal(value))"
    case .less(let value): "\(column) < \(literal(value))"
    case .lessOrEqual(let value): "\(column) <= \(literal(value))"
    case .greater(let value): "\(column) > \(literal(value))"
    case .greaterOrEqual(let value): "\(column) >= \(literal(value))"
    case .oneOf(let values): "\(column) in \(literals(values))"
    }
  }
}
