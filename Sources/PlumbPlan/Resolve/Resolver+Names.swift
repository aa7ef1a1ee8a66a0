package import PlumbColumns
package import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

extension Resolver {
  /// What the program binds a name to that stands alone.
  ///
  /// A module is named to reach what it holds. Where a source has a table of its name, as
  /// `experiments`, the name alone is the table's.
  func binding(named name: String, in scope: Scope) -> Binding? {
    guard let found = scope.lookup(name) else { return nil }
    if case .module = found, host.table(named: name) != nil { return nil }
    return found
  }

  /// A name where no rows are: a variable, function, module or table.
  mutating func resolveNamed(
    _ name: Name, in scope: Scope
  ) throws(ResolveStop) -> Resolved? {
    if let binding = binding(named: name.text, in: scope) { return try resolved(binding) }
    if let provider = host.table(named: name.text) { return .table(scan(provider)) }
    if host.tableNames.contains(where: { $0.hasPrefix(name.text + ".") }) { return nil }
    return nil
  }

  /// `module.name`, `source.table`: nil when the member belongs to a value.
  mutating func resolveMemberOfScope(
    _ member: Expression.Member, in scope: Scope
  ) throws(ResolveStop) -> Resolved? {
    guard let path = namePath(.member(member)) else { return nil }
    let joined = path.map(\.text).joined(separator: ".")
    if scope.lookup(path[0].text) == nil {
      if let provider = host.table(named: joined) { return .table(scan(provider)) }
      let prefix = path[0].text + "."
      if host.tableNames.contains(where: { $0.hasPrefix(prefix) }),
        host.table(named: path[0].text) == nil
      {
        let tables = host.tableNames.filter { $0.hasPrefix(prefix) }
        throw failure(
          .unknownTable, "the source `\(path[0].text)` has no table `\(joined)`",
          at: member.range, label: suggestion(for: joined, among: tables))
      }
      return nil
    }
    var module: Scope
    switch scope.lookup(path[0].text) {
    case .module(let found)?: module = found
    case .undetermined?: throw .undetermined
    case .value, .unknownValue, .expression, .table, .function, nil: return nil
    }
    for (position, name) in path.dropFirst().enumerated() {
      guard module.bindsLocally(name.text), let binding = module.lookup(name.text) else {
        let names = module.localNames.filter { !$0.hasPrefix("_") }
        throw failure(
          .unknownMember, "the module `\(path[0].text)` has no `\(name.text)`", at: name.range,
          label: suggestion(for: name.text, among: names),
          notes: ["it has: " + shortList(names)])
      }
      if position == path.count - 2 { return try resolved(binding) }
      guard case .module(let inner) = binding else { return nil }
      module = inner
    }
    return nil
  }

  /// `a.b.c` as its names, if the expression is nothing else.
  func namePath(_ expression: Expression) -> [Name]? {
    switch expression {
    case .name(let name): return [name]
    case .member(let member): return namePath(member.base).map { $0 + [member.name] }
    default: return nil
    }
  }

  /// A name inside a stage or scalar expression: a lambda's parameter, a column, a variable.
  mutating func scalarName(
    _ path: [Name], range: SourceRange, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let first = path[0].text
    if let field = context.lambdaParameters[first] {
      return try fields(of: .column(field.name, field.type), path.dropFirst(), whole: first)
    }
    if let schema = context.schema,
      let found = try column(path, range: range, schema: schema, context)
    {
      return found
    }
    if let binding = binding(named: first, in: scope) {
      return try valueOfBinding(binding, path, range: range, context)
    }
    if let number = namedNumber(path) { return number }
    let joined = path.map(\.text).joined(separator: ".")
    if let provider = host.table(named: joined) {
      return try scalarQuery(scan(provider), range: range)
    }
    if path.count > 1, let table = host.table(named: first) {
      throw columnOfTable(path, table.schema, range: range, context)
    }
    throw unknownName(path, range: range, scope, context)
  }

  /// `runs.status` where a table's column is meant: columns stand without their table.
  private mutating func columnOfTable(
    _ path: [Name], _ table: Schema, range: SourceRange, _ context: RowContext
  ) -> ResolveStop {
    let joined = path.map(\.text).joined(separator: ".")
    let column = path.dropFirst().map(\.text).joined(separator: ".")
    if context.schema?[column] != nil {
      return failure(
        .unknownColumn, "unknown column `\(joined)`", at: range, label: "write `\(column)`")
    }
    return failure(
      .notOneValue, "a single value is needed here, and `\(path[0].text)` is a table", at: range,
      help: table[column] != nil
        ? "`\(path[0].text) | select \(column)` is the column as a table" : nil)
  }

  /// `nan` and `inf`, which are not reserved: a column or variable of that name comes first.
  private func namedNumber(_ path: [Name]) -> ResolvedExpression? {
    guard path.count == 1 else { return nil }
    switch path[0].range.text {
    case "nan": return .literal(.float(.nan), .float)
    case "inf": return .literal(.float(.infinity), .float)
    default: return nil
    }
  }

  private mutating func valueOfBinding(
    _ binding: Binding, _ path: [Name], range: SourceRange, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    switch binding {
    case .value(let value, let type):
      return try fields(of: .literal(value, type), path.dropFirst(), whole: path[0].text)
    case .unknownValue(let type):
      return try fields(of: Self.placeholder(type), path.dropFirst(), whole: path[0].text)
    case .expression(let expression, let level):
      // A pipeline inside the function has rows of its own.
      guard level == rowLevel else { throw .needsCall }
      try checkIsKey(expression, range: range, context)
      return try fields(of: expression, path.dropFirst(), whole: path[0].text)
    case .table(let plan):
      if path.count > 1 { throw columnOfTable(path, plan.schema, range: range, context) }
      return try scalarQuery(plan, range: range)
    case .undetermined: throw .undetermined
    case .function:
      throw failure(
        .typeMismatch, "`\(path[0].text)` is a function, and a value is needed", at: range,
        help: "call it: `\(path[0].text)(…)`")
    case .module:
      throw failure(
        .typeMismatch, "`\(path[0].text)` is a module, and a value is needed", at: range)
    }
  }

  /// In `summarize`, a column outside an aggregate must be a key.
  mutating func checkIsKey(
    _ expression: ResolvedExpression, range: SourceRange, _ context: RowContext
  ) throws(ResolveStop) {
    guard context.place == .group, !context.allowsAnyColumn else { return }
    let others = expression.columnNames.subtracting(context.keyNames).filter {
      !$0.hasPrefix("\u{0}")
    }
    guard let name = others.min() else { return }
    throw failure(
      .misplacedAggregate, "`\(name)` is neither a key nor inside an aggregate", at: range,
      help: "name it after `by`, or say which value of the group: `first(\(name))`, `max(\(name))`")
  }

  /// A column of the input under a flat name, or a field of one; nil when there is none.
  private mutating func column(
    _ path: [Name], range: SourceRange, schema: Schema, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression? {
    let texts = path.map(\.text)
    for length in stride(from: texts.count, through: 1, by: -1) {
      let name = texts[..<length].joined(separator: ".")
      guard let field = schema[name] else { continue }
      let expression = ResolvedExpression.column(field.name, field.type)
      if context.place == .group, !context.keyNames.contains(name) {
        try checkIsKey(expression, range: range, context)
      }
      return try fields(of: expression, path.dropFirst(length), whole: name)
    }
    guard texts.count > 1, let family = schema.family(texts[0]) else { return nil }
    let key = texts.dropFirst().joined(separator: ".")
    if context.missingKeyIsNull {
      return .literal(.null, family.missingType)
    }
    if host.readsMissingKeysAsNull, family.name == "tags" || family.name == "params" {
      host.noteMissingKey("\(family.name).\(key)")
      return .literal(.null, family.missingType)
    }
    let members = schema.fields.filter { $0.family == family.name }.map { String($0.key) }
    throw failure(
      .unknownKey, "no row has `\(key)` in `\(family.name)`", at: range,
      label: keyHint(key, of: family.name, at: range, among: members),
      notes: members.isEmpty
        ? ["`\(family.name)` has no keys here"]
        : ["keys of `\(family.name)`: " + shortList(members)],
      help: "`\(family.name)[\"\(key)\"]` is null where the key is missing")
  }

  /// What was probably meant by an unknown key of a family. One that begins with the family's name
  /// was put behind it once more, as by `column(f"metrics.{key}")` of `"metrics.loss"`.
  private func keyHint(
    _ key: String, of family: String, at range: SourceRange, among members: [String]
  ) -> String? {
    if key.hasPrefix(family + ".") {
      let bare = String(key.dropFirst(family.utf8.count + 1))
      guard
        let meant = members.contains(bare)
          ? bare : memberMeant(by: bare, at: range, among: members)
      else { return nil }
      return "did you mean the key `\(meant)`, without `\(family).`?"
    }
    return memberMeant(by: key, at: range, among: members).map {
      "did you mean \(NameSpelling.quoted("\(family).\($0)"))?"
    }
  }

  /// The key that was probably meant by an unknown one, at the end of a place. What goes on right
  /// behind it may be the rest of a key that lacks its backquotes: `metrics.val/acc`.
  private func memberMeant(
    by key: String, at range: SourceRange, among members: [String]
  ) -> String? {
    let rest = range.file.bytes.dropFirst(range.upper).prefix { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || "_./-:%@".utf8.contains(byte)
    }
    let whole = key + String(decoding: rest, as: UTF8.self)
    if whole != key, members.contains(whole) { return whole }
    return nearestName(to: key, in: members) ?? nearestName(to: whole, in: members)
  }

  /// The column of the input that a text names, `metrics.val/acc` as `params.lr`.
  mutating func column(
    named name: String, range: SourceRange, in context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts.map { Name(text: String($0), range: range) }
    if let schema = context.schema,
      let found = try column(path, range: range, schema: schema, context)
    {
      return found
    }
    throw unknownName(path, range: range, Scope(), context)
  }

  /// Fields of a record by a path; a record's field may itself have points in its name.
  mutating func fields(
    of base: ResolvedExpression, _ path: ArraySlice<Name>, whole: String
  ) throws(ResolveStop) -> ResolvedExpression {
    guard !path.isEmpty else { return base }
    guard case .record(let members) = base.type else {
      throw failure(
        .unknownMember, "`\(whole)` is of type \(base.type) and has no fields",
        at: path.first?.range)
    }
    let texts = path.map(\.text)
    for length in stride(from: texts.count, through: 1, by: -1) {
      let name = texts[..<length].joined(separator: ".")
      guard let index = members.firstIndex(where: { $0.name == name }) else { continue }
      let field = field(base, index, members[index].type)
      return try fields(of: field, path.dropFirst(length), whole: name)
    }
    let joined = texts.joined(separator: ".")
    throw failure(
      .unknownMember, "`\(whole)` has no field `\(joined)`", at: path.first?.range,
      label: suggestion(for: joined, among: members.map(\.name)),
      notes: ["fields: " + shortList(members.map(\.name))])
  }

  private func field(
    _ base: ResolvedExpression, _ index: Int, _ type: DataType
  ) -> ResolvedExpression {
    if case .literal(.record(let values), _) = base, index < values.count {
      return .literal(values[index].value, type)
    }
    if case .literal(.null, _) = base { return .literal(.null, type) }
    if case .column(let name, _) = base, name == "\u{0}unknown" { return Self.placeholder(type) }
    return .field(base, index: index, type)
  }

  private mutating func unknownName(
    _ path: [Name], range: SourceRange, _ scope: Scope, _ context: RowContext
  ) -> ResolveStop {
    let joined = path.map(\.text).joined(separator: ".")
    guard let schema = context.schema else {
      if plan?.schema[joined] != nil {
        return failure(
          .columnNotScalar, "`\(joined)` is a column, and a single value is needed here",
          at: range,
          help: "write a number, a variable, or a pipeline of one row and one column in "
            + "parentheses")
      }
      let names = scope.names + host.tableNames
      if path.count > 1, host.tableNames.isEmpty == false, !names.contains(path[0].text) {
        return failure(
          .unknownName, "unknown name `\(path[0].text)`", at: path[0].range,
          label: importHint(path, in: scope, context)
            ?? suggestion(for: path[0].text, among: names))
      }
      let nearest = meaning(of: path, in: scope, context) ?? suggestion(for: joined, among: names)
      let function = functionHelp(joined)
      return failure(
        .unknownName, "unknown name `\(joined)`", at: range, label: nearest,
        notes: host.tableNames.isEmpty && nearest == nil && function == nil
          ? ["no source is open"] : [],
        help: function ?? (nearest == nil ? openingHelp : nil))
    }
    let columns = schema.visibleFields.map(\.name)
    let nearest =
      meaning(of: path, in: scope, context)
      ?? suggestion(for: joined, among: columns + scope.names)
      ?? familyMember(near: joined, in: schema).map {
        "did you mean \(NameSpelling.quoted($0))?"
      }
    var help = functionHelp(joined)
    if help == nil, nearest == nil, joined == joined.uppercased() {
      help = "a text stands in quotes: `\"\(joined)\"`"
    }
    return failure(
      .unknownColumn, "unknown column `\(joined)`", at: range, label: nearest,
      notes: nearest == nil ? ["columns here: " + shortList(columns)] : [], help: help)
  }

  /// What an unknown name surely means: the constant of another language, or a module that is not
  /// imported.
  private func meaning(
    of path: [Name], in scope: Scope, _ context: RowContext
  ) -> String? {
    if path.count > 1 { return importHint(path, in: scope, context) }
    return ForeignWords.value(path[0].text).map { "write `\($0)`" }
  }

  /// What to write where the name of a function of the catalogue stands and a value is needed.
  private func functionHelp(_ name: String) -> String? {
    if let function = functions.scalars[name] {
      let parameters = function.overloads.first?.parameters.filter { $0.defaultValue == nil }
      let list = (parameters ?? []).map(\.name).joined(separator: ", ")
      return "`\(name)` is a function: call it with parentheses; as an argument it is "
        + "`fn (\(list)) => \(name)(\(list))`"
    }
    return functions.aggregates[name].map { _ in
      "`\(name)` is a function: call it with parentheses"
    }
  }

  /// The member of a family whose key is called so, or nearly so.
  private func familyMember(near name: String, in schema: Schema) -> String? {
    let members = schema.visibleFields.filter { $0.family != nil }
    let keys = members.map { String($0.key) }
    guard let key = keys.contains(name) ? name : nearestName(to: name, in: keys) else {
      return nil
    }
    return members.first { $0.key == key }?.name
  }

  /// The first names of a list, and how many more there are.
  func shortList(_ names: [String]) -> String {
    let shown = names.prefix(12).map { NameSpelling.quoted($0) }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }

  /// A query of one row and one column as a value.
  package mutating func scalarQuery(
    _ plan: LogicalPlan, range: SourceRange
  ) throws(ResolveStop) -> ResolvedExpression {
    let fields = plan.schema.visibleFields
    guard fields.count == 1 else {
      throw failure(
        .notOneValue,
        "a single value is needed here, and this table has \(fields.count) columns", at: range,
        help: "`| summarize …` or `| select …` down to one column and one row")
    }
    return .scalarQuery(QueryReference(plan, range: range), fields[0].type)
  }
}

extension Schema {
  /// The columns that a user sees; those that carry the text of an inferred column are not.
  package var visibleFields: [Field] { fields.filter { !$0.isHidden } }
}

extension Schema.Field {
  /// Whether the column is kept for the engine alone.
  package var isHidden: Bool { name.utf8.contains(0) }
}
