import PlumbDiagnostics

/// Stages that work on the rows and columns of one table.
extension Parser {
  mutating func parseWhere(_ start: Int) throws(SyntaxFailure) -> WhereStage {
    let condition = try parseExpression()
    if kind == .comma, openBrackets.isEmpty {
      throw expected("the end of the stage", label: "conditions are joined with `and`")
    }
    return WhereStage(condition: condition, range: range(from: start))
  }

  mutating func parseSelect(_ start: Int) throws(SyntaxFailure) -> SelectStage {
    let items = try parseItems(of: .select) { parser throws(SyntaxFailure) in
      try parser.parseSelectItem()
    }
    return SelectStage(items: items, range: range(from: start))
  }

  private mutating func parseSelectItem() throws(SyntaxFailure) -> SelectStage.Item {
    if let pattern = takePattern() { return .pattern(pattern) }
    if let spread = try parseSpread() { return .spread(spread) }
    if isWord(token, "distinct"), beginsOperand(peek()), peek().kind == .name, !peek().startsLine {
      throw failure(
        .foreignWord, "`select` has no `distinct`", label: "write `| distinct \(text(peek()))`")
    }
    return .column(try parseNamed())
  }

  mutating func parseDerive(_ start: Int) throws(SyntaxFailure) -> DeriveStage {
    let items = try parseItems(of: .derive) { parser throws(SyntaxFailure) in
      try parser.parseBinding("derive name = expression")
    }
    return DeriveStage(items: items, range: range(from: start))
  }

  mutating func parseDrop(_ start: Int) throws(SyntaxFailure) -> DropStage {
    DropStage(columns: try parseSelectors(of: .drop), range: range(from: start))
  }

  mutating func parseSelectors(
    of stage: StageKeyword
  ) throws(SyntaxFailure) -> [ColumnSelector] {
    try parseItems(of: stage) { parser throws(SyntaxFailure) in try parser.parseSelector() }
  }

  mutating func parseRename(_ start: Int) throws(SyntaxFailure) -> RenameStage {
    let items = try parseItems(of: .rename) { parser throws(SyntaxFailure) in
      try parser.parseBinding("rename new = old")
    }
    return RenameStage(items: items, range: range(from: start))
  }

  mutating func parseSummarize(_ start: Int) throws(SyntaxFailure) -> SummarizeStage {
    var aggregates: [NamedExpression] = []
    if clauseWord(of: .summarize) == nil { aggregates = try parseNamedItems(of: .summarize) }
    let keys = takeWord("by") ? try parseNamedItems(of: .summarize) : []
    return SummarizeStage(aggregates: aggregates, keys: keys, range: range(from: start))
  }

  mutating func parseNamedItems(
    of stage: StageKeyword
  ) throws(SyntaxFailure) -> [NamedExpression] {
    try parseItems(of: stage) { parser throws(SyntaxFailure) in try parser.parseNamed() }
  }

  mutating func parseSort(_ start: Int) throws(SyntaxFailure) -> SortStage {
    let next = peek()
    if isWord(token, "by"), beginsOperand(next), !next.startsLine, next.kind != .minus,
      next.kind != .leftParenthesis || next.followsSpace, next.kind != .leftBracket
    {
      throw failure(.foreignWord, "`sort` has no `by`", label: "leave it out")
    }
    return SortStage(keys: try parseSortKeys(of: .sort), range: range(from: start))
  }

  mutating func parseSortKeys(of stage: StageKeyword) throws(SyntaxFailure) -> [SortKey] {
    try parseItems(of: stage) { parser throws(SyntaxFailure) in try parser.parseSortKey() }
  }

  mutating func parseCounted(_ start: Int) throws(SyntaxFailure) -> CountedStage {
    CountedStage(count: try parseExpression(), range: range(from: start))
  }

  mutating func parseSample(_ start: Int) throws(SyntaxFailure) -> SampleStage {
    let count = try parseExpression()
    let options = try parseOptions(of: .sample)
    return SampleStage(count: count, options: options, range: range(from: start))
  }

  /// `top N by EXPR [per KEY, …] [with ties]`.
  mutating func parseTop(_ start: Int) throws(SyntaxFailure) -> TopStage {
    let count = try parseExpression()
    guard takeWord("by") else { throw missingClause("by", "top N by EXPRESSION") }
    let key = try parseSortKey()
    var per: [NamedExpression] = []
    var withTies = false
    while true {
      if per.isEmpty, takeWord("per") {
        per = try parseNamedItems(of: .top)
      } else if !withTies, takeWord("with") {
        guard isWord(token, "ties") else { throw expected("`ties`") }
        advance()
        withTies = true
      } else {
        break
      }
    }
    return TopStage(
      count: count, key: key, per: per, withTies: withTies, range: range(from: start))
  }

  mutating func parseDistinct(_ start: Int) throws(SyntaxFailure) -> DistinctStage {
    var columns: [ColumnSelector] = []
    if isContinued, !takeEmptyParentheses(), canBeginSelector {
      columns = try parseSelectors(of: .distinct)
    }
    return DistinctStage(columns: columns, range: range(from: start))
  }

  private var canBeginSelector: Bool {
    kind == .star || kind == .namePattern || kind != .leftBrace && beginsOperand(token)
  }

  /// `count` and `describe`; empty parentheses do no harm.
  mutating func parseBareStage(_ start: Int) throws(SyntaxFailure) -> SourceRange {
    _ = takeEmptyParentheses()
    return range(from: start)
  }

  private mutating func takeEmptyParentheses() -> Bool {
    guard kind == .leftParenthesis, peek().kind == .rightParenthesis, isContinued else {
      return false
    }
    advance()
    advance()
    return true
  }

  /// Says that a clause is missing at the present token.
  mutating func missingClause(_ word: String, _ form: String) -> SyntaxFailure {
    if !isContinued, kind == .name, text(token) == word {
      let failure = strandedClause(word, of: form.prefix { $0 != " " })
      // The rest of the line is part of this mistake.
      advance()
      return failure
    }
    let place = isContinued ? range(token) : range(tokens[max(0, position - 1)])
    if isContinued, kind != .pipe, !kind.closes, kind != .endOfFile {
      return expected("`\(word)`", help: "write `\(form)`")
    }
    return failure(
      .missingOption, "the stage has no `\(word)`",
      at: SourceRange(file, isContinued ? place.lower : place.upper, place.upper),
      label: "write `\(form)`")
  }
}
