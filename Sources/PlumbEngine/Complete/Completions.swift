/// What a word of a program may become: what a shell, a notebook or an editor offers.
package struct Completions: Sendable, Hashable {
  /// The bytes of the text that a candidate replaces.
  package let range: Range<Int>
  /// The best first.
  package let candidates: [CompletionCandidate]

  package init(range: Range<Int>, candidates: [CompletionCandidate]) {
    self.range = range
    self.candidates = candidates
  }
}

/// One of the things that a word may become.
package struct CompletionCandidate: Sendable, Hashable {
  /// What stands in place of the word.
  package let text: String
  package let kind: Kind
  /// The type of a column or variable, the signature of a function; may be empty.
  package let type: String
  /// One sentence; may be empty.
  package let summary: String

  /// What a candidate is.
  package enum Kind: String, Sendable, Hashable {
    case column, family, table, variable, function, stage, keyword, option, value, module, file
    case command
  }

  package init(_ text: String, _ kind: Kind, type: String = "", summary: String = "") {
    self.text = text
    self.kind = kind
    self.type = type
    self.summary = summary
  }
}
