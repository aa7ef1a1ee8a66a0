import PlumbDiagnostics

/// What the formatter needs to know of the tree, by the byte offsets of tokens.
///
/// The formatter prints the tokens themselves, so nothing of the text can get lost; the tree only
/// tells which gap between two tokens is of which kind.
struct FormatFacts {
  /// A statement, by the offset of its first token.
  struct StatementFacts {
    var end: Int
    /// The offsets of the opening braces of its blocks.
    var blocks: [Int] = []
    /// Whether it is a bare expression: then its pipeline's stages are not indented.
    var isExpression: Bool
  }

  /// A pipeline, by the offset of its first token.
  struct PipelineFacts {
    var end: Int
  }

  var statements: [Int: StatementFacts] = [:]
  var pipelines: [Int: PipelineFacts] = [:]
  /// Offsets of first tokens of stages; the token before each is its `|`.
  var stages: Set<Int> = []
  /// Offsets after which an opening bracket follows tightly: callees, indexed values.
  var tightEnds: Set<Int> = []
  /// Offsets of signs, which their operand follows tightly.
  var signs: Set<Int> = []
  /// Offsets of opening braces of blocks.
  var blocks: Set<Int> = []
  /// Offsets of the word `rows` before a range without a lower end.
  var openRows: Set<Int> = []

  init(_ program: Program) {
    for statement in program.statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    var facts = StatementFacts(end: statement.range.upper, isExpression: false)
    if case .expression = statement { facts.isExpression = true }
    if case .function(let node) = statement { tightEnds.insert(node.name.range.upper) }
    var inner: [Statement] = []
    var expressions: [Expression] = []
    statement.forEachChild {
      expressions.append($0)
    } block: { block in
      facts.blocks.append(block.range.lower)
      inner += block.statements
    }
    blocks.formUnion(facts.blocks)
    statements[statement.range.lower] = facts
    for expression in expressions { visit(expression) }
    for statement in inner { visit(statement) }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression {
    case .call(let call): tightEnds.insert(call.callee.range.upper)
    case .index(let index): tightEnds.insert(index.base.range.upper)
    case .unary(let unary) where unary.operation == .negate:
      signs.insert(unary.operatorRange.lower)
    case .literal(let literal):
      if literal.range.file.bytes[literal.range.lower] == UInt8(ascii: "-") {
        signs.insert(literal.range.lower)
      }
    case .pipeline(let pipeline):
      pipelines[pipeline.head.range.lower] = PipelineFacts(end: pipeline.range.upper)
      for stage in pipeline.stages { visit(stage) }
    default: break
    }
    var children: [Expression] = []
    expression.forEachChild { children.append($0) }
    for child in children { visit(child) }
  }

  /// What a stage has besides its expressions.
  private mutating func visit(_ stage: Stage) {
    stages.insert(stage.range.lower)
    switch stage {
    case .call(let call): tightEnds.insert(call.callee.range.upper)
    case .sort(let sort): visit(sort.keys)
    case .top(let top): visit([top.key])
    case .window(let window):
      visit(window.order)
      if let rows = window.rows, rows.lower == nil { openRows.insert(rows.range.lower) }
    case .pareto(let pareto):
      for objective in pareto.objectives { tightEnds.insert(objective.range.lower + 3) }
    default: break
    }
  }

  private mutating func visit(_ keys: [SortKey]) {
    for key in keys where key.isDescending { signs.insert(key.range.lower) }
  }
}
