import PlumbDiagnostics

/// Unwinds to the stage or statement that recovers; the error is already reported.
struct SyntaxFailure: Error {}

/// Reads a program from tokens by recursive descent, and by precedence climbing in expressions.
///
/// A mistake is reported where it is found and unwinds to the enclosing stage or statement, which
/// skips to the next `|` or line and goes on. No position is ever visited twice after an error, so
/// parsing takes time linear in the text.
struct Parser {
  /// How deeply brackets, blocks, prefix operators and right operands may nest.
  ///
  /// It bounds the recursion, so that any program fits on a stack of 2 MiB, unoptimized too.
  static let maximumNesting = 160
  /// The greatest height of an expression's tree, which bounds the recursion of later stages: a
  /// chain such as `a + b + c …` is as high as it is long.
  static let maximumHeight = 400

  let file: SourceFile
  let tokens: [Token]
  let comments: [Comment]
  var diagnostics: Diagnostics
  /// The index of the present token.
  var position = 0
  /// The opening brackets around the present token, within which a line end means nothing.
  var openBrackets: [Int] = []
  var nesting = 0
  /// The height of the expression parsed last.
  var height = 0
  /// The greatest height of any expression since it was last set to 0.
  var tallest = 0
  /// The stage parsed last, and the index of the token behind it.
  var lastStage: (keyword: StageKeyword, end: Int)?
  /// Whether the present statement has an error already: then its missing end is no news.
  var statementHasError = false
  /// Whether the text may begin with `|`, going on from the last result.
  var continuesLastResult = false
  /// Whether an error came from the end of the text and from nothing before: more may follow.
  var needsMore = false

  init(file: SourceFile, stream: TokenStream, diagnostics: Diagnostics) {
    self.file = file
    tokens = stream.tokens
    comments = stream.comments
    self.diagnostics = diagnostics
  }

  // MARK: Looking at tokens

  var token: Token { tokens[position] }
  var kind: TokenKind { tokens[position].kind }

  /// The token at a distance, or the last.
  func peek(_ distance: Int = 1) -> Token { tokens[min(position + distance, tokens.count - 1)] }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  func text(_ token: Token) -> String { file.text(token.start..<token.end) }

  /// The place of a token; the end of the text is right after the last token, not lines below.
  func range(_ token: Token) -> SourceRange {
    if token.kind == .endOfFile, tokens.count > 1 {
      let end = tokens[tokens.count - 2].end
      return SourceRange(file, end, end)
    }
    return SourceRange(file, token.start, token.end)
  }

  /// From the start of a token to the end of the token before the present one.
  func range(from index: Int) -> SourceRange {
    let end = position > index ? tokens[position - 1].end : tokens[index].start
    return SourceRange(file, tokens[index].start, end)
  }

  /// Whether a token is the contextual word.
  func isWord(_ token: Token, _ word: StaticString) -> Bool {
    token.kind == .name
      && file.bytes.withUnsafeBufferPointer { spells($0, token.start..<token.end, word) }
  }

  /// Whether the present token belongs to what came before it: no line end that counts is between.
  var isContinued: Bool {
    let token = token
    if !token.startsLine || !openBrackets.isEmpty { return true }
    if token.kind == .not {
      let next = peek().kind
      return next == .in || next == .between
    }
    return token.kind.continuesLine
  }

  /// Whether the present token is the contextual word, on the same line.
  func atWord(_ word: StaticString) -> Bool { isWord(token, word) && isContinued }

  /// Whether the present token is a name and the next is `=`.
  var atBinding: Bool {
    (kind == .name || kind == .quotedName) && peek().kind == .assign
  }

  /// Whether the name of an argument or option and `=` stand here: any word, the reserved ones
  /// included.
  var atArgumentName: Bool { atBinding || kind.isReservedWord && peek().kind == .assign }

  /// Whether a token can begin an operand.
  func beginsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .name, .quotedName, .variable, .integer, .float, .duration, .timestamp, .string,
      .interpolationStart, .leftParenthesis, .leftBracket, .leftBrace, .true, .false, .null, .case,
      .fn, .if, .not, .minus:
      true
    default: false
    }
  }

  // MARK: Consuming tokens

  /// Consumes the contextual word if it stands here.
  mutating func takeWord(_ word: StaticString) -> Bool {
    guard atWord(word) else { return false }
    advance()
    return true
  }

  /// Consumes a separator if it stands here, not at the beginning of a line.
  mutating func take(_ wanted: TokenKind) -> Bool {
    guard kind == wanted, isContinued else { return false }
    advance()
    return true
  }

  /// Consumes a token that has to come, on whatever line.
  mutating func expect(_ wanted: TokenKind, _ what: String) throws(SyntaxFailure) {
    guard kind == wanted else { throw expected(what) }
    advance()
  }

  /// Consumes a name, quoted or not.
  mutating func expectName(_ what: String) throws(SyntaxFailure) -> Name {
    guard let name = name(token) else {
      if kind.isReservedWord {
        throw failure(
          .unexpectedToken, "`\(text(token))` is a reserved word, and \(what) was expected",
          label: "as a name it stands in backquotes")
      }
      throw expected(what)
    }
    advance()
    return name
  }

  /// Consumes the name of an argument or option, `null` in `null = "NA"` among them.
  mutating func expectArgumentName(_ what: String) throws(SyntaxFailure) -> Name {
    guard kind.isReservedWord, atArgumentName else { return try expectName(what) }
    let name = Name(text: text(token), range: range(token))
    advance()
    return name
  }

  /// The name that a token is.
  func name(_ token: Token) -> Name? {
    switch token.kind {
    case .name: Name(text: text(token), range: range(token))
    case .quotedName:
      Name(text: file.text(token.start + 1..<token.end - 1), range: range(token))
    case .variable:
      Name(text: file.text(token.start + 1..<token.end), range: range(token))
    default: nil
    }
  }

  /// Consumes an opening bracket, within which line ends mean nothing.
  mutating func openBracket() {
    openBrackets.append(position)
    advance()
  }

  /// Consumes the closing bracket that belongs to the innermost open one.
  mutating func closeBracket(_ closer: TokenKind, _ what: String) throws(SyntaxFailure) {
    guard kind == closer else {
      if kind == .endOfFile || beginsNewStatement { throw unclosed() }
      throw expected(what)
    }
    openBrackets.removeLast()
    advance()
  }

  /// Counts a level of nesting around what `body` parses.
  mutating func nested<Value>(
    _ body: (inout Parser) throws(SyntaxFailure) -> Value
  ) throws(SyntaxFailure) -> Value {
    guard nesting < Self.maximumNesting else { throw tooDeep() }
    nesting += 1
    defer { nesting -= 1 }
    return try body(&self)
  }
}
