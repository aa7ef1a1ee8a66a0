/// The tree of a program as text: a node per pair of parentheses, without places.
///
/// Two programs have the same text exactly when their trees are the same, so tests compare with it.
package func treeText(_ program: Program) -> String {
  program.statements.map(TreeText.statement).joined(separator: "\n")
}

/// The tree of an expression as text.
package func treeText(_ expression: Expression) -> String { TreeText.expression(expression) }

/// Writes nodes as S-expressions.
private enum TreeText {
  static func node(_ head: String, _ parts: [String]) -> String {
    "(" + ([head] + parts.filter { !$0.isEmpty }).joined(separator: " ") + ")"
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func name(_ name: Name) -> String {
    let isPlain = name.text.utf8.allSatisfy { $0 == 0x2E || $0 == 0x5F || isLetterOrDigit($0) }
    return isPlain && !name.text.isEmpty ? name.text : "`\(name.text)`"
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  // MARK: Statements

  static func statement(_ statement: Statement) -> String {
    switch statement {
    case .constant(let node): return binding("let", node)
    case .variable(let node): return binding("var", node)
    case .assignment(let node): return binding("set", node)
    case .function(let node): return function(node)
    case .parameter(let node):
      return self.node(
        "param",
        [
          name(node.name), node.type.map { ":" + $0.name } ?? "",
          node.defaultValue.map(expression) ?? "", node.documentation.map(quoted) ?? "",
        ])
    case .conditional(let node):
      let branches = node.branches.map { expression($0.condition) + " " + block($0.body) }
      return self.node("if", branches + [node.otherwise.map { "else " + block($0) } ?? ""])
    case .forLoop(let node):
      return self.node(
        "for", [name(node.variable), expression(node.sequence), block(node.body)])
    case .whileLoop(let node):
      return self.node("while", [expression(node.condition), block(node.body)])
    case .breakLoop: return "(break)"
    case .continueLoop: return "(continue)"
    case .returnValue(let node): return self.node("return", [node.value.map(expression) ?? ""])
    case .importModule(let node): return importModule(node)
    case .open(let node):
      return self.node(
        "open",
        [
          expression(node.address), node.alias.map { "as " + name($0) } ?? "",
          options(node.options),
        ])
    case .load(let node):
      return self.node("load", [name(node.name), expression(node.address), options(node.options)])
    case .saveStore(let node): return self.node("save store", [expression(node.path)])
    case .expect(let node):
      return self.node("expect", [expression(node.condition), node.message.map(expression) ?? ""])
    case .snapshot(let node): return self.node("snapshot", [expression(node.address)])
    case .check(let node):
      return self.node(
        "check",
        [
          expression(node.id), node.title.map(expression) ?? "", options(node.options),
          block(node.body),
        ])
    case .explain(let node): return self.node("explain", [expression(node.subject)])
    case .profile(let node): return self.node("profile", [expression(node.subject)])
    case .expression(let node): return expression(node)
    case .malformed: return "(malformed)"
    }
  }

  private static func binding(_ head: String, _ node: Binding) -> String {
    self.node(head, [name(node.name), expression(node.value)])
  }

  private static func block(_ block: Block) -> String {
    "{" + block.statements.map(statement).joined(separator: "; ") + "}"
  }

  private static func function(_ node: FunctionDefinition) -> String {
    let body =
      switch node.body {
      case .value(let value): expression(value)
      case .block(let statements): block(statements)
      }
    return self.node(
      "def",
      [
        name(node.name), parameters(node.parameters), body,
        node.documentation.map { "## " + quoted($0) } ?? "",
      ])
  }

  private static func parameters(_ parameters: [FunctionParameter]) -> String {
    let parts = parameters.map { parameter in
      name(parameter.name) + (parameter.type.map { ":" + $0.name } ?? "")
        + (parameter.defaultValue.map { "=" + expression($0) } ?? "")
    }
    return "[" + parts.joined(separator: " ") + "]"
  }

  private static func importModule(_ node: ImportStatement) -> String {
    let source =
      switch node.source {
      case .module(let module): name(module)
      case .path(let path): quoted(path.value)
      }
    return self.node("import", [source, node.alias.map { "as " + name($0) } ?? ""])
  }

  private static func options(_ options: [Option]) -> String {
    options.map { name($0.name) + "=" + expression($0.value) }.joined(separator: " ")
  }

  // MARK: Expressions

  static func expression(_ tree: Expression) -> String {
    switch tree {
    case .literal(let literal): return self.literal(literal.value)
    case .string(let string): return quoted(string.value)
    case .interpolation(let node): return interpolation(node)
    case .name(let name): return self.name(name)
    case .variable(let name): return "$" + name.text
    case .member(let node): return self.node(".", [expression(node.base), name(node.name)])
    case .index(let node): return self.node("[]", [expression(node.base), expression(node.index)])
    case .call(let node): return call(node)
    case .unary(let node): return self.node(node.operation.rawValue, [expression(node.operand)])
    case .binary(let node):
      return self.node(node.operation.rawValue, [expression(node.left), expression(node.right)])
    case .comparisonChain(let node):
      let links = node.links.map { $0.operation.rawValue + " " + expression($0.operand) }
      return self.node("chain", [expression(node.first)] + links)
    case .between(let node):
      return self.node(
        node.isNegated ? "not-between" : "between",
        [expression(node.value), expression(node.lower), expression(node.upper)])
    case .membership(let node):
      return self.node(
        node.isNegated ? "not-in" : "in", [expression(node.value), expression(node.collection)])
    case .range(let node):
      return self.node("..", [expression(node.lower), expression(node.upper)])
    case .list(let node): return self.node("list", node.elements.map(expression))
    case .record(let node):
      return self.node("record", node.fields.map { name($0.key) + ":" + expression($0.value) })
    case .conditional(let node):
      return self.node(
        "cond",
        [expression(node.condition), expression(node.consequence), expression(node.alternative)])
    case .choice(let node):
      let arms = node.arms.map { expression($0.condition) + ":" + expression($0.value) }
      return self.node("case", arms + [node.otherwise.map { "else:" + expression($0) } ?? ""])
    case .lambda(let node):
      return self.node("fn", [parameters(node.parameters), expression(node.body)])
    case .pipeline(let node):
      return self.node("pipe", [expression(node.head)] + node.stages.map(stage))
    case .parenthesized(let node): return self.node("paren", [expression(node.expression)])
    case .malformed: return "(malformed)"
    }
  }

  private static func literal(_ value: Literal.Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .timestamp(let microseconds): "@\(microseconds)"
    case .duration(let microseconds): "\(microseconds)us"
    }
  }

  private static func interpolation(_ node: Interpolation) -> String {
    self.node(
      "f",
      node.parts.map { part in
        switch part {
        case .text(let text): quoted(text)
        case .value(let value, let format):
          "{" + expression(value) + (format.map { ":" + $0.value } ?? "") + "}"
        }
      })
  }

  private static func call(_ node: Expression.Call) -> String {
    let arguments = node.arguments.map { argument in
      (argument.name.map { name($0) + "=" } ?? "") + expression(argument.value)
    }
    return self.node("call", [expression(node.callee)] + arguments)
  }

  // MARK: Stages

  private static func stage(_ stage: Stage) -> String {
    switch stage {
    case .where(let node): return self.node("where", [expression(node.condition)])
    case .select(let node): return self.node("select", node.items.map(selectItem))
    case .derive(let node): return self.node("derive", node.items.map(named))
    case .drop(let node): return self.node("drop", node.columns.map(selector))
    case .rename(let node): return self.node("rename", node.items.map(named))
    case .summarize(let node):
      return self.node("summarize", node.aggregates.map(named) + [clause("by", node.keys)])
    case .sort(let node): return self.node("sort", node.keys.map(sortKey))
    case .take(let node): return self.node("take", [expression(node.count)])
    case .skip(let node): return self.node("skip", [expression(node.count)])
    case .tail(let node): return self.node("tail", [expression(node.count)])
    case .sample(let node):
      return self.node("sample", [expression(node.count), options(node.options)])
    case .top(let node):
      return self.node(
        "top",
        [
          expression(node.count), sortKey(node.key), clause("per", node.per),
          node.withTies ? "with-ties" : "",
        ])
    case .distinct(let node): return self.node("distinct", node.columns.map(selector))
    case .count: return "(count)"
    case .join(let node):
      return self.node(
        "join",
        [
          node.kind.rawValue, expression(node.table), joinKeys("on", node.keys),
          options(node.options),
        ])
    case .lookup(let node):
      return self.node(
        "lookup", [expression(node.table), joinKeys("on", node.keys), options(node.options)])
    case .asof(let node):
      return self.node(
        "asof",
        [
          expression(node.table), joinKeys("on", [node.time]), joinKeys("by", node.keys),
          options(node.options),
        ])
    case .window(let node): return window(node)
    case .pivot(let node):
      return self.node(
        "pivot",
        [
          named(node.aggregate), "by " + named(node.column),
          node.values.map { "in " + expression($0) } ?? "", clause("per", node.per),
        ])
    case .unpivot(let node):
      return self.node(
        "unpivot", node.columns.map(selector) + ["into", name(node.keyName), name(node.valueName)])
    case .explode(let node): return self.node("explode", [expression(node.column)])
    case .union(let node): return self.node("union", [expression(node.table)])
    case .fill(let node):
      return self.node(
        "fill",
        [expression(node.time), "every " + expression(node.step), clause("by", node.keys)])
    case .describe: return "(describe)"
    case .drift(let node): return drift(node)
    case .pareto(let node):
      return self.node(
        "pareto",
        node.objectives.map { ($0.isMaximized ? "max " : "min ") + expression($0.value) })
    case .plot(let node): return self.node("plot", [name(node.kind), options(node.options)])
    case .save(let node): return self.node("save", [expression(node.path), options(node.options)])
    case .call(let node): return call(node)
    case .malformed: return "(malformed)"
    }
  }

  private static func window(_ node: WindowStage) -> String {
    let rows = node.rows.map { rows in
      "rows " + (rows.lower.map(expression) ?? "") + ".." + expression(rows.upper)
    }
    let order = node.order.isEmpty ? "" : "sort " + node.order.map(sortKey).joined(separator: " ")
    return self.node(
      "window", node.items.map(named) + [clause("by", node.keys), order, rows ?? ""])
  }

  private static func drift(_ node: DriftStage) -> String {
    let reference =
      switch node.reference {
      case .table(let table): expression(table)
      case .previous: "previous"
      case .first(let length, _): "first " + expression(length)
      }
    let features = node.features.map(selector).joined(separator: " ")
    let windows = node.windows.map { windows in
      "over " + expression(windows.time) + " every " + expression(windows.step)
    }
    return self.node(
      "drift",
      [
        "against " + reference, features.isEmpty ? "" : "on " + features, clause("by", node.keys),
        windows ?? "", options(node.options),
      ])
  }

  private static func clause(_ word: String, _ keys: [NamedExpression]) -> String {
    keys.isEmpty ? "" : word + " " + keys.map(named).joined(separator: " ")
  }

  private static func named(_ item: NamedExpression) -> String {
    (item.name.map { name($0) + "=" } ?? "") + expression(item.value)
  }

  private static func sortKey(_ key: SortKey) -> String {
    (key.isDescending ? "desc " : "") + expression(key.value)
  }

  private static func joinKeys(_ word: String, _ keys: [JoinKey]) -> String {
    guard !keys.isEmpty else { return "" }
    let parts = keys.map { key in
      switch key {
      case .same(let column): expression(column)
      case .pair(let left, let right): expression(left) + "==" + expression(right)
      }
    }
    return word + " " + parts.joined(separator: " ")
  }

  private static func selectItem(_ item: SelectStage.Item) -> String {
    switch item {
    case .column(let column): named(column)
    case .spread(let spread): self.spread(spread)
    case .pattern(let pattern): "/" + pattern.regex + "/"
    }
  }

  private static func selector(_ selector: ColumnSelector) -> String {
    switch selector {
    case .column(let column): expression(column)
    case .spread(let spread): self.spread(spread)
    case .pattern(let pattern): "/" + pattern.regex + "/"
    }
  }

  private static func spread(_ spread: Spread) -> String {
    let except = spread.except.map(selector).joined(separator: " ")
    return (spread.prefix.map { expression($0) + ".*" } ?? "*")
      + (except.isEmpty ? "" : " except(" + except + ")")
  }
}
