import PlumbColumns

/// One of the first keys of a sort, as words: the earlier a row comes, the greater its word.
struct LeadingKey {
  private let order: OrderWords
  /// The dictionary of which all texts are to be: only among those do places compare.
  private var dictionary: TextDictionary?
  private var ranks: [UInt32] = []
  /// The words of the batch that was read last.
  private(set) var words = Buffer<Int>(count: 0)
  /// Whether they compare with those of other batches; if not, all are the greatest.
  private(set) var isComparable = true
  /// The least word with which a row can still be among the first.
  var bound = Int.min

  init(isDescending: Bool) { order = OrderWords(isDescending: isDescending) }

  /// Whether the words of a type are more than a constant.
  static func canRead(_ type: DataType) -> Bool {
    OrderWords.isStreamed(type) || type == .string
  }

  /// Reads the key of a batch.
  mutating func read(_ key: Column, control: RunControl) throws(RunControl.Interruption) {
    if words.count < key.count { words = Buffer(count: key.count) }
    guard !OrderWords.isStreamed(key.type) else { return order.write(key, to: words.base) }
    isComparable = false
    guard key.type == .string else {
      return words.base.update(repeating: .max, count: key.count)
    }
    let (codes, dictionary) = key.codes()
    if self.dictionary == nil {
      self.dictionary = dictionary
      ranks = try dictionary.ranks(control: control)
    }
    guard dictionary === self.dictionary else {
      return words.base.update(repeating: .max, count: key.count)
    }
    isComparable = true
    let (source, target) = (codes.pointer, words.base)
    let flip = order.isDescending ? 0 : -1
    ranks.withUnsafeBufferPointer { ranks in
      for row in 0..<codes.count { target[row] = Int(ranks[Int(source[row])]) ^ flip }
    }
    withExtendedLifetime(codes) {}
    key.validity?.forEachClear { target[$0] = .min }
  }

  /// The word of a key of one row, if it compares with those that were read.
  func word(of key: Column) -> Int? {
    var word = Int.min
    if OrderWords.isStreamed(key.type) {
      order.write(key, to: &word)
      return word
    }
    guard key.type == .string, let dictionary else { return nil }
    if key.isNull(0) { return .min }
    let (codes, own) = key.codes()
    guard own === dictionary else { return nil }
    return Int(ranks[Int(codes[0])]) ^ (order.isDescending ? 0 : -1)
  }
}
