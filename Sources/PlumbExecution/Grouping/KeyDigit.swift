/// Where the digit of a key stands in a packed key: 0 for null, else 1 + value - low.
struct KeyDigit {
  var low = 0
  /// The values that have a digit, null not counted; 0 when no layout has been made.
  var span: UInt64 = 0
  /// What lies between values that follow each other: the digit counts steps.
  var step = ExactDivisor.one
  /// What the digit is multiplied by in a slot.
  var stride: UInt64 = 1
  /// How far the digit is shifted in a packed word.
  var shift: UInt64 = 0

  func covers(_ source: KeySource) -> Bool {
    if source.isOffSteps { return false }
    if source.low > source.high { return true }
    guard span > 0, source.low >= low else { return false }
    return quotient(source.high) < span
  }

  /// How many steps a word is above the least.
  func quotient(_ word: Int) -> UInt64 { step.quotient(UInt64(bitPattern: Int64(word &- low))) }

  /// The digit of a word that is within the span.
  func digit(_ word: Int) -> UInt64 { quotient(word) &+ 1 }

  func word(_ digit: UInt64) -> Int {
    low &+ Int(truncatingIfNeeded: (digit &- 1) &* step.value)
  }
}
