import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbStatistics
import PlumbSyntax

extension Resolver {
  mutating func resolveDrift(
    _ node: DriftStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let settings = try driftSettings(node.options, in: scope)
    var current = input
    var reference: LogicalPlan?
    if case .table(let syntax) = node.reference {
      reference = visible(try rightTable(syntax, in: scope))
    }
    plan = current
    let keys = try self.keys(node.keys, in: scope)
    let windows = try driftWindows(node, in: scope)
    current = input
    let kind = try driftReference(node, windows, in: scope)
    var referenceKeys: [ResolvedExpression] = []
    if var table = reference {
      plan = table
      for (key, item) in zip(keys, node.keys) {
        referenceKeys.append(try referenceKey(key, item, in: scope))
      }
      table = input
      reference = table
    }
    if case .scan(let scan)? = reference, let profile = scan.provider as? ProfileTable {
      try checkProfileKeys(keys, node, profile.profile.keys.map(\.name))
    }
    plan = current
    let features = try driftFeatures(
      node, settings, keys: keys, windows: windows, reference: reference, in: scope)
    for key in keys {
      let taken = Set(LogicalPlan.Drift.columns(settings).map(\.name) + ["window"])
      if taken.contains(key.name) {
        throw failure(
          .duplicateName, "`\(key.name)` is a column of the result of `drift`", at: node.range,
          help: "give the key another name: `by my_\(key.name) = \(key.name)`")
      }
    }
    return .drift(
      LogicalPlan.Drift(
        input: input, referenceInput: reference, reference: kind, features: features,
        keys: keys, referenceKeys: referenceKeys, windows: windows, settings: settings))
  }

  /// Checks that the keys, if there are any, are those by which a profile was taken, and in their
  /// order.
  private mutating func checkProfileKeys(
    _ keys: [OutputColumn], _ node: DriftStage, _ known: [String]
  ) throws(ResolveStop) {
    guard let first = node.keys.first, keys.map(\.expression.columnName) != known else { return }
    let list = known.map { "`\($0)`" }.joined(separator: ", ")
    throw failure(
      .invalidArgument,
      known.isEmpty
        ? "the profile is of all rows, and has no keys" : "the profile's keys are \(list)",
      at: first.range,
      help: known.isEmpty
        ? "save it with them: `save profile of TABLE by \(keys[0].name) \"FILE.profile\"`"
        : "write `by \(known.joined(separator: ", "))`, or no `by` for all rows")
  }

  /// A key of the input over the reference table.
  private mutating func referenceKey(
    _ key: OutputColumn, _ item: NamedExpression, in scope: Scope
  ) throws(ResolveStop) -> ResolvedExpression {
    let expression: ResolvedExpression
    if let name = key.expression.columnName, let field = input.schema[name] {
      expression = .column(field.name, field.type)
    } else {
      expression = try scalar(item.value, in: scope, rows)
    }
    guard let type = key.expression.type.unified(with: expression.type) else {
      throw failure(
        .incomparableTypes,
        "`\(key.name)` is \(key.expression.type) here and \(expression.type) in the reference",
        at: item.range,
        help: conversionHelp(from: expression.type, to: key.expression.type))
    }
    return coerced(expression, to: type)
  }

  private mutating func driftWindows(
    _ node: DriftStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan.Drift.Windows? {
    guard let windows = node.windows else { return nil }
    let time = try scalar(windows.time, in: scope, rows)
    guard time.type == .timestamp || time.type == .int else {
      throw failure(
        .badOperand, "`over` goes by a timestamp or an int, and this is \(time.type)",
        at: windows.time.range)
    }
    let step = try driftLength(windows.step, time.type, "the step", in: scope)
    return LogicalPlan.Drift.Windows(time: time, step: step)
  }

  /// A length of time, or of a count where the time is an int.
  private mutating func driftLength(
    _ syntax: Expression, _ time: DataType, _ what: String, in scope: Scope
  ) throws(ResolveStop) -> Int {
    let value = try constant(syntax, in: scope)
    switch (value, time) {
    case (.duration(let length), .timestamp) where length > 0: return length
    case (.int(let length), .int) where length > 0: return length
    default:
      let wanted = time == .timestamp ? "a duration" : "an int"
      throw failure(
        .invalidArgument, "\(what) is \(wanted) greater than zero", at: syntax.range)
    }
  }

  private mutating func driftReference(
    _ node: DriftStage, _ windows: LogicalPlan.Drift.Windows?, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan.Drift.Reference {
    switch node.reference {
    case .table: return .table
    case .previous(let range):
      guard windows != nil else { throw needsWindows("previous", range) }
      return .previous
    case .first(let length, let range):
      guard let windows else { throw needsWindows("first", range) }
      return .first(try driftLength(length, windows.time.type, "the first period", in: scope))
    }
  }

  private mutating func needsWindows(_ word: String, _ range: SourceRange) -> ResolveStop {
    failure(
      .missingArgument, "`against \(word)` needs windows", at: range,
      help: "write `drift against \(word) … over TIME every 1d`")
  }

  /// The columns that are compared: those named, or all that both tables have and that are
  /// neither key nor time.
  private mutating func driftFeatures(
    _ node: DriftStage, _ settings: DriftSettings, keys: [OutputColumn],
    windows: LogicalPlan.Drift.Windows?, reference: LogicalPlan?, in scope: Scope
  ) throws(ResolveStop) -> [LogicalPlan.Drift.Feature] {
    let own = input.schema
    let other = reference?.schema ?? own
    let named = try self.fields(node.features, in: scope)
    // A computed list without a name means all.
    let isNamed = !named.isEmpty
    var used = Set(keys.map(\.name)).union(keys.compactMap(\.expression.columnName))
    if let time = windows?.time { used.formUnion(time.columnNames) }
    let fields =
      isNamed
      ? named
      : own.visibleFields.filter { other[$0.name] != nil && !used.contains($0.name) }
    var features: [LogicalPlan.Drift.Feature] = []
    for field in fields where !features.contains(where: { $0.name == field.name }) {
      guard let match = other[field.name] else {
        throw failure(
          .unknownColumn, "the reference has no column `\(field.name)`", at: node.range,
          label: suggestion(for: field.name, among: other.visibleFields.map(\.name)))
      }
      guard let type = field.type.unified(with: match.type), type.isComparedByDrift else {
        if !isNamed { continue }
        throw failure(
          .badOperand,
          field.type == match.type
            ? "`drift` compares numbers and categories, and `\(field.name)` is \(field.type)"
            : "`\(field.name)` is \(field.type) here and \(match.type) in the reference",
          at: node.range)
      }
      let isCategory = type == .string || type == .bool
      if isCategory, settings.comparesRows {
        if !isNamed { continue }
        throw failure(
          .badOperand,
          "`\(settings.method)` compares numbers together, and `\(field.name)` is \(type)",
          at: node.range)
      }
      features.append(
        LogicalPlan.Drift.Feature(name: field.name, isCategory: isCategory, type: type))
    }
    guard !features.isEmpty else {
      throw failure(
        .unknownColumn, "there is no column to compare", at: node.range,
        notes: ["columns here: " + shortList(own.visibleFields.map(\.name))])
    }
    return features
  }

  // MARK: Options

  private mutating func driftSettings(
    _ options: [Option], in scope: Scope
  ) throws(ResolveStop) -> DriftSettings {
    var settings = DriftSettings()
    if let option = try text("like", options, in: scope) {
      guard let tool = DriftTool(rawValue: option.text) else {
        throw badChoice("like", option.range, DriftTool.allCases.map(\.rawValue))
      }
      settings.tool = tool
      settings.minimum = 1
    }
    if let option = try text("method", options, in: scope) {
      settings.method = option.text
      let known = settings.methods
      guard option.text == "auto" || known.contains(where: { $0.answers(to: option.text) }) else {
        let names = ["auto"] + known.map(\.name)
        throw failure(
          .invalidArgument, "there is no method `\(option.text)`", at: option.range,
          label: suggestion(for: option.text, among: names),
          notes: ["methods: " + names.joined(separator: ", ")])
      }
    }
    if let option = try text("correction", options, in: scope) {
      guard let correction = PValueCorrection(rawValue: option.text) else {
        throw badChoice("correction", option.range, PValueCorrection.allCases.map(\.rawValue))
      }
      settings.correction = correction
    }
    if let value = try number("alpha", options, in: scope, { $0 > 0 && $0 < 1 }, "between 0 and 1")
    {
      settings.alpha = value
    }
    settings.threshold = try number("threshold", options, in: scope, { $0 >= 0 }, "at least 0")
    if let value = try wholeNumber("bins", options, in: scope, 2...1000) { settings.bins = value }
    if let value = try wholeNumber("minimum", options, in: scope, 1...1_000_000_000) {
      settings.minimum = value
    }
    return settings
  }

  private mutating func badChoice(
    _ name: String, _ range: SourceRange, _ choices: [String]
  ) -> ResolveStop {
    failure(
      .invalidArgument,
      "`\(name)` is one of \(choices.map { "\"\($0)\"" }.joined(separator: ", "))", at: range)
  }

  private mutating func text(
    _ name: String, _ options: [Option], in scope: Scope
  ) throws(ResolveStop) -> (text: String, range: SourceRange)? {
    guard let option = try option(name, options, in: scope) else { return nil }
    guard case .string(let text) = option.value else {
      throw failure(
        .typeMismatch, "`\(name)` is a text, and this is \(option.value.type)", at: option.range)
    }
    return (text, option.range)
  }

  private mutating func number(
    _ name: String, _ options: [Option], in scope: Scope, _ isAllowed: (Double) -> Bool,
    _ bounds: String
  ) throws(ResolveStop) -> Double? {
    guard let option = try option(name, options, in: scope) else { return nil }
    guard case .float(let value) = option.value.coerced(to: .float), isAllowed(value) else {
      throw failure(.invalidArgument, "`\(name)` is a number \(bounds)", at: option.range)
    }
    return value
  }

  private mutating func wholeNumber(
    _ name: String, _ options: [Option], in scope: Scope, _ range: ClosedRange<Int>
  ) throws(ResolveStop) -> Int? {
    guard let option = try option(name, options, in: scope) else { return nil }
    guard case .int(let value) = option.value, range.contains(value) else {
      throw failure(
        .invalidArgument,
        "`\(name)` is an int between \(range.lowerBound) and \(range.upperBound)",
        at: option.range)
    }
    return value
  }
}

extension DataType {
  /// Whether `drift` compares columns of the type.
  fileprivate var isComparedByDrift: Bool {
    switch self {
    case .bool, .int, .float, .string, .duration: true
    case .null, .timestamp, .list, .record: false
    }
  }
}
