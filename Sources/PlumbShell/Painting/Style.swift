import PlumbSyntax

/// How a piece of text looks at the prompt.
enum Style: Sendable, Hashable {
  case plain
  case prompt
  /// The prompt of a continued line.
  case continuation
  case code(HighlightKind)
  /// A mistake that no further text mends.
  case mistake
  /// A bracket at the cursor, and the one that belongs to it.
  case bracket
  /// What is suggested and not yet typed, and other asides.
  case faint
  /// The chosen line of a menu.
  case chosen
  /// Names in a menu.
  case strong

  /// The parameters of the sequence that switches it on; nil for plain text.
  ///
  /// Only the 16 colours that every theme of a terminal defines are used.
  var parameters: String? {
    switch self {
    case .plain: nil
    case .prompt: "1;36"
    case .continuation, .faint: "90"
    case .mistake: "4;31"
    case .bracket: "1;7"
    case .chosen: "7"
    case .strong: "1"
    case .code(let kind):
      switch kind {
      case .keyword: "1;35"
      case .stage: "1;34"
      case .function: "36"
      case .variable: "36"
      case .string: "32"
      case .number, .constant: "33"
      case .symbol: nil
      case .comment: "90"
      case .invalid: "4;31"
      }
    }
  }
}

/// Text with its looks.
struct StyledText: Sendable, Hashable {
  var parts: [Part] = []

  struct Part: Sendable, Hashable {
    var text: String
    var style: Style
  }

  init() {}

  init(_ text: String, _ style: Style = .plain) { parts = [Part(text: text, style: style)] }

  mutating func append(_ text: String, _ style: Style = .plain) {
    parts.append(Part(text: text, style: style))
  }
}
