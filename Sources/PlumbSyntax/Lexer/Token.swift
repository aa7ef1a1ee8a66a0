/// What a token is.
package enum TokenKind: UInt8, Sendable, Hashable, CaseIterable {
  // Words and values.
  case name, quotedName, variable
  case integer, float, duration, timestamp, string
  /// `/regex/` where a column selector can stand.
  case namePattern

  // The pieces of an interpolated string.
  /// `f"`
  case interpolationStart
  /// Text between the quotes and the braces.
  case interpolationText
  /// `{`
  case interpolationOpen
  /// The format after `:`, the colon included.
  case interpolationFormat
  /// `}`
  case interpolationClose
  /// The closing quote.
  case interpolationEnd

  // Reserved words.
  case and, or, not, `in`, between, `if`, then, `else`, `case`, fn, `true`, `false`, null

  // Brackets and separators.
  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, semicolon, colon, dot, assign, arrow, pipe

  // Operators.
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, match, notMatch
  case coalesce, range, plus, minus, star, slash, doubleSlash, percent, power

  /// Text that is no token; the error is already reported.
  case invalid
  case endOfFile

  /// Whether the token opens what ``closes`` closes.
  package var opens: Bool {
    switch self {
    case .leftParenthesis, .leftBracket, .leftBrace, .interpolationStart, .interpolationOpen: true
    default: false
    }
  }

  /// Whether the token closes a bracket, a brace or a piece of an interpolated string.
  package var closes: Bool {
    switch self {
    case .rightParenthesis, .rightBracket, .rightBrace, .interpolationClose, .interpolationEnd: true
    default: false
    }
  }

  /// Whether the token is one of the words that are reserved everywhere.
  package var isReservedWord: Bool {
    switch self {
    case .and, .or, .not, .in, .between, .if, .then, .else, .case, .fn, .true, .false, .null: true
    default: false
    }
  }
}

/// A token: its kind, where it stands, and what stands before it.
package struct Token: Sendable {
  package let kind: TokenKind
  /// Whether a line ends between the token before and this one.
  package let startsLine: Bool
  /// Whether anything, a line end included, stands between the token before and this one.
  package let followsSpace: Bool
  private let startOffset: UInt32
  private let endOffset: UInt32

  /// The offset of the first byte.
  package var start: Int { Int(startOffset) }
  /// The offset after the last byte.
  package var end: Int { Int(endOffset) }

  init(_ kind: TokenKind, _ start: Int, _ end: Int, startsLine: Bool, followsSpace: Bool) {
    self.kind = kind
    self.startsLine = startsLine
    self.followsSpace = followsSpace
    startOffset = UInt32(clamping: start)
    endOffset = UInt32(clamping: end)
  }
}

/// A comment, kept apart from the tokens for documentation and for the formatter.
package struct Comment: Sendable {
  /// The bytes from `#` up to the line end.
  package let range: Range<Int>
  /// The index of the token that follows.
  package let nextToken: Int
  /// Whether nothing but white space stands before it on its line.
  package let isOwnLine: Bool
  /// Whether it begins with exactly two `#`.
  package let isDocumentation: Bool
}

/// What the lexer makes of a text.
package struct TokenStream: Sendable {
  /// The tokens in order; the last is always ``TokenKind/endOfFile``.
  package var tokens: [Token]
  /// The comments in order.
  package var comments: [Comment]
}
