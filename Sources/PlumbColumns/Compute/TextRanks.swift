/// The position of each text of a dictionary in the order of texts, equal texts sharing one.
///
/// Texts are sorted as numbers by the eight bytes behind what all have in common; only those
/// that agree there are compared.
package func textRanks(
  _ dictionary: TextDictionary, control: RunControl
) throws(RunControl.Interruption) -> [UInt32] {
  let count = dictionary.count
  let shared = sharedPrefixLength(dictionary)
  let words = Buffer<UInt64>(count: count)
  for code in 0..<count { words.base[code] = eightBytes(dictionary.utf8(code), from: shared) }
  let order = try radixSortedPositions(words, bitCount: 64, control: control)
  var ranks = [UInt32](repeating: 0, count: count)
  var rank: UInt32 = 0
  var start = 0
  while start < count {
    let word = words.base[Int(order[start])]
    var end = start + 1
    while end < count, words.base[Int(order[end])] == word { end += 1 }
    var run = (start..<end).map { Int(order[$0]) }
    try sortRun(&run, dictionary, control)
    for (index, code) in run.enumerated() {
      if index > 0, !equalTexts(dictionary.utf8(run[index - 1]), dictionary.utf8(code)) {
        rank += 1
      }
      ranks[code] = rank
    }
    rank += 1
    start = end
  }
  return ranks
}

private func sortRun(
  _ run: inout [Int], _ dictionary: TextDictionary, _ control: RunControl
) throws(RunControl.Interruption) {
  guard run.count > 1 else { return }
  var comparisons = 0
  do {
    try run.sort { a, b in
      comparisons += 1
      if comparisons & 0xFFF == 0 { try control.check() }
      return lessText(dictionary.utf8(a), dictionary.utf8(b))
    }
  } catch let interruption as RunControl.Interruption {
    throw interruption
  } catch {
    throw .cancelled
  }
}

/// The number of bytes that all texts begin with.
private func sharedPrefixLength(_ dictionary: TextDictionary) -> Int {
  guard dictionary.count > 0 else { return 0 }
  let first = dictionary.utf8(0)
  var shared = first.count
  for code in 1..<max(1, dictionary.count) {
    let text = dictionary.utf8(code)
    var length = 0
    let limit = min(shared, text.count)
    while length < limit, text[length] == first[length] { length += 1 }
    shared = length
    if shared == 0 { return 0 }
  }
  return shared
}

/// Eight bytes as a number that orders as they do; 0 past the end.
private func eightBytes(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
  var word: UInt64 = 0
  for index in start..<(start + 8) {
    word = word << 8 | (index < text.count ? UInt64(text[index]) : 0)
  }
  return word
}
