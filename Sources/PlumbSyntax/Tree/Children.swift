extension Expression {
  /// Calls a function on each expression directly inside this one, in the order of the text.
  package func forEachChild(_ visit: (Expression) -> Void) {
    switch self {
    case .literal, .string, .name, .variable, .malformed: break
    case .interpolation(let node):
      for case .value(let value, _) in node.parts { visit(value) }
    case .member(let node): visit(node.base)
    case .index(let node):
      visit(node.base)
      visit(node.index)
    case .call(let node): node.forEachChild(visit)
    case .unary(let node): visit(node.operand)
    case .binary(let node):
      visit(node.left)
      visit(node.right)
    case .comparisonChain(let node):
      visit(node.first)
      for link in node.links { visit(link.operand) }
    case .between(let node):
      visit(node.value)
      visit(node.lower)
      visit(node.upper)
    case .membership(let node):
      visit(node.value)
      visit(node.collection)
    case .range(let node):
      visit(node.lower)
      visit(node.upper)
    case .list(let node): node.elements.forEach(visit)
    case .record(let node):
      for field in node.fields { visit(field.value) }
    case .conditional(let node):
      visit(node.condition)
      visit(node.consequence)
      visit(node.alternative)
    case .choice(let node):
      for arm in node.arms {
        visit(arm.condition)
        visit(arm.value)
      }
      node.otherwise.map(visit)
    case .lambda(let node):
      for parameter in node.parameters { parameter.defaultValue.map(visit) }
      visit(node.body)
    case .pipeline(let node):
      visit(node.head)
      for stage in node.stages { stage.forEachChild(visit) }
    case .parenthesized(let node): visit(node.expression)
    }
  }
}

extension Expression {
  /// Whether one of some names stands anywhere within.
  package func names(anyOf names: some Collection<String>) -> Bool {
    if names.isEmpty { return false }
    switch self {
    case .name(let name), .variable(let name): return names.contains(name.text)
    default: break
    }
    var found = false
    forEachChild { found = found || $0.names(anyOf: names) }
    return found
  }

  /// Whether a function of that name is called anywhere within.
  package func calls(_ name: String) -> Bool {
    if case .call(let call) = self, case .name(let callee) = call.callee, callee.text == name {
      return true
    }
    var found = false
    forEachChild { found = found || $0.calls(name) }
    return found
  }
}

extension Expression.Call {
  /// Calls a function on the callee and on each argument.
  package func forEachChild(_ visit: (Expression) -> Void) {
    visit(callee)
    for argument in arguments { visit(argument.value) }
  }
}

extension Stage {
  /// Calls a function on each expression directly inside the stage, clause by clause.
  package func forEachChild(_ visit: (Expression) -> Void) {
    switch self {
    case .count, .describe, .malformed: break
    case .where(let node): visit(node.condition)
    case .select(let node):
      for item in node.items {
        switch item {
        case .column(let column): visit(column.value)
        case .spread(let spread): spread.forEachChild(visit)
        case .pattern: break
        }
      }
    case .derive(let node): node.items.forEachChild(visit)
    case .drop(let node): node.columns.forEachChild(visit)
    case .rename(let node): node.items.forEachChild(visit)
    case .summarize(let node):
      node.aggregates.forEachChild(visit)
      node.keys.forEachChild(visit)
    case .sort(let node): node.keys.forEachChild(visit)
    case .take(let node), .skip(let node), .tail(let node): visit(node.count)
    case .sample(let node):
      visit(node.count)
      node.options.forEachChild(visit)
    case .top(let node):
      visit(node.count)
      visit(node.key.value)
      node.per.forEachChild(visit)
    case .distinct(let node): node.columns.forEachChild(visit)
    case .join(let node):
      visit(node.table)
      node.keys.forEachChild(visit)
      node.options.forEachChild(visit)
    case .lookup(let node):
      visit(node.table)
      node.keys.forEachChild(visit)
      node.options.forEachChild(visit)
    case .asof(let node):
      visit(node.table)
      [node.time].forEachChild(visit)
      node.keys.forEachChild(visit)
      node.options.forEachChild(visit)
    case .window(let node):
      node.items.forEachChild(visit)
      node.keys.forEachChild(visit)
      node.order.forEachChild(visit)
      node.rows?.lower.map(visit)
      (node.rows?.upper).map(visit)
    case .pivot(let node):
      visit(node.aggregate.value)
      visit(node.column.value)
      node.values.map(visit)
      node.per.forEachChild(visit)
    case .unpivot(let node): node.columns.forEachChild(visit)
    case .explode(let node): visit(node.column)
    case .union(let node): visit(node.table)
    case .fill(let node):
      visit(node.time)
      visit(node.step)
      node.keys.forEachChild(visit)
    case .drift(let node): node.forEachChild(visit)
    case .pareto(let node):
      for objective in node.objectives { visit(objective.value) }
    case .plot(let node): node.options.forEachChild(visit)
    case .save(let node):
      visit(node.path)
      node.options.forEachChild(visit)
    case .call(let node): node.forEachChild(visit)
    }
  }
}

extension DriftStage {
  fileprivate func forEachChild(_ visit: (Expression) -> Void) {
    switch reference {
    case .table(let table): visit(table)
    case .previous: break
    case .first(let length, _): visit(length)
    }
    features.forEachChild(visit)
    keys.forEachChild(visit)
    if let windows {
      visit(windows.time)
      visit(windows.step)
    }
    options.forEachChild(visit)
  }
}

extension Spread {
  fileprivate func forEachChild(_ visit: (Expression) -> Void) {
    prefix.map(visit)
    except.forEachChild(visit)
  }
}

extension [NamedExpression] {
  fileprivate func forEachChild(_ visit: (Expression) -> Void) {
    for item in self { visit(item.value) }
  }
}

extension [SortKey] {
  fileprivate func forEachChild(_ visit: (Expression) -> Void) {
    for key in self { visit(key.value) }
  }
}

extension [Option] {
  fileprivate func forEachChild(_ visit: (Expression) -> Void) {
    for option in self { visit(option.value) }
  }
}

extension [JoinKey] {
  fileprivate func forEachChild(_ visit: (Expression) -> Void) {
    for key in self {
      switch key {
      case .same(let column): visit(column)
      case .pair(let left, let right):
        visit(left)
        visit(right)
      }
    }
  }
}

extension [ColumnSelector] {
  fileprivate func forEachChild(_ visit: (Expression) -> Void) {
    for selector in self {
      switch selector {
      case .column(let column): visit(column)
      case .spread(let spread): spread.forEachChild(visit)
      case .pattern: break
      }
    }
  }
}

extension Statement {
  /// Calls a function on each expression directly inside the statement, and another on each block.
  package func forEachChild(_ visit: (Expression) -> Void, block visitBlock: (Block) -> Void) {
    switch self {
    case .breakLoop, .continueLoop, .importModule, .malformed: break
    case .constant(let node), .variable(let node), .assignment(let node): visit(node.value)
    case .function(let node):
      for parameter in node.parameters { parameter.defaultValue.map(visit) }
      switch node.body {
      case .value(let value): visit(value)
      case .block(let block): visitBlock(block)
      }
    case .parameter(let node): node.defaultValue.map(visit)
    case .conditional(let node):
      for branch in node.branches {
        visit(branch.condition)
        visitBlock(branch.body)
      }
      node.otherwise.map(visitBlock)
    case .forLoop(let node):
      visit(node.sequence)
      visitBlock(node.body)
    case .whileLoop(let node):
      visit(node.condition)
      visitBlock(node.body)
    case .returnValue(let node): node.value.map(visit)
    case .open(let node):
      visit(node.address)
      node.options.forEachChild(visit)
    case .load(let node):
      visit(node.address)
      node.options.forEachChild(visit)
    case .saveStore(let node): visit(node.path)
    case .expect(let node):
      visit(node.condition)
      node.message.map(visit)
    case .snapshot(let node): visit(node.address)
    case .check(let node):
      visit(node.id)
      node.title.map(visit)
      node.options.forEachChild(visit)
      visitBlock(node.body)
    case .explain(let node), .profile(let node): visit(node.subject)
    case .expression(let node): visit(node)
    }
  }
}
