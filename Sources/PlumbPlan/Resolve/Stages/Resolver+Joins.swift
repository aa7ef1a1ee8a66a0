import PlumbColumns
import PlumbDiagnostics
import PlumbSyntax

extension Resolver {
  /// The keys of a join, resolved over both sides.
  private struct JoinKeys {
    var pairs: [KeyPair] = []
    /// The names that both sides share and that are kept once.
    var shared: [String] = []
  }

  mutating func resolveJoin(
    _ node: JoinStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let kind = LogicalPlan.Join.Kind(rawValue: node.kind.rawValue) ?? .inner
    return try join(
      node.table, kind, node.keys, node.options, isUnique: false, range: node.range, in: scope)
  }

  mutating func resolveLookup(
    _ node: LookupStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    try join(
      node.table, .left, node.keys, node.options, isUnique: true, range: node.range, in: scope)
  }

  private mutating func join(
    _ table: Expression, _ kind: LogicalPlan.Join.Kind, _ syntax: [JoinKey],
    _ options: [Option], isUnique: Bool, range: SourceRange, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var left = input
    var right = visible(try rightTable(table, in: scope))
    let keys = try joinKeys(syntax, &left, &right, in: scope)
    let suffix = try suffix(options, in: scope)
    if kind == .semi || kind == .anti {
      return .join(
        LogicalPlan.Join(
          left: left, right: right, kind: kind, keys: keys.pairs, rightColumns: [],
          isUnique: false, schema: left.schema, range: range))
    }
    let fillsKeys = kind == .right || kind == .full
    let merged = try merge(
      left.schema, right.schema, without: keys.shared, keeping: fillsKeys, suffix, range: range)
    let join = LogicalPlan.join(
      LogicalPlan.Join(
        left: left, right: right, kind: kind, keys: keys.pairs, rightColumns: merged.columns,
        isUnique: isUnique, schema: merged.schema, range: range))
    guard fillsKeys, !keys.shared.isEmpty else { return join }
    // A row that only the right side has takes the shared keys from there.
    let items = merged.schema.fields.compactMap { field -> OutputColumn? in
      if field.name.hasPrefix("\u{0}right.") { return nil }
      guard keys.shared.contains(field.name),
        let other = merged.schema["\u{0}right." + field.name]
      else { return passed(field) }
      guard let type = field.type.unified(with: other.type) else { return passed(field) }
      let value = ResolvedExpression.coalesce(
        [
          coerced(.column(field.name, field.type), to: type),
          coerced(.column(other.name, other.type), to: type),
        ], type)
      return OutputColumn(Schema.Field(field.name, type, family: field.family), value)
    }
    return .project(
      LogicalPlan.Project(input: join, items: items, families: merged.schema.families))
  }

  /// The table at the right of `join` and its kin: a table or a variable, never a column.
  mutating func rightTable(
    _ syntax: Expression, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let saved = plan
    defer { plan = saved }
    return try head(syntax.withoutParentheses, in: scope)
  }

  private mutating func suffix(
    _ options: [Option], in scope: Scope
  ) throws(ResolveStop) -> String {
    guard let option = try option("suffix", options, in: scope) else { return "_right" }
    guard case .string(let text) = option.value, !text.isEmpty else {
      throw failure(
        .typeMismatch, "a suffix is a text that is not empty", at: option.range)
    }
    return text
  }

  private mutating func joinKeys(
    _ syntax: [JoinKey], _ left: inout LogicalPlan, _ right: inout LogicalPlan,
    in scope: Scope
  ) throws(ResolveStop) -> JoinKeys {
    var keys = JoinKeys()
    for key in syntax {
      let leftSyntax: Expression
      let rightSyntax: Expression
      var name: String?
      switch key {
      case .same(let column):
        leftSyntax = column
        rightSyntax = column
        name = namePath(column)?.map(\.text).joined(separator: ".") ?? ownName(of: column)
        if name == nil {
          throw failure(
            .typeMismatch, "a key is a column that both sides have, or `left == right`",
            at: column.range)
        }
      case .pair(let l, let r):
        leftSyntax = l
        rightSyntax = r
      }
      plan = left
      var leftKey = try scalar(leftSyntax, in: scope, rows)
      left = input
      plan = right
      var rightKey = try scalar(rightSyntax, in: scope, rows)
      if leftKey.type == .string { rightKey = asStoredText(rightKey) }
      right = input
      if rightKey.type == .string {
        plan = left
        leftKey = asStoredText(leftKey)
        left = input
      }
      guard let type = leftKey.type.unified(with: rightKey.type) else {
        throw failure(
          .incomparableTypes,
          "the key is \(leftKey.type) on the left and \(rightKey.type) on the right",
          at: key.range,
          help: conversionHelp(from: rightKey.type, to: leftKey.type))
      }
      keys.pairs.append(
        KeyPair(left: coerced(leftKey, to: type), right: coerced(rightKey, to: type)))
      if let name { keys.shared.append(name) }
      if name == nil, let l = leftKey.columnName, l == rightKey.columnName { keys.shared.append(l) }
    }
    plan = left
    return keys
  }

  /// The output's columns: the left's, then the right's under names that do not clash.
  private mutating func merge(
    _ left: Schema, _ right: Schema, without shared: [String], keeping keepsShared: Bool,
    _ suffix: String, range: SourceRange
  ) throws(ResolveStop) -> (schema: Schema, columns: [RightColumn]) {
    let clashing = Set(left.families.map(\.name)).intersection(right.families.map(\.name))
    var fields = left.fields
    var names = Set(fields.map(\.name))
    var columns: [RightColumn] = []
    for field in right.fields {
      if shared.contains(field.name) {
        guard keepsShared else { continue }
        let hidden = "\u{0}right." + field.name
        fields.append(Schema.Field(hidden, field.type))
        columns.append(RightColumn(name: field.name, outputName: hidden))
        continue
      }
      var output = field
      if let family = field.family, clashing.contains(family) {
        let renamed = family + suffix
        output = Schema.Field(
          renamed + "." + field.key, field.type, family: renamed, isInferred: field.isInferred)
      } else if names.contains(field.name) {
        output = field.renamed(field.name + suffix)
      }
      guard names.insert(output.name).inserted else {
        throw failure(
          .duplicateName, "two columns would be called `\(output.name)`", at: range,
          help: "choose another ending: `suffix = \"_other\"`")
      }
      fields.append(output)
      columns.append(RightColumn(name: field.name, outputName: output.name))
    }
    let families =
      left.families
      + right.families.map { family in
        clashing.contains(family.name)
          ? Schema.Family(family.name + suffix, missingType: family.missingType) : family
      }
    return (Schema(fields, families: families), columns)
  }

  mutating func resolveAsof(
    _ node: AsofStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var left = input
    var right = visible(try rightTable(node.table, in: scope))
    let time = try joinKeys([node.time], &left, &right, in: scope)
    let keys = try joinKeys(node.keys, &left, &right, in: scope)
    let type = time.pairs[0].left.type
    guard type == .timestamp || type.isNumeric || type == .duration else {
      throw failure(
        .badOperand, "`asof` goes by a time or a number, and this is \(type)",
        at: node.time.range)
    }
    var direction = LogicalPlan.AsofJoin.Direction.backward
    if let option = try option("direction", node.options, in: scope) {
      guard case .string(let text) = option.value,
        let known = LogicalPlan.AsofJoin.Direction(rawValue: text)
      else {
        throw failure(
          .invalidArgument, "the direction is \"backward\", \"forward\" or \"nearest\"",
          at: option.range)
      }
      direction = known
    }
    let tolerance = try tolerance(node.options, time: type, in: scope)
    let merged = try merge(
      left.schema, right.schema, without: keys.shared, keeping: false,
      try suffix(node.options, in: scope), range: node.range)
    return .asof(
      LogicalPlan.AsofJoin(
        left: left, right: right, leftTime: time.pairs[0].left, rightTime: time.pairs[0].right,
        keys: keys.pairs, direction: direction, tolerance: tolerance,
        rightColumns: merged.columns, schema: merged.schema))
  }

  /// How far the times of an asof join may lie apart, in the type of their difference.
  private mutating func tolerance(
    _ options: [Option], time: DataType, in scope: Scope
  ) throws(ResolveStop) -> Value? {
    guard let option = try option("tolerance", options, in: scope) else { return nil }
    let wanted: DataType = time == .timestamp ? .duration : time
    guard wanted.unified(with: option.value.type) == wanted else {
      throw failure(
        .typeMismatch,
        "the tolerance is \(wanted.withArticle), and this is \(option.value.type)",
        at: option.range)
    }
    let tolerance = option.value.coerced(to: wanted)
    let isLength =
      switch tolerance {
      case .int(let length), .duration(let length): length >= 0
      // Of NaN neither is true.
      case .float(let length): length >= 0
      case .null, .bool, .string, .timestamp, .list, .record: true
      }
    guard isLength else {
      throw failure(
        .invalidArgument, "the tolerance is \(wanted == .duration ? "0s" : "0") or more",
        at: option.range)
    }
    return tolerance
  }
}
