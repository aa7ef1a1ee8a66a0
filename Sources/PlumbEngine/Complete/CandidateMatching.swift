/// Finds how well texts match a word that is being typed.
///
/// Letters of either case match; a quote before a text is passed over.
struct WordMatcher {
  private let word: [UInt8]
  private let folded: [UInt8]
  private let isASCII: Bool

  init(_ word: String) {
    isASCII = word.utf8.allSatisfy { $0 < 0x80 }
    self.word = Array(word.utf8)
    folded = isASCII ? self.word.map(Self.folded) : Array(word.lowercased().utf8)
  }

  /// The number of ranks that there are.
  static let rankCount = 4

  /// How likely a text is meant, less is likelier: 0 for one that begins with the word, 1 in the
  /// other case, 2 where a part of it begins so, 3 where it is in its middle. Nil is not at all.
  func rank(of text: String) -> Int? {
    guard !folded.isEmpty else { return 0 }
    var text = isASCII ? text : text.lowercased()
    return text.withUTF8 { rank($0) }
  }

  private func rank(_ all: UnsafeBufferPointer<UInt8>) -> Int? {
    var text = all[...]
    if let first = text.first, Self.isQuote(first) { text = text.dropFirst() }
    let last = text.endIndex - folded.count
    guard last >= text.startIndex else { return nil }
    if holds(all, at: text.startIndex) {
      return word.indices.allSatisfy { all[text.startIndex + $0] == word[$0] } ? 0 : 1
    }
    var best: Int?
    var start = text.startIndex + 1
    while start <= last {
      if holds(all, at: start) {
        if Self.isBoundary(all[start - 1]) { return 2 }
        best = 3
      }
      start += 1
    }
    return best
  }

  @inline(__always)
  private func holds(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    guard Self.folded(text[start]) == folded[0] else { return false }
    for index in 1..<max(1, folded.count)
    where Self.folded(text[start + index]) != folded[index] { return false }
    return true
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == 0x60 || byte == 0x22 || byte == 0x27
  }

  /// Whether a part of a name may begin behind the byte.
  private static func isBoundary(_ byte: UInt8) -> Bool {
    let letter = folded(byte)
    return !(0x61...0x7A).contains(letter) && !(0x30...0x39).contains(letter) && letter < 0x80
  }

  @inline(__always)
  private static func folded(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}

/// Candidates in the order of their ranks, those of one rank in the order in which they came.
struct RankedCandidates {
  private var ranked = [[CompletionCandidate]](repeating: [], count: WordMatcher.rankCount)
  private let matcher: WordMatcher

  init(_ word: String) { matcher = WordMatcher(word) }

  /// Adds a candidate if it matches.
  mutating func add(_ candidate: CompletionCandidate) {
    guard let rank = matcher.rank(of: candidate.text) else { return }
    // The middle of a word says nothing of a word of the language.
    if rank == 3, candidate.kind.isOfLanguage { return }
    ranked[rank].append(candidate)
  }

  /// Adds what `make` gives if `name` matches: saves making those that do not.
  mutating func add(_ name: String, _ make: () -> CompletionCandidate) {
    if let rank = matcher.rank(of: name) { ranked[rank].append(make()) }
  }

  var all: [CompletionCandidate] { ranked.flatMap { $0 } }
}

extension Array where Element == CompletionCandidate {
  /// The candidates that a typed word may become, the likeliest first: those that begin with it,
  /// then those with a part that does, then those that hold it; each in their order here.
  package func matching(_ word: String) -> [CompletionCandidate] {
    guard !word.isEmpty else { return self }
    var ranked = RankedCandidates(word)
    for candidate in self { ranked.add(candidate) }
    return ranked.all
  }
}

extension CompletionCandidate.Kind {
  fileprivate var isOfLanguage: Bool {
    switch self {
    case .function, .stage, .keyword, .option, .command: true
    case .column, .family, .table, .variable, .value, .module, .file: false
    }
  }
}
