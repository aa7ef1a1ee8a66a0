import PlumbDiagnostics

/// Pipelines: a head and its stages, each of which recovers from its own errors.
extension Parser {
  /// What the right side of `let`, a call's argument and parentheses hold.
  mutating func parsePipelineOrExpression() throws(SyntaxFailure) -> Expression {
    let start = position
    let head = try parseExpression()
    guard kind == .pipe, isContinued else { return head }
    return try parsePipeline(head, from: start)
  }

  /// The stages after a head, the present token being the first `|`.
  mutating func parsePipeline(
    _ head: Expression, from start: Int
  ) throws(SyntaxFailure) -> Expression {
    let outerTallest = tallest
    tallest = height
    var stages: [Stage] = []
    while kind == .pipe, isContinued {
      advance()
      stages.append(parseStageOrRecover())
    }
    defer { tallest = max(outerTallest, height) }
    try grow(tallest)
    return .pipeline(Pipeline(head: head, stages: stages, range: range(from: start)))
  }

  private mutating func parseStageOrRecover() -> Stage {
    let start = position
    let depth = openBrackets.count
    let keyword = kind == .name ? StageKeyword(rawValue: text(token)) : nil
    do {
      let stage = try parseStage()
      try expectStageEnd(from: start)
      lastStage = keyword.map { ($0, position) }
      return stage
    } catch {
      lastStage = nil
      // The word of the stage may begin a line, where skipping would stop.
      if position == start, kind == .name, !beginsNewStatement { advance() }
      skipStage(depth: depth)
      return .malformed(range(from: start))
    }
  }

  /// After a stage: the next `|`, the end of the statement, or what closes around the pipeline.
  private mutating func expectStageEnd(from start: Int) throws(SyntaxFailure) {
    switch kind {
    case .pipe, .semicolon, .endOfFile, .rightParenthesis, .rightBracket, .rightBrace, .leftBrace,
      .interpolationClose, .interpolationFormat:
      return
    case .comma where !openBrackets.isEmpty: return
    default:
      if !isContinued { return }
    }
    throw unexpectedInStage(from: start)
  }

  private mutating func unexpectedInStage(from start: Int) -> SyntaxFailure {
    if kind == .name {
      let word = text(token)
      if StageKeyword(rawValue: word) != nil {
        return expected("the end of the stage", label: "a stage begins with `|`: `| \(word)`")
      }
      if word.lowercased() == "as", let name = name(peek()), !peek().startsLine {
        let item = lastItem(from: start)
        return failure(
          .foreignWord, "there is no `\(word)`",
          label: "the new name comes first: `\(name.text.prefix(40)) = \(item)`")
      }
      if isWord(peek(), "by"), ForeignWords.stage(word) != nil {
        return expected("the end of the stage", label: "write `by` alone")
      }
      if beginsOperand(peek()), hasWord(word, from: start) {
        return failure(
          .duplicateClause, "the stage has two `\(word)`",
          label: text(tokens[start]) == "top" && word == "by"
            ? "groups are named with `per`" : "several keys stand behind one, with commas")
      }
      if beginsOperand(peek()), word == "by" || word == "per" || word == "on" {
        return expected("the end of the stage", label: "this stage has no `\(word)`")
      }
    }
    if kind == .comma { return expected("the end of the stage") }
    if beginsOperand(token) {
      return expected(
        "the end of the stage", label: "an operator, a comma or a `|` is missing before this")
    }
    return expected("the end of the stage")
  }

  /// The text of the item of a stage that ends here, or `…` for a long one.
  private func lastItem(from start: Int) -> String {
    var open = 0
    var first = position
    while first > start + 1 {
      let token = tokens[first - 1]
      if token.kind.closes { open += 1 }
      if token.kind.opens { open -= 1 }
      if open == 0, token.kind == .comma { break }
      first -= 1
    }
    let text = range(from: first).text
    return text.utf8.count <= 40 && !text.contains("\n") ? text : "…"
  }

  /// Whether a clause word stands outside of brackets between a stage's beginning and here.
  private func hasWord(_ word: String, from start: Int) -> Bool {
    guard ["by", "per", "on", "into", "every"].contains(word) else { return false }
    var open = 0
    for token in tokens[start..<position] {
      if token.kind.opens { open += 1 }
      if token.kind.closes { open -= 1 }
      if open == 0, token.kind == .name, text(token) == word { return true }
    }
    return false
  }

  // MARK: Stages

  private mutating func parseStage() throws(SyntaxFailure) -> Stage {
    if token.startsLine, beginsNewStatement {
      throw failure(
        .unexpectedToken, "expected a stage after `|`, found \(described(token))",
        at: range(tokens[position - 1]), label: "no stage follows this")
    }
    guard kind == .name || kind == .quotedName else {
      if kind == .namePattern || kind == .pipe || kind == .endOfFile || !beginsOperand(token) {
        throw expected("a stage after `|`")
      }
      throw expected("a stage after `|`", label: "stages are words such as `where` and `sort`")
    }
    if kind == .name, peek().kind != .dot || peek().startsLine && openBrackets.isEmpty,
      let keyword = StageKeyword(rawValue: text(token))
    {
      return try parseBuiltIn(keyword)
    }
    return try parseCallStage()
  }

  /// `NAME(…)` or `module.NAME(…)`.
  private mutating func parseCallStage() throws(SyntaxFailure) -> Stage {
    let name = token
    var next = 1
    while peek(next).kind == .dot { next += 2 }
    guard peek(next).kind == .leftParenthesis, !peek(next).startsLine || !openBrackets.isEmpty
    else { throw next == 1 ? unknownStage(name) : uncalledStage(name, peek(next - 1)) }
    if next == 1, peek(next).followsSpace, isForeignStage(text(name)) { throw unknownStage(name) }
    guard case .call(let call) = try parsePostfix() else {
      throw failure(
        .unexpectedToken, "a stage is a word such as `where` or a call",
        at: range(name))
    }
    tallest = max(tallest, height)
    return .call(call)
  }

  private func isForeignStage(_ word: String) -> Bool {
    ForeignWords.stage(word) != nil || StageKeyword(rawValue: word.lowercased()) != nil
  }

  private mutating func unknownStage(_ token: Token) -> SyntaxFailure {
    let word = text(token)
    let shown = described(token)
    if let meant = ForeignWords.stage(word) {
      let isWord = StageKeyword(rawValue: meant) != nil
      return failure(
        .foreignWord, "there is no stage \(shown)", at: range(token), label: "write `\(meant)`",
        fix: isWord ? meant : nil)
    }
    if let near = nearestName(to: word, in: StageKeyword.allCases.lazy.map(\.rawValue)) {
      return failure(
        .unknownStage, "unknown stage \(shown)", at: range(token),
        label: "did you mean `\(near)`?", fix: near)
    }
    return failure(
      .unknownStage, "unknown stage \(shown)", at: range(token),
      label: "a function of a table is called with parentheses: `\(word.prefix(40))()`")
  }

  /// `module.name` without the parentheses of a call.
  private mutating func uncalledStage(_ first: Token, _ last: Token) -> SyntaxFailure {
    let path = SourceRange(file, first.start, last.end)
    return failure(
      .unknownStage, "`\(path.text.prefix(80))` is not called", at: path,
      label: "a function of a table is called with parentheses: `\(path.text.prefix(80))()`")
  }

  private mutating func parseBuiltIn(_ keyword: StageKeyword) throws(SyntaxFailure) -> Stage {
    let start = position
    advance()
    switch keyword {
    case .where: return .where(try parseWhere(start))
    case .select: return .select(try parseSelect(start))
    case .derive: return .derive(try parseDerive(start))
    case .drop: return .drop(try parseDrop(start))
    case .rename: return .rename(try parseRename(start))
    case .summarize: return .summarize(try parseSummarize(start))
    case .sort: return .sort(try parseSort(start))
    case .take: return .take(try parseCounted(start))
    case .skip: return .skip(try parseCounted(start))
    case .tail: return .tail(try parseCounted(start))
    case .sample: return .sample(try parseSample(start))
    case .top: return .top(try parseTop(start))
    case .distinct: return .distinct(try parseDistinct(start))
    case .count: return .count(try parseBareStage(start))
    case .describe: return .describe(try parseBareStage(start))
    case .join: return .join(try parseJoin(start))
    case .lookup: return .lookup(try parseLookup(start))
    case .asof: return .asof(try parseAsof(start))
    case .window: return .window(try parseWindow(start))
    case .pivot: return .pivot(try parsePivot(start))
    case .unpivot: return .unpivot(try parseUnpivot(start))
    case .explode:
      return .explode(ExplodeStage(column: try parseExpression(), range: range(from: start)))
    case .union:
      return .union(UnionStage(table: try parseTableReference(), range: range(from: start)))
    case .fill: return .fill(try parseFill(start))
    case .drift: return .drift(try parseDrift(start))
    case .pareto: return .pareto(try parsePareto(start))
    case .plot: return .plot(try parsePlot(start))
    case .save: return .save(try parseSave(start))
    }
  }
}
