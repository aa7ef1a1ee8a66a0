import PlumbColumns
import PlumbDiagnostics
import PlumbSyntax

extension Resolver {
  mutating func resolveUnpivot(
    _ node: UnpivotStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var fields = try fieldsOnce(node.columns, in: scope)
    if fields.reduce(DataType.null as DataType?, { $0?.unified(with: $1.type) }) == nil {
      fields = withStoredTexts(fields)
    }
    var type = DataType.null
    for field in fields {
      guard let unified = type.unified(with: field.type) else {
        throw failure(
          .typeMismatch, "the columns have one type, and `\(field.name)` is \(field.type)",
          at: node.range, help: "`derive` the columns as one type first")
      }
      type = unified
    }
    let gone = Set(fields.map(\.name))
    let kept = input.schema.visibleFields.filter { !gone.contains($0.name) }
    for name in [node.keyName, node.valueName] where kept.contains(where: { $0.name == name.text })
    {
      throw failure(
        .duplicateName, "the table already has a column `\(name.text)`", at: name.range)
    }
    guard node.keyName.text != node.valueName.text else {
      throw failure(
        .duplicateName, "two columns would be called `\(node.valueName.text)`",
        at: node.valueName.range, help: "write `into key, value`")
    }
    let schema = Schema(
      kept + [Schema.Field(node.keyName.text, .string), Schema.Field(node.valueName.text, type)],
      families: input.schema.families)
    return .unpivot(
      LogicalPlan.Unpivot(
        input: input, columns: fields.map(\.name), keyName: node.keyName.text,
        valueName: node.valueName.text, valueType: type, schema: schema))
  }

  /// The columns with those whose type was inferred as the text that they are stored as, which
  /// columns of different types have in common.
  private mutating func withStoredTexts(_ fields: [Schema.Field]) -> [Schema.Field] {
    var texts: [OutputColumn] = []
    let converted = fields.map { field in
      guard field.isInferred, field.type != .string else { return field }
      let text = Schema.Field(field.name, .string, family: field.family)
      texts.append(OutputColumn(text, asStoredText(.column(field.name, field.type))))
      return text
    }
    plan = projecting(texts, over: input)
    return converted
  }

  mutating func resolveExplode(
    _ node: ExplodeStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let field = try columnField(node.column, in: scope)
    guard case .list(let element) = field.type else {
      throw failure(
        .badOperand, "`explode` takes a list column, and `\(field.name)` is \(field.type)",
        at: node.column.range,
        help: field.type == .string ? "`split(text, \",\")` makes a list of a text" : nil)
    }
    let fields = input.schema.fields.map { other in
      other.name == field.name ? Schema.Field(field.name, element, family: field.family) : other
    }
    return .explode(
      LogicalPlan.Explode(
        input: input, column: field.name,
        schema: Schema(fields, families: input.schema.families)))
  }

  mutating func resolveUnion(
    _ node: UnionStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var left = visible(input)
    var right = visible(try rightTable(node.table, in: scope))
    takeTextsInCommon(&left, &right)
    var fields: [Schema.Field] = []
    for field in left.schema.fields {
      guard let other = right.schema[field.name] else {
        fields.append(field)
        continue
      }
      guard let type = field.type.unified(with: other.type) else {
        throw failure(
          .typeMismatch,
          "`\(field.name)` is \(field.type) on the left and \(other.type) on the right",
          at: node.range, help: conversionHelp(from: other.type, to: field.type))
      }
      fields.append(
        Schema.Field(
          field.name, type, family: field.family,
          isInferred: field.isInferred && other.isInferred))
    }
    fields += right.schema.fields.filter { left.schema[$0.name] == nil }
    let families =
      left.schema.families
      + right.schema.families.filter { left.schema.family($0.name) == nil }
    let schema = Schema(fields, families: families)
    return .union(
      LogicalPlan.Union(
        left: aligned(left, to: schema), right: aligned(right, to: schema), schema: schema))
  }

  /// Takes the texts as stored of columns whose types were inferred and do not go together, such
  /// as a parameter that is a number in one store and a word in another.
  private mutating func takeTextsInCommon(_ left: inout LogicalPlan, _ right: inout LogicalPlan) {
    let names = left.schema.fields.filter { field in
      guard let other = right.schema[field.name] else { return false }
      return field.type.unified(with: other.type) == nil
        && [field, other].allSatisfy { $0.isInferred || $0.type == .string }
    }.map(\.name)
    if names.isEmpty { return }
    let saved = plan
    defer { plan = saved }
    for side in [0, 1] {
      plan = side == 0 ? left : right
      _ = withStoredTexts(names.compactMap { input.schema[$0] })
      if side == 0 { left = visible(input) } else { right = visible(input) }
    }
  }

  /// The plan with exactly the schema's columns, nulls where it has none.
  private func aligned(_ plan: LogicalPlan, to schema: Schema) -> LogicalPlan {
    let own = plan.schema
    let items = schema.fields.map { field in
      let value =
        own[field.name].map { coerced(.column($0.name, $0.type), to: field.type) }
        ?? .literal(.null, field.type)
      return OutputColumn(field, value)
    }
    return .project(
      LogicalPlan.Project(input: plan, items: items, families: schema.families))
  }

  mutating func resolveFill(
    _ node: FillStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let time = try columnField(node.time, in: scope)
    guard time.type == .timestamp else {
      throw failure(
        .badOperand, "`fill` goes by a timestamp, and `\(time.name)` is \(time.type)",
        at: node.time.range)
    }
    guard case .duration(let step) = try constant(node.step, in: scope), step > 0 else {
      throw failure(
        .invalidArgument, "the step is a duration greater than zero", at: node.step.range)
    }
    var groups: [String] = []
    for key in node.keys { groups.append(try columnField(key.value, in: scope).name) }
    return .fill(
      LogicalPlan.Fill(
        input: input, timeColumn: time.name, stepMicroseconds: step, groups: groups))
  }
}
