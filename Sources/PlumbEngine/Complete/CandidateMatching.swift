extension Array where Element == CompletionCandidate {
  /// The candidates that a typed word may become, the likeliest first: those that begin with it,
  /// then those with a part that does, then those that hold it; each in their order here.
  ///
  /// Letters of either case match; quotes around a candidate are passed over.
  package func matching(_ word: String) -> [CompletionCandidate] {
    guard !word.isEmpty else { return self }
    let wanted = Array<UInt8>(word.lowercased().utf8)
    var ranked: [[CompletionCandidate]] = [[], [], [], []]
    for candidate in self {
      guard let rank = rank(of: candidate.text, wanted, word) else { continue }
      // The middle of a word says nothing of a word of the language.
      if rank == 3, candidate.kind.isOfLanguage { continue }
      ranked[rank].append(candidate)
    }
    return ranked.flatMap { $0 }
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

/// How well a text matches; less is better, nil is not at all.
private func rank(of text: String, _ wanted: [UInt8], _ word: String) -> Int? {
  var letters = [UInt8](text.lowercased().utf8)
  if let first = letters.first, [0x60, 0x22, 0x27].contains(first) { letters.removeFirst() }
  guard letters.count >= wanted.count else { return nil }
  if letters.starts(with: wanted) { return text.hasPrefix(word) ? 0 : 1 }
  var best: Int?
  for start in 1..<Swift.max(2, letters.count - wanted.count + 1)
  where start + wanted.count <= letters.count
    && letters[start..<start + wanted.count].elementsEqual(wanted)
  {
    let before = letters[start - 1]
    let isPart = !(0x61...0x7A).contains(before) && !(0x30...0x39).contains(before) && before < 0x80
    if isPart { return 2 }
    best = 3
  }
  return best
}
