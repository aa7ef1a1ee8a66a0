import PlumbDiagnostics

/// Stages that take a second table.
extension Parser {
  /// `join [KIND] TABLE on KEY, l == r [suffix = "_x"]`.
  mutating func parseJoin(_ start: Int) throws(SyntaxFailure) -> JoinStage {
    try refuseForeignJoinKind()
    let kind = takeJoinKind()
    try refuseForeignJoinKind(after: kind)
    let table = try parseTableReference()
    let keys = try parseJoinKeys(of: .join, "join TABLE on KEY")
    let options = try parseOptions(of: .join)
    return JoinStage(
      kind: kind, table: table, keys: keys, options: options, range: range(from: start))
  }

  /// `left` and the like, unless it is the name of the table.
  private mutating func takeJoinKind() -> JoinStage.Kind {
    guard kind == .name, let joinKind = JoinStage.Kind(rawValue: text(token)) else {
      return .inner
    }
    let next = peek()
    switch next.kind {
    case .name:
      if isWord(next, "on"), !isWord(peek(2), "on") { return .inner }
    case .leftParenthesis:
      // `left(…)` is a call, `left (…)` a kind and a pipeline.
      if !next.followsSpace { return .inner }
    case .quotedName, .variable:
      break
    default:
      return .inner
    }
    advance()
    return joinKind
  }

  /// `join outer t`, `join left outer t`, `join kind=left t`: kinds of other languages.
  private mutating func refuseForeignJoinKind(
    after kind: JoinStage.Kind = .inner
  ) throws(SyntaxFailure) {
    if atBinding, text(token) == "kind" || text(token) == "how" {
      throw failure(
        .foreignWord, "the kind of a join stands alone", label: "such as `join left TABLE on KEY`")
    }
    guard self.kind == .name, let meant = ForeignWords.joinKind(text(token)),
      peek().kind == .name && !isWord(peek(), "on") || peek().kind == .quotedName
    else { return }
    let isSpare = kind != .inner
    throw failure(
      .foreignWord, "there is no kind `\(text(token))` of `join`",
      label: isSpare ? "leave it out: `join \(kind.rawValue) TABLE on KEY`" : "write `\(meant)`",
      fix: isSpare ? nil : meant)
  }

  private mutating func parseJoinKeys(
    of stage: StageKeyword, _ form: String
  ) throws(SyntaxFailure) -> [JoinKey] {
    guard takeWord("on") else { throw missingClause("on", form) }
    return try parseItems(of: stage) { parser throws(SyntaxFailure) in try parser.parseJoinKey() }
  }

  mutating func parseLookup(_ start: Int) throws(SyntaxFailure) -> LookupStage {
    let table = try parseTableReference()
    let keys = try parseJoinKeys(of: .lookup, "lookup TABLE on KEY")
    let options = try parseOptions(of: .lookup)
    return LookupStage(table: table, keys: keys, options: options, range: range(from: start))
  }

  /// `asof TABLE on TIME [by KEY, …] [direction = …] [tolerance = …]`.
  mutating func parseAsof(_ start: Int) throws(SyntaxFailure) -> AsofStage {
    let table = try parseTableReference()
    guard takeWord("on") else { throw missingClause("on", "asof TABLE on TIME") }
    let time = try parseJoinKey()
    var keys: [JoinKey] = []
    if takeWord("by") {
      keys = try parseItems(of: .asof) { parser throws(SyntaxFailure) in
        try parser.parseJoinKey()
      }
    }
    let options = try parseOptions(of: .asof)
    return AsofStage(
      table: table, time: time, keys: keys, options: options, range: range(from: start))
  }

  /// `drift against REFERENCE [on …] [by …] [over TIME every STEP] [OPTIONS]`.
  mutating func parseDrift(_ start: Int) throws(SyntaxFailure) -> DriftStage {
    guard takeWord("against") else { throw missingClause("against", "drift against TABLE") }
    let reference = try parseDriftReference()
    var features: [ColumnSelector] = []
    var keys: [NamedExpression] = []
    var windows: DriftStage.Windows?
    while true {
      if features.isEmpty, takeWord("on") {
        features = try parseSelectors(of: .drift)
      } else if keys.isEmpty, takeWord("by") {
        keys = try parseNamedItems(of: .drift)
      } else if windows == nil, atWord("over") {
        windows = try parseDriftWindows()
      } else {
        break
      }
    }
    let options = try parseOptions(of: .drift)
    return DriftStage(
      reference: reference, features: features, keys: keys, windows: windows, options: options,
      range: range(from: start))
  }

  private mutating func parseDriftReference() throws(SyntaxFailure) -> DriftStage.Reference {
    let start = position
    let next = peek()
    if isWord(token, "previous"), next.kind != .dot,
      next.kind != .leftParenthesis || next.followsSpace
    {
      advance()
      return .previous(range(from: start))
    }
    if isWord(token, "first"), beginsLength(next) {
      advance()
      let length = try parseExpression()
      return .first(length, range(from: start))
    }
    return .table(try parseTableReference())
  }

  /// Whether a token after `first` begins a length: then `first` is not the name of a table.
  private func beginsLength(_ token: Token) -> Bool {
    switch token.kind {
    case .duration, .variable, .integer: true
    case .leftParenthesis: token.followsSpace
    case .name:
      !token.startsLine && peek(2).kind != .assign
        && !(isWord(token, "on") || isWord(token, "by") || isWord(token, "over"))
    default: false
    }
  }

  private mutating func parseDriftWindows() throws(SyntaxFailure) -> DriftStage.Windows {
    let start = position
    advance()
    let time = try parseExpression()
    guard takeWord("every") else { throw missingClause("every", "over TIME every 1d") }
    let step = try parseExpression()
    return DriftStage.Windows(time: time, step: step, range: range(from: start))
  }
}
