import PlumbDiagnostics

/// Stages that reshape a table, and those that end a pipeline.
extension Parser {
  /// `window NAME = EXPR, … [by KEY, …] [sort a, -b] [rows A..B]`.
  mutating func parseWindow(_ start: Int) throws(SyntaxFailure) -> WindowStage {
    let items = try parseNamedItems(of: .window)
    var keys: [NamedExpression] = []
    var order: [SortKey] = []
    var rows: WindowStage.Rows?
    while true {
      if keys.isEmpty, takeWord("by") {
        keys = try parseNamedItems(of: .window)
      } else if order.isEmpty, takeWord("sort") {
        order = try parseSortKeys(of: .window)
      } else if rows == nil, atWord("rows") {
        rows = try parseRows()
      } else {
        break
      }
    }
    return WindowStage(
      items: items, keys: keys, order: order, rows: rows, range: range(from: start))
  }

  /// `rows A..B`, `rows ..B`.
  private mutating func parseRows() throws(SyntaxFailure) -> WindowStage.Rows {
    let start = position
    advance()
    let lower = kind == .range ? nil : try parseOperators(.additive)
    guard kind == .range else {
      throw expected("`..` and the last row", help: "write `rows -9..0` or `rows ..0`")
    }
    advance()
    let upper = try parseOperators(.additive)
    tallest = max(tallest, height)
    return WindowStage.Rows(lower: lower, upper: upper, range: range(from: start))
  }

  /// `pivot AGG by COLUMN [in [..]] [per KEY, …]`.
  mutating func parsePivot(_ start: Int) throws(SyntaxFailure) -> PivotStage {
    let aggregate = try parseNamed()
    guard takeWord("by") else { throw missingClause("by", "pivot AGGREGATE by COLUMN") }
    let column = try parsePivotColumn()
    var values: Expression?
    var per: [NamedExpression] = []
    while true {
      if values == nil, kind == .in, isContinued {
        advance()
        values = try parseOperators(.coalesce)
        tallest = max(tallest, height)
      } else if per.isEmpty, takeWord("per") {
        per = try parseNamedItems(of: .pivot)
      } else {
        break
      }
    }
    return PivotStage(
      aggregate: aggregate, column: column, values: values, per: per, range: range(from: start))
  }

  /// The column of a pivot; `in` after it is the clause, not the operator.
  private mutating func parsePivotColumn() throws(SyntaxFailure) -> NamedExpression {
    var name: Name?
    if atBinding {
      name = try expectName("a name")
      advance()
    }
    let value = try parseOperators(.coalesce)
    tallest = max(tallest, height)
    return NamedExpression(name: name, value: value)
  }

  /// `unpivot a, b into key, value`.
  mutating func parseUnpivot(_ start: Int) throws(SyntaxFailure) -> UnpivotStage {
    let columns = try parseSelectors(of: .unpivot)
    guard takeWord("into") else { throw missingClause("into", "unpivot a, b into key, value") }
    let key = try expectName("the name of the key column")
    guard kind == .comma else {
      throw expected("`,` and the name of the value column", help: "write `into key, value`")
    }
    advance()
    let value = try expectName("the name of the value column")
    return UnpivotStage(
      columns: columns, keyName: key, valueName: value, range: range(from: start))
  }

  /// `fill TIME every STEP [by KEY, …]`.
  mutating func parseFill(_ start: Int) throws(SyntaxFailure) -> FillStage {
    let time = try parseExpression()
    guard takeWord("every") else { throw missingClause("every", "fill TIME every 1d") }
    let step = try parseExpression()
    let keys = takeWord("by") ? try parseNamedItems(of: .fill) : []
    return FillStage(time: time, step: step, keys: keys, range: range(from: start))
  }

  /// `pareto max(a), min(b)`.
  mutating func parsePareto(_ start: Int) throws(SyntaxFailure) -> ParetoStage {
    let objectives = try parseItems(of: .pareto) { parser throws(SyntaxFailure) in
      try parser.parseObjective()
    }
    return ParetoStage(objectives: objectives, range: range(from: start))
  }

  private mutating func parseObjective() throws(SyntaxFailure) -> ParetoStage.Objective {
    let start = position
    let expression = try parseExpression()
    guard case .call(let call) = expression, case .name(let function) = call.callee,
      function.text == "max" || function.text == "min", call.arguments.count == 1,
      call.arguments[0].name == nil
    else {
      throw failure(
        .unexpectedToken, "an objective is `max(…)` or `min(…)`", at: expression.range,
        label: "say whether more or less is better")
    }
    return ParetoStage.Objective(
      value: call.arguments[0].value, isMaximized: function.text == "max",
      range: range(from: start))
  }

  /// `plot KIND x = EXPR, y = EXPR …`.
  mutating func parsePlot(_ start: Int) throws(SyntaxFailure) -> PlotStage {
    guard kind == .name, peek().kind != .assign else {
      throw expected("a kind of plot", help: "write `plot line x = …, y = …`")
    }
    let plotKind = try expectName("a kind of plot")
    let options = try parseOptions(of: .plot)
    return PlotStage(kind: plotKind, options: options, range: range(from: start))
  }

  /// `save "file.ext"`.
  mutating func parseSave(_ start: Int) throws(SyntaxFailure) -> SaveStage {
    let path = try parseExpression()
    let options = try parseOptions(of: .save)
    return SaveStage(path: path, options: options, range: range(from: start))
  }
}
