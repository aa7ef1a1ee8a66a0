import PlumbCharts
import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

/// `plot`: the columns that a chart draws, computed from the rows, and how it draws them.
extension Resolver {
  mutating func resolvePlot(
    _ node: PlotStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let kind = try chartKind(node)
    var channels = try self.channels(node, kind, in: scope)
    let given = Set(channels.map(\.channel))
    for channel in kind.required where !given.contains(channel) {
      let needed = kind.required.map { "\($0.rawValue) = …" }.joined(separator: ", ")
      throw failure(
        .missingOption, "`plot \(kind.rawValue)` needs `\(channel.rawValue)`", at: node.range,
        help: "write `plot \(kind.rawValue) \(needed)`")
    }
    if given.contains(.low) != given.contains(.high) {
      throw failure(
        .missingOption, "`low` and `high` go together", at: node.range,
        help: "give both ends of the band")
    }
    if kind == .bar, !given.contains(.y) { channels.append(.rowCount(at: node.kind.range)) }

    let plan = try chartRows(channels, in: scope)
    for channel in channels {
      try check(channel, plan.schema[channel.column]?.type ?? .null, kind)
    }
    var specification = ChartSpecification(
      kind: kind,
      columns: channels.map {
        ChartSpecification.Column($0.channel, name: $0.column, title: $0.title)
      })
    try readSettings(node, plan, &specification, in: scope)
    guard let path = try savedPath(node, in: scope) else {
      return .plot(LogicalPlan.Plot(input: plan, specification: specification, isSaved: false))
    }
    guard knowsValues, !host.isExplaining else {
      return .plot(LogicalPlan.Plot(input: plan, specification: specification, isSaved: true))
    }
    let table = try host.materialize(plan, range: node.range, diagnostics: &diagnostics)
    try host.save(
      Chart(specification, table), path: path, range: node.range, diagnostics: &diagnostics)
    return .plot(
      LogicalPlan.Plot(
        input: .scan(memoryScan(table, name: path)), specification: specification, isSaved: true))
  }

  /// A channel and the expression that gives its values.
  private struct ChannelSyntax {
    let channel: ChartChannel
    /// The name of its column in the chart's rows.
    let column: String
    let title: String
    let value: Expression
    let range: SourceRange

    var named: NamedExpression {
      NamedExpression(name: Name(text: column, range: range), value: value)
    }

    /// The number of rows, where a bar has no height of its own.
    static func rowCount(at range: SourceRange) -> ChannelSyntax {
      let callee = Expression.name(Name(text: "count", range: range))
      return ChannelSyntax(
        channel: .y, column: "y", title: "count",
        value: .call(Expression.Call(callee: callee, arguments: [], range: range)), range: range)
    }
  }

  // MARK: Kind and channels

  private mutating func chartKind(_ node: PlotStage) throws(ResolveStop) -> ChartKind {
    if let kind = ChartKind(rawValue: node.kind.text) { return kind }
    let kinds = ChartKind.allCases.map(\.rawValue)
    throw failure(
      .unknownOption, "no plot is called `\(node.kind.text)`", at: node.kind.range,
      label: suggestion(for: node.kind.text, among: kinds),
      help: "the plots are " + kinds.joined(separator: ", "))
  }

  /// The channels that are given, in the order of the definition; settings are left for later.
  private mutating func channels(
    _ node: PlotStage, _ kind: ChartKind, in scope: Scope
  ) throws(ResolveStop) -> [ChannelSyntax] {
    let known = kind.required + kind.optional
    let names = known.map(\.rawValue) + kind.settings.map(\.rawValue)
    var found: [ChannelSyntax] = []
    for option in node.options where !names.contains(option.name.text) {
      let name = option.name.text
      throw failure(
        .unknownOption, "`plot \(kind.rawValue)` has no option `\(name)`", at: option.name.range,
        label: suggestion(for: name, among: names),
        help: "its options are " + names.joined(separator: ", "))
    }
    for channel in known {
      guard let option = node.options.first(where: { $0.name.text == channel.rawValue }) else {
        continue
      }
      let range = option.name.range
      if kind == .parallel, channel == .x {
        for (index, axis) in try axes(option.value, in: scope).enumerated() {
          found.append(syntax(channel, "x\(index + 1)", axis, range))
        }
      } else {
        found.append(syntax(channel, channel.rawValue, option.value, range))
      }
    }
    return found
  }

  /// The axes of parallel coordinates: the elements of a list, or `columns(…)`.
  private mutating func axes(
    _ value: Expression, in scope: Scope
  ) throws(ResolveStop) -> [Expression] {
    if case .list(let list) = value.withoutParentheses { return list.elements }
    guard let fields = try computedColumns(value, in: scope) else { return [value] }
    return fields.map { .name(Name(text: $0.name, range: value.range)) }
  }

  private func syntax(
    _ channel: ChartChannel, _ column: String, _ value: Expression, _ range: SourceRange
  ) -> ChannelSyntax {
    var text = value.range.text
    if case .name(let name) = value { text = name.text }
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
    return ChannelSyntax(
      channel: channel, column: column,
      title: words.joined(separator: " ").filter { $0 != "`" }, value: value, range: range)
  }

  /// The rows of the chart: a column for each channel; where some are aggregates, the others are
  /// their groups.
  private mutating func chartRows(
    _ channels: [ChannelSyntax], in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let range = channels.map(\.range).reduce(channels[0].range) { $0.union($1) }
    let aggregates = channels.filter { containsAggregate($0.value, in: scope) }
    guard !aggregates.isEmpty else {
      return try resolveSelect(
        SelectStage(items: channels.map { .column($0.named) }, range: range), in: scope)
    }
    let keys = channels.filter { channel in
      !aggregates.contains { $0.column == channel.column }
    }
    return try resolveSummarize(
      SummarizeStage(
        aggregates: aggregates.map(\.named), keys: keys.map(\.named), range: range), in: scope)
  }

  /// Whether an aggregate is called, outside of pipelines of its own.
  private func containsAggregate(_ expression: Expression, in scope: Scope) -> Bool {
    if case .pipeline = expression { return false }
    if case .call(let call) = expression, case .name(let name) = call.callee,
      scope.lookup(name.text) == nil, functions.aggregates[name.text] != nil,
      functions.scalars[name.text] == nil
    {
      return true
    }
    var found = false
    expression.forEachChild { found = found || containsAggregate($0, in: scope) }
    return found
  }

  private mutating func check(
    _ channel: ChannelSyntax, _ type: DataType, _ kind: ChartKind
  ) throws(ResolveStop) {
    switch type {
    case .list, .record:
      throw failure(
        .typeMismatch, "a chart cannot draw a value of type \(type)", at: channel.value.range,
        help: "take a part of it, or `explode` the list first")
    case .string, .bool:
      guard channel.channel.needsNumber(for: kind) else { return }
      throw failure(
        .typeMismatch,
        "`\(channel.channel.rawValue)` of `plot \(kind.rawValue)` is a number, and this is \(type)",
        at: channel.value.range,
        help: type == .string ? "`float(…)` reads numbers from text" : "`int(…)` makes it 0 or 1")
    case .null, .int, .float, .timestamp, .duration: return
    }
  }

  // MARK: Settings

  private mutating func readSettings(
    _ node: PlotStage, _ plan: LogicalPlan, _ specification: inout ChartSpecification,
    in scope: Scope
  ) throws(ResolveStop) {
    for option in node.options {
      guard let setting = ChartSetting(rawValue: option.name.text) else { continue }
      let value = option.value
      switch setting {
      case .title: specification.title = try text(value, setting, in: scope)
      case .xTitle: specification.xTitle = try text(value, setting, in: scope)
      case .yTitle: specification.yTitle = try text(value, setting, in: scope)
      case .colorTitle: specification.colorTitle = try text(value, setting, in: scope)
      case .xScale: specification.xIsLog = try isLog(value, setting, plan.schema["x"], in: scope)
      case .yScale: specification.yIsLog = try isLog(value, setting, plan.schema["y"], in: scope)
      case .xLine: specification.xLines = try places(value, setting, plan.schema["x"], in: scope)
      case .yLine: specification.yLines = try places(value, setting, plan.schema["y"], in: scope)
      case .smooth: specification.smooth = try number(value, setting, 1...1_000_000, in: scope)
      case .bins: specification.bins = try number(value, setting, 1...500, in: scope)
      case .normalize: specification.isNormalized = try bool(value, setting, in: scope) ?? false
      case .stack: specification.isStacked = try bool(value, setting, in: scope) ?? true
      case .diagonal: specification.hasDiagonal = try bool(value, setting, in: scope) ?? false
      case .save: break
      }
    }
  }

  /// The value of a setting; nil while only types are known.
  private mutating func setting(
    _ syntax: Expression, in scope: Scope
  ) throws(ResolveStop) -> Value? {
    do throws(ResolveStop) { return try constant(syntax, in: scope) } catch {
      if case .undetermined = error, !knowsValues { return nil }
      throw error
    }
  }

  private mutating func wrongSetting(
    _ setting: ChartSetting, _ wanted: String, _ syntax: Expression
  ) -> ResolveStop {
    failure(.typeMismatch, "`\(setting.rawValue)` is \(wanted)", at: syntax.range)
  }

  private mutating func text(
    _ syntax: Expression, _ setting: ChartSetting, in scope: Scope
  ) throws(ResolveStop) -> String? {
    switch try self.setting(syntax, in: scope) {
    case nil, .null?: return nil
    case .string(let text)?: return escapingControlCharacters(text)
    case let value?: return plainText(value)
    }
  }

  private mutating func bool(
    _ syntax: Expression, _ setting: ChartSetting, in scope: Scope
  ) throws(ResolveStop) -> Bool? {
    guard let value = try self.setting(syntax, in: scope) else { return nil }
    guard case .bool(let bool) = value else {
      throw wrongSetting(setting, "true or false", syntax)
    }
    return bool
  }

  private mutating func number(
    _ syntax: Expression, _ setting: ChartSetting, _ range: ClosedRange<Int>, in scope: Scope
  ) throws(ResolveStop) -> Int? {
    guard let value = try self.setting(syntax, in: scope) else { return nil }
    guard case .int(let number) = value, range.contains(number) else {
      throw wrongSetting(
        setting, "a whole number from \(range.lowerBound) to \(range.upperBound)", syntax)
    }
    return number
  }

  private mutating func isLog(
    _ syntax: Expression, _ setting: ChartSetting, _ field: Schema.Field?, in scope: Scope
  ) throws(ResolveStop) -> Bool {
    guard let value = try self.setting(syntax, in: scope) else { return false }
    guard case .string(let name) = value, name == "log" || name == "linear" else {
      throw wrongSetting(setting, "\"log\" or \"linear\"", syntax)
    }
    if name == "log", let type = field?.type, !type.isNumeric, type != .duration, type != .null {
      throw failure(
        .typeMismatch, "a logarithmic axis is for numbers, and this one has \(type)s",
        at: syntax.range)
    }
    return name == "log"
  }

  /// Where reference lines stand: in the unit of an axis.
  private mutating func places(
    _ syntax: Expression, _ setting: ChartSetting, _ field: Schema.Field?, in scope: Scope
  ) throws(ResolveStop) -> [Double] {
    guard let value = try self.setting(syntax, in: scope) else { return [] }
    var values = [value]
    if case .list(let elements, _) = value { values = elements }
    var places: [Double] = []
    for value in values {
      switch (value, field?.type) {
      case (.null, _): continue
      case (.timestamp(let time), .timestamp?): places.append(Double(time))
      case (.duration(let time), .duration?): places.append(Double(time) / 1_000_000)
      case (.int(let number), .int?), (.int(let number), .float?), (.int(let number), nil):
        places.append(Double(number))
      case (.float(let number), .int?), (.float(let number), .float?), (.float(let number), nil):
        if number.isFinite { places.append(number) }
      default:
        throw failure(
          .typeMismatch,
          "`\(setting.rawValue)` is of type \(value.type), and its axis has \(field?.type ?? .null)s",
          at: syntax.range)
      }
    }
    return places
  }

  private mutating func savedPath(
    _ node: PlotStage, in scope: Scope
  ) throws(ResolveStop) -> String? {
    guard let option = node.options.first(where: { $0.name.text == "save" }) else { return nil }
    guard let value = try setting(option.value, in: scope) else { return "" }
    guard case .string(let path) = value else {
      throw wrongSetting(.save, "the name of a file", option.value)
    }
    let endings = [".svg", ".html", ".json", ".txt"]
    guard endings.contains(where: { path.lowercased().hasSuffix($0) }) else {
      throw failure(
        .invalidArgument, "no format of charts is known for `\(path)`", at: option.value.range,
        help: "a name ends in one of \(endings.joined(separator: ", "))")
    }
    return path
  }
}
