import PlumbColumns
import PlumbDiagnostics
package import PlumbSyntax

extension Resolver {
  /// `head | stage | stage`
  package mutating func resolvePipeline(
    _ pipeline: Pipeline, in scope: Scope
  ) throws(ResolveStop) -> Resolved {
    rowLevel += 1
    defer { rowLevel -= 1 }
    var plan = try head(pipeline.head, in: scope)
    for stage in pipeline.stages { plan = try self.stage(stage, plan, in: scope) }
    return .table(plan)
  }

  /// The head of a pipeline: always a table or a variable.
  mutating func head(
    _ expression: Expression, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    if case .name(let name) = expression, scope.lookup(name.text) == nil,
      host.table(named: name.text) == nil
    {
      let names = host.tableNames + scope.names
      if name.text == "_" {
        throw failure(
          .unknownTable, "there is no last result yet", at: name.range,
          help: "begin with a table's name")
      }
      throw failure(
        .unknownTable, "unknown table `\(name.text)`", at: name.range,
        label: suggestion(for: name.text, among: names),
        notes: host.tableNames.isEmpty
          ? ["no source is open"] : ["tables: " + shortList(host.tableNames)],
        help: openingHelp)
    }
    return try table(expression, in: scope)
  }

  /// What to do where a table is missing because no source is open.
  var openingHelp: String? {
    host.tableNames.isEmpty
      ? "open one first: `open \"mlflow.db\"`, or `plumb mlflow.db`" : nil
  }

  mutating func stage(
    _ stage: Stage, _ input: LogicalPlan, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let saved = (plan, aggregateCalls, windowCalls, frame)
    defer { (plan, aggregateCalls, windowCalls, frame) = saved }
    plan = input
    aggregateCalls = []
    windowCalls = []
    frame = nil
    switch stage {
    case .where(let node): return try resolveWhere(node, in: scope)
    case .select(let node): return try resolveSelect(node, in: scope)
    case .derive(let node): return try resolveDerive(node, in: scope)
    case .drop(let node): return try resolveDrop(node, in: scope)
    case .rename(let node): return try resolveRename(node, in: scope)
    case .summarize(let node): return try resolveSummarize(node, in: scope)
    case .sort(let node): return try resolveSort(node, in: scope)
    case .take(let node):
      let count = try count(node.count, in: scope)
      return .limit(LogicalPlan.Limit(input: input, skip: 0, count: count))
    case .skip(let node):
      let count = try count(node.count, in: scope)
      return .limit(LogicalPlan.Limit(input: input, skip: count, count: nil))
    case .tail(let node):
      return .tail(LogicalPlan.Tail(input: input, count: try count(node.count, in: scope)))
    case .sample(let node): return try resolveSample(node, in: scope)
    case .top(let node): return try resolveTop(node, in: scope)
    case .distinct(let node): return try resolveDistinct(node, in: scope)
    case .count(let range): return try resolveCount(range)
    case .join(let node): return try resolveJoin(node, in: scope)
    case .lookup(let node): return try resolveLookup(node, in: scope)
    case .asof(let node): return try resolveAsof(node, in: scope)
    case .window(let node): return try resolveWindow(node, in: scope)
    case .pivot(let node): return try resolvePivot(node, in: scope)
    case .unpivot(let node): return try resolveUnpivot(node, in: scope)
    case .explode(let node): return try resolveExplode(node, in: scope)
    case .union(let node): return try resolveUnion(node, in: scope)
    case .fill(let node): return try resolveFill(node, in: scope)
    case .describe: return .describe(LogicalPlan.Describe(input: visible(input)))
    case .pareto(let node): return try resolvePareto(node, in: scope)
    case .save(let node): return try resolveSave(node, in: scope)
    case .call(let node): return try resolveStageCall(node, in: scope)
    case .drift(let node): return try resolveDrift(node, in: scope)
    case .plot(let node): return try resolvePlot(node, in: scope)
    case .malformed: throw .reported
    }
  }

  /// The plan of the stage at hand, extended by what its expressions needed.
  var input: LogicalPlan {
    plan ?? .scan(memoryScan(Table(schema: Schema([]), columns: [], rowCount: 0), name: ""))
  }

  /// What expressions of the stage at hand may name.
  var rows: RowContext { RowContext(schema: input.schema) }

  /// The plan without columns that are kept for the engine alone.
  package func visible(_ plan: LogicalPlan) -> LogicalPlan {
    let schema = plan.schema
    guard schema.fields.contains(where: \.isHidden) else { return plan }
    return .project(
      LogicalPlan.Project(
        input: plan, items: schema.visibleFields.map { passed($0) }, families: schema.families))
  }

  /// A column handed on as it is.
  func passed(_ field: Schema.Field) -> OutputColumn {
    OutputColumn(field, .column(field.name, field.type))
  }

  /// A number of rows, known before any row is read.
  mutating func count(_ syntax: Expression, in scope: Scope) throws(ResolveStop) -> Int {
    let expression = try scalar(syntax, in: scope, .scalar)
    guard expression.type == .int else {
      throw failure(
        .typeMismatch, "a number of rows is an int, and this is \(expression.type)",
        at: syntax.range)
    }
    guard case .int(let count)? = host.constant(expression) else {
      if knowsValues {
        throw failure(.notConstant, "a number of rows must be known here", at: syntax.range)
      }
      return 1
    }
    guard count >= 0 else {
      throw failure(.invalidArgument, "a number of rows is not negative", at: syntax.range)
    }
    return count
  }

  /// The value of an option, if it is given.
  mutating func option(
    _ name: String, _ options: [Option], in scope: Scope
  ) throws(ResolveStop) -> (value: Value, range: SourceRange)? {
    guard let option = options.first(where: { $0.name.text == name }) else { return nil }
    return (try constant(option.value, in: scope), option.value.range)
  }

  /// A column of the input by its name, for stages that take columns and not expressions.
  mutating func columnField(
    _ syntax: Expression, in scope: Scope
  ) throws(ResolveStop) -> Schema.Field {
    let expression = try scalar(syntax, in: scope, rows)
    guard let name = expression.columnName, let field = input.schema[name] else {
      if let text = expression.literalValue, text.isNull {
        throw failure(.unknownColumn, "no such column", at: syntax.range)
      }
      throw failure(
        .typeMismatch, "a column's name is needed here", at: syntax.range,
        help: "`derive` gives an expression a name")
    }
    return field
  }

  /// The columns that selectors name, in the order of the selectors.
  mutating func fields(
    _ selectors: [ColumnSelector], in scope: Scope
  ) throws(ResolveStop) -> [Schema.Field] {
    var found: [Schema.Field] = []
    var failed = false
    for selector in selectors {
      do throws(ResolveStop) { found += try fields(of: selector, in: scope).fields } catch {
        guard case .reported = error else { throw error }
        failed = true
      }
    }
    if failed { throw .reported }
    return found
  }

  /// As `fields`, each column once: a spread, a pattern and `columns(…)` add those that are not
  /// there yet, and a column that is named must not be there.
  mutating func fieldsOnce(
    _ selectors: [ColumnSelector], in scope: Scope
  ) throws(ResolveStop) -> [Schema.Field] {
    var found: [Schema.Field] = []
    var names: Set<String> = []
    var failed = false
    for selector in selectors {
      do throws(ResolveStop) {
        let (fields, isNamed) = try fields(of: selector, in: scope)
        for field in fields {
          if names.insert(field.name).inserted {
            found.append(field)
          } else if isNamed, case .column(let syntax) = selector {
            throw failure(
              .duplicateName, "`\(field.name)` is among the columns already", at: syntax.range,
              label: "leave it out")
          }
        }
      } catch {
        guard case .reported = error else { throw error }
        failed = true
      }
    }
    if failed { throw .reported }
    return found
  }

  /// The columns of a selector, and whether it names just one.
  private mutating func fields(
    of selector: ColumnSelector, in scope: Scope
  ) throws(ResolveStop) -> (fields: [Schema.Field], isNamed: Bool) {
    switch selector {
    case .column(let syntax):
      if let fields = try computedColumns(syntax, in: scope) { return (fields, false) }
      return ([try columnField(syntax, in: scope)], true)
    case .spread(let spread): return (try fields(of: spread, in: scope), false)
    case .pattern(let pattern): return (try fields(matching: pattern), false)
    }
  }

  /// `*`, `prefix.*`, either with `except (…)`.
  mutating func fields(
    of spread: Spread, in scope: Scope
  ) throws(ResolveStop) -> [Schema.Field] {
    let schema = input.schema
    var found = schema.visibleFields
    if let prefix = spread.prefix {
      let name = prefix.range.text.filter { $0 != "`" }
      found = found.filter { $0.name.hasPrefix(name + ".") }
      if found.isEmpty, schema.family(name) == nil {
        let prefixes = Set(
          schema.visibleFields.compactMap { field in
            field.name.contains(".") ? field.name.split(separator: ".").first.map(String.init) : nil
          }
        ).union(schema.families.map(\.name))
        throw failure(
          .unknownColumn, "no column begins with `\(name).`", at: spread.range,
          label: suggestion(for: name, among: prefixes.sorted()))
      }
    }
    let excluded = Set(try fields(spread.except, in: scope).map(\.name))
    return found.filter { !excluded.contains($0.name) }
  }

  /// `/regex/`
  mutating func fields(
    matching pattern: NamePattern
  ) throws(ResolveStop) -> [Schema.Field] {
    let names = input.schema.visibleFields
    do {
      let expression = try CompiledNamePattern(pattern.regex)
      let found = try names.filter { try expression.matches($0.name) }
      guard !found.isEmpty else {
        throw failure(
          .unknownColumn, "no column's name matches /\(pattern.regex)/", at: pattern.range,
          notes: ["columns here: " + shortList(names.map(\.name))])
      }
      return found
    } catch let error as CompiledNamePattern.Failure {
      throw failure(.patternFailed, error.message, at: pattern.range)
    } catch let stop as ResolveStop {
      throw stop
    } catch {
      throw .reported
    }
  }
}
