import PlumbDiagnostics
import PlumbSyntax

/// Where in a program a cursor stands: what is being typed, and what may stand there.
///
/// Works on the tokens before the cursor, so that neither what follows nor mistakes elsewhere
/// matter.
struct CursorContext {
  /// What may stand at the cursor.
  enum Place: Hashable {
    /// Nothing that could be offered: a comment, a number, text.
    case nothing
    /// A statement begins.
    case statement
    /// A stage's name, after `|`.
    case stage
    /// A value.
    case operand
    /// What may follow a value: an operator, a clause, an option.
    case afterOperand
    /// A table's name.
    case table
    /// The name of a module, after `import`.
    case module
    /// The name of a file, in a string.
    case path
    /// The inside of a string that is compared with a column.
    case text
    /// A key, in the string of `metrics["…"]`.
    case key
  }

  private(set) var place = Place.nothing
  /// The bytes that a completion replaces.
  private(set) var range: Range<Int>
  /// The text of them, without an opening quote.
  private(set) var word = ""
  /// The quote before the word, if any.
  private(set) var quote: Character?
  /// The names before the word, each followed by a point.
  private(set) var path: [String] = []
  /// The stage around the cursor.
  private(set) var stage: StageKeyword?
  /// The words of the stage so far that are no part of brackets.
  private(set) var stageWords: [String] = []
  /// The bytes of the pipeline whose rows the stage gets; empty for `_`, nil outside of stages.
  private(set) var input: Range<Int>?
  /// The bytes of the statements before the present one.
  private(set) var before = 0..<0
  /// The column that the operand at the cursor is compared with, as its names.
  private(set) var compared: [String]?
  /// Whether the operand may begin with an aggregate: an item of `summarize` and its kin.
  private(set) var beginsItem = false

  /// A bracket that is open at the cursor, or the program itself.
  private struct Frame {
    var opener: Int?
    /// The token at which the present pipeline or expression begins.
    var start: Int
    var pipes: [Int] = []
  }

  private let file: SourceFile
  private var tokens: [Token]
  private var frames = [Frame(opener: nil, start: 0)]
  private var statementStart = 0

  init(_ text: String, offset: Int) {
    let bytes = Array(text.utf8.prefix(offset))
    file = SourceFile(name: "<cursor>", bytes: bytes)
    var diagnostics = Diagnostics()
    let stream = lex(file, diagnostics: &diagnostics)
    tokens = stream.tokens.dropLast()
    range = bytes.count..<bytes.count
    if let comment = stream.comments.last, comment.range.upperBound == bytes.count { return }
    // Of an interpolated string that is open, the lexer has made up the end.
    while let last = tokens.last, last.start == last.end { tokens.removeLast() }
    takeWord()
    walk()
    decide()
  }

  private func text(_ index: Int) -> String { file.text(tokens[index].start..<tokens[index].end) }

  private var end: Int { file.bytes.count }

  // MARK: The word

  /// Takes the word at the cursor, and the names and points before it, from the tokens.
  private mutating func takeWord() {
    guard let last = tokens.last, last.end == end else { return }
    switch last.kind {
    case .name, .variable: takeLast(last.start, quote: nil)
    case .invalid:
      let first = file.bytes[last.start]
      if first == UInt8(ascii: "`") {
        takeLast(last.start, quote: "`")
      } else if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
        takeLast(last.start, quote: Character(Unicode.Scalar(first)))
        return
      }
    case .dot: break
    default:
      if last.kind.isReservedWord { takeLast(last.start, quote: nil) }
    }
    while tokens.count >= 2, let dot = tokens.last, dot.kind == .dot, !dot.followsSpace,
      dot.end == range.lowerBound || !path.isEmpty
    {
      let name = tokens[tokens.count - 2]
      guard name.kind == .name || name.kind == .quotedName, name.end == dot.start else { break }
      path.insert(text(tokens.count - 2).filter { $0 != "`" }, at: 0)
      tokens.removeLast(2)
    }
  }

  private mutating func takeLast(_ start: Int, quote: Character?) {
    range = start..<end
    self.quote = quote
    word = file.text((quote == nil ? start : start + 1)..<end)
    tokens.removeLast()
  }

  // MARK: Brackets, statements and pipelines

  private mutating func walk() {
    for index in tokens.indices {
      let kind = tokens[index].kind
      if beginsStatement(index) { begin(index) }
      let top = frames.count - 1
      if kind.opens {
        frames.append(Frame(opener: index, start: index + 1))
      } else if kind.closes {
        if frames.count > 1 { frames.removeLast() }
      } else if kind == .semicolon {
        begin(index + 1)
      } else if kind == .pipe {
        frames[top].pipes.append(index)
      } else if frames[top].pipes.isEmpty {
        switch kind {
        case .comma, .assign, .arrow, .colon: frames[top].start = index + 1
        case .in where text(frames[top].start) == "for": frames[top].start = index + 1
        case .name where index == frames[top].start:
          if ["return", "explain", "profile"].contains(text(index)) {
            frames[top].start = index + 1
          }
        default: break
        }
      }
    }
  }

  private mutating func begin(_ index: Int) {
    frames[frames.count - 1] = Frame(opener: frames.last?.opener, start: index)
    if frames.count == 1 { statementStart = index }
  }

  /// Whether statements stand between the brackets that are open.
  private var isInStatements: Bool {
    guard let opener = frames.last?.opener else { return true }
    return tokens[opener].kind == .leftBrace
  }

  private func beginsStatement(_ index: Int) -> Bool {
    guard index > 0, isInStatements, tokens[index].startsLine else { return false }
    return !tokens[index].kind.continuesLine && tokens[index - 1].kind.endsStatement
  }

  // MARK: What may stand there

  private mutating func decide() {
    let first = statementStart < tokens.count ? tokens[statementStart].start : range.lowerBound
    before = 0..<min(first, path.isEmpty ? range.lowerBound : first)
    findStage()
    place = found()
    if place == .afterOperand, !path.isEmpty { place = .operand }
  }

  private mutating func findStage() {
    for frame in frames.reversed() {
      guard let pipe = frame.pipes.last else { continue }
      let start = frame.start < pipe ? tokens[frame.start].start : tokens[pipe].start
      input = start..<tokens[pipe].start
      guard pipe + 1 < tokens.count else { return }
      stage = StageKeyword(rawValue: text(pipe + 1))
      var depth = 0
      for index in (pipe + 1)..<tokens.count {
        if tokens[index].kind.closes { depth -= 1 }
        if depth == 0, tokens[index].kind == .name { stageWords.append(text(index)) }
        if tokens[index].kind.opens { depth += 1 }
      }
      return
    }
  }

  private mutating func found() -> Place {
    guard let frame = frames.last else { return .nothing }
    let last = tokens.indices.last
    if quote == "\"" || quote == "'" { return stringPlace(last) }
    if let last, tokens[last].end == end, word.isEmpty, path.isEmpty, !tokens[last].kind.isMark {
      // Right behind a number or a closing bracket nothing can go on.
      return .nothing
    }
    if let last, [.interpolationText, .interpolationStart].contains(tokens[last].kind) {
      return .nothing
    }
    if frame.pipes.last == last, last != nil { return .stage }
    if isAtStatement(last) { return .statement }
    guard let last else { return .statement }
    compared = comparison(last)
    if frame.pipes.isEmpty, frames.count == 1 || isInStatements {
      if let place = statementPlace(frame, last) { return place }
    }
    if !frame.pipes.isEmpty, let place = stagePlace(last) { return place }
    return tokens[last].kind.endsStatement ? .afterOperand : .operand
  }

  private func isAtStatement(_ last: Int?) -> Bool {
    guard isInStatements, let last else { return last == nil }
    let frame = frames[frames.count - 1]
    if tokens[last].kind == .semicolon || last == frame.opener { return true }
    let gap = file.bytes[tokens[last].end..<min(range.lowerBound, end)]
    return path.isEmpty && gap.contains(0x0A) && tokens[last].kind.endsStatement
      && frame.pipes.isEmpty
  }

  /// The place within a statement that is no pipeline.
  private func statementPlace(_ frame: Frame, _ last: Int) -> Place? {
    let first = text(statementStart)
    if last == statementStart {
      switch first {
      case "import": return .module
      case "let", "var", "def", "param", "for", "load", "check", "open": return .nothing
      default: return nil
      }
    }
    return nil
  }

  /// The place within a stage, outside of brackets.
  private mutating func stagePlace(_ last: Int) -> Place? {
    let kind = tokens[last].kind
    guard let stage else { return nil }
    let isFirst = frames[frames.count - 1].pipes.last == last - 1
    let word = kind == .name ? text(last) : ""
    let clauses = stageWords.dropFirst().filter { stage.clauses.contains($0) }
    beginsItem = clauses.isEmpty && (isFirst || kind == .comma || kind == .assign)
    if isFirst || (stageWords.count == 2 && stage.leadingWords.contains(word)) {
      switch stage {
      case .join, .lookup, .asof, .union: return .table
      case .drift: return isFirst ? .afterOperand : .table
      case .plot: return .afterOperand
      case .count, .describe: return .nothing
      case .take, .skip, .tail, .sample, .top: return self.word.isEmpty ? .nothing : .operand
      default: return .operand
      }
    }
    // After a comma `plot` has names of its own, such as `color =`.
    if stage == .plot, kind == .comma { return .afterOperand }
    return !isFirst && stage.clauses.contains(word) ? .operand : nil
  }

  private mutating func stringPlace(_ last: Int?) -> Place {
    guard let last else { return .nothing }
    let first = text(statementStart)
    if ["open", "load", "import"].contains(first) { return .path }
    if tokens[last].kind == .leftBracket, last > 0, tokens[last - 1].kind == .name,
      !tokens[last].followsSpace
    {
      return .key
    }
    if stage == .save, frames.last?.pipes.isEmpty == false { return .path }
    if tokens[last].kind == .leftParenthesis, last > 0, text(last - 1) == "read" { return .path }
    compared = comparison(last)
    return compared == nil ? .nothing : .text
  }

  /// The name before `["`, for a key.
  var keyOwner: String? {
    guard tokens.count >= 2 else { return nil }
    return text(tokens.count - 2)
  }

  /// The column at the left of `==`, `!=` or `in [` before a token.
  private func comparison(_ last: Int) -> [String]? {
    var index = last
    if let opener = frames.last?.opener, tokens[opener].kind == .leftBracket, opener > 0,
      tokens[opener - 1].kind == .in
    {
      index = opener - 1
      if index > 0, tokens[index - 1].kind == .not { index -= 1 }
    } else if ![.equal, .notEqual].contains(tokens[index].kind) {
      return nil
    }
    var names: [String] = []
    index -= 1
    while index >= 0, tokens[index].kind == .name || tokens[index].kind == .quotedName {
      names.insert(text(index).filter { $0 != "`" }, at: 0)
      guard index >= 2, tokens[index - 1].kind == .dot else { break }
      index -= 2
    }
    return names.isEmpty ? nil : names
  }

  /// The text of the statements before the present one.
  var textBefore: String { file.text(before) }

  /// The text of the pipeline whose rows the stage gets.
  var inputText: String? { input.map { file.text($0) } }
}

extension TokenKind {
  /// Whether a statement can end with the token.
  fileprivate var endsStatement: Bool {
    switch self {
    case .star: false
    default: endsOperand
    }
  }

  /// Whether something may follow the token without a space.
  fileprivate var isMark: Bool {
    switch self {
    case .integer, .float, .duration, .timestamp, .string, .interpolationEnd, .rightParenthesis,
      .rightBracket, .rightBrace, .namePattern, .quotedName:
      false
    default: true
    }
  }
}
