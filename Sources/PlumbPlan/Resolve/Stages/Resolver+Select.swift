import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

extension Resolver {
  mutating func resolveWhere(
    _ node: WhereStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let condition = try condition(node.condition, in: scope, rows)
    return .filter(
      LogicalPlan.Filter(input: input, condition: condition, range: node.condition.range))
  }

  mutating func resolveSelect(
    _ node: SelectStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var items: [OutputColumn] = []
    var kept: Set<String> = []
    var failed = false
    for item in node.items {
      do throws(ResolveStop) {
        switch item {
        case .column(let named):
          if named.name == nil, let fields = try computedColumns(named.value, in: scope) {
            for field in fields where !items.contains(where: { $0.name == field.name }) {
              items.append(passed(field))
            }
            continue
          }
          let column = try outputColumn(named, in: scope)
          try checkNew(column.name, among: items, range: named.range)
          items.append(column)
        case .spread(let spread):
          if let prefix = spread.prefix { kept.insert(prefix.range.text) }
          if spread.prefix == nil { kept.formUnion(input.schema.families.map(\.name)) }
          for field in try fields(of: spread, in: scope)
          where !items.contains(where: { $0.name == field.name }) {
            items.append(passed(field))
          }
        case .pattern(let pattern):
          for field in try fields(matching: pattern)
          where !items.contains(where: { $0.name == field.name }) {
            items.append(passed(field))
          }
        }
      } catch {
        guard case .reported = error else { throw error }
        failed = true
      }
    }
    if failed { throw .reported }
    kept.formUnion(items.compactMap(\.field.family))
    return .project(
      LogicalPlan.Project(
        input: input, items: items,
        families: input.schema.families.filter { kept.contains($0.name) }))
  }

  /// An item with its name: the one given, or the column's own.
  mutating func outputColumn(
    _ named: NamedExpression, in scope: Scope
  ) throws(ResolveStop) -> OutputColumn {
    let expression = try scalar(named.value, in: scope, rows)
    return try outputColumn(named, expression)
  }

  mutating func outputColumn(
    _ named: NamedExpression, _ expression: ResolvedExpression
  ) throws(ResolveStop) -> OutputColumn {
    if let name = named.name {
      if let source = expression.columnName, let field = input.schema[source],
        field.name == name.text
      {
        return OutputColumn(field, expression)
      }
      if let source = expression.columnName, let field = input.schema[source] {
        return OutputColumn(field.renamed(name.text), expression)
      }
      return OutputColumn(name.text, expression)
    }
    if let source = expression.columnName, let field = input.schema[source] {
      return OutputColumn(field, expression)
    }
    if let name = ownName(of: named.value) { return OutputColumn(name, expression) }
    throw failure(
      .unnamedOutput, "a computed column needs a name", at: named.range,
      help: "write `NAME = \(named.value.range.text)`")
  }

  /// The name that an expression brings with it: that of a column, a field or a variable.
  func ownName(of syntax: Expression) -> String? {
    switch syntax.withoutParentheses {
    case .name, .member:
      return namePath(syntax.withoutParentheses)?.map(\.text).joined(separator: ".")
    case .variable(let name): return name.text
    case .index(let node):
      guard case .name(let base) = node.base, case .string(let key) = node.index else { return nil }
      return base.text + "." + key.value
    default: return nil
    }
  }

  mutating func checkNew(
    _ name: String, among items: [OutputColumn], range: SourceRange
  ) throws(ResolveStop) {
    guard items.contains(where: { $0.name == name }) else { return }
    throw failure(
      .duplicateName, "two columns would be called `\(name)`", at: range,
      help: "give one another name: `NAME = …`")
  }

  mutating func resolveDerive(
    _ node: DeriveStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var pending: [OutputColumn] = []
    // Items that failed; what mentions one of them is no second mistake.
    var failed: [String] = []
    for item in node.items {
      if failed.contains(where: { mentions(item.value, $0) }) { continue }
      do throws(ResolveStop) {
        guard let name = item.name else {
          throw failure(
            .unnamedOutput, "a derived column needs a name", at: item.range,
            help: "write `NAME = \(item.value.range.text)`")
        }
        let usesPending = pending.contains { mentions(item.value, $0.name) }
        if usesPending || pending.contains(where: { $0.name == name.text }) {
          plan = projecting(pending, over: input)
          pending = []
        }
        let expression = try scalar(item.value, in: scope, rows)
        pending.append(try outputColumn(item, expression))
      } catch {
        guard case .reported = error else { throw error }
        failed.append(item.name?.text ?? item.value.range.text)
      }
    }
    if !failed.isEmpty { throw .reported }
    return projecting(pending, over: input)
  }

  /// Whether an expression may read the column: its source mentions the name.
  private func mentions(_ syntax: Expression, _ name: String) -> Bool {
    let first = name.split(separator: ".").first.map(String.init) ?? name
    return syntax.range.text.contains(first)
  }

  /// The input's columns with some replaced or added.
  func projecting(_ items: [OutputColumn], over input: LogicalPlan) -> LogicalPlan {
    if items.isEmpty { return input }
    let schema = input.schema
    var all = schema.fields.map { passed($0) }
    for item in items {
      if let index = schema.index(of: item.name) {
        let old = schema.fields[index]
        let field = Schema.Field(item.name, item.expression.type, family: old.family)
        all[index] =
          item.expression.columnName == item.name
          ? item : OutputColumn(field, item.expression)
      } else {
        all.append(item)
      }
    }
    return .project(LogicalPlan.Project(input: input, items: all, families: schema.families))
  }

  mutating func resolveDrop(
    _ node: DropStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let dropped = Set(try fields(node.columns, in: scope).map(\.name))
    var families = input.schema.families
    for selector in node.columns {
      if case .spread(let spread) = selector, let prefix = spread.prefix, spread.except.isEmpty {
        families.removeAll { $0.name == prefix.range.text }
      }
    }
    let kept = input.schema.fields.filter { !dropped.contains($0.name) }
    return .project(
      LogicalPlan.Project(input: input, items: kept.map { passed($0) }, families: families))
  }

  mutating func resolveRename(
    _ node: RenameStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var names: [String: String] = [:]
    for item in node.items {
      guard let name = item.name else {
        throw failure(
          .unnamedOutput, "a new name is needed", at: item.range, help: "write `rename new = old`")
      }
      let old = try columnField(item.value, in: scope).name
      guard names.updateValue(name.text, forKey: old) == nil else {
        throw failure(.duplicateName, "`\(old)` is renamed twice", at: item.range)
      }
    }
    var items: [OutputColumn] = []
    for field in input.schema.fields {
      let column = ResolvedExpression.column(field.name, field.type)
      let item = names[field.name].map { OutputColumn(field.renamed($0), column) }
      let output = item ?? OutputColumn(field, column)
      try checkNew(output.name, among: items, range: node.range)
      items.append(output)
    }
    return .project(
      LogicalPlan.Project(input: input, items: items, families: input.schema.families))
  }

  mutating func resolveSave(
    _ node: SaveStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let path = try scalar(node.path, in: scope, .scalar)
    guard path.type == .string else {
      throw failure(
        .typeMismatch, "a file's name is a text, and this is \(path.type)", at: node.path.range)
    }
    var options: [String: Value] = [:]
    for option in node.options {
      let value = try constant(option.value, in: scope)
      if option.name.text == "by" { try checkSaveKeys(value, option) }
      options[option.name.text] = value
    }
    if !host.isExplaining, case .string(let name)? = host.constant(path) {
      try host.noteSaved(path: name, range: node.path.range, diagnostics: &diagnostics)
    }
    guard knowsValues, !host.isExplaining else { return input }
    guard case .string(let name)? = host.constant(path) else {
      throw failure(.notConstant, "the file's name must be known", at: node.path.range)
    }
    let table = try host.materialize(
      visible(input), range: node.range, diagnostics: &diagnostics)
    try host.save(
      table, path: name, options: options, range: node.range, diagnostics: &diagnostics)
    return .scan(memoryScan(table, name: name))
  }

  /// Checks that the keys of a profile are columns.
  private mutating func checkSaveKeys(_ names: Value, _ option: Option) throws(ResolveStop) {
    let names: [Value] = if case .list(let list, _) = names { list } else { [names] }
    for case .string(let name) in names where input.schema[name] == nil {
      throw failure(
        .unknownColumn, "there is no column `\(name)`", at: option.value.range,
        label: suggestion(for: name, among: input.schema.visibleFields.map(\.name)))
    }
  }

  mutating func resolveStageCall(
    _ node: Expression.Call, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    guard let function = try userFunction(node.callee, in: scope) else {
      let name = node.callee.range.text
      if functions.scalars[name] != nil {
        throw failure(
          .unknownStage, "`\(name)` computes a value and is no stage", at: node.callee.range,
          help: "use it within a stage: `| derive x = \(name)(…)`")
      }
      if functions.aggregates[name] != nil {
        throw failure(
          .unknownStage, "`\(name)` is an aggregate and no stage", at: node.callee.range,
          help: "write `| summarize \(name)(…)`")
      }
      if functions.windows[name] != nil {
        throw failure(
          .unknownStage, "`\(name)` is a window function and no stage", at: node.callee.range,
          help: "write `| window x = \(name)(…) sort …`")
      }
      let names = StageKeyword.allCases.map(\.rawValue) + scope.names
      let hint = namePath(node.callee).flatMap { importHint($0, in: scope, .scalar) }
      throw failure(
        .unknownStage, "unknown stage or function `\(name)`", at: node.callee.range,
        label: hint ?? suggestion(for: name, among: names), help: ForeignWords.stage(name))
    }
    switch try call(function, node, first: .table(input), in: scope, .scalar) {
    case .table(let plan): return plan
    case .scalar(let value):
      // A pipeline may end in a function that gives a value: a table of one cell.
      let table = LogicalPlan.scan(
        memoryScan(Table(schema: Schema([]), columns: [], rowCount: 1), name: function.name))
      return .project(
        LogicalPlan.Project(input: table, items: [OutputColumn(function.name, value)]))
    case .function, .module:
      throw failure(.notATable, "`\(function.name)` gives no table", at: node.range)
    case .undetermined: throw .undetermined
    }
  }
}
