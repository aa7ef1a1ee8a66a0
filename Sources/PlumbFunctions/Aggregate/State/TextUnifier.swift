import PlumbColumns

/// Gives equal texts equal codes across dictionaries.
///
/// A table's text column has one dictionary, whose codes are then used as they are. Only when
/// another one turns up (texts computed batch by batch, a union) are texts looked up.
final class TextUnifier {
  /// The first dictionary, whose codes stay what they are; absent if it repeats texts.
  private var primary: TextDictionary?
  private var interner: TextInterner?
  private var maps: [(dictionary: TextDictionary, codes: [UInt32])] = []

  /// The number of codes given out.
  var count: Int { interner?.count ?? primary?.count ?? 0 }

  /// The unified code of each code of `dictionary`; absent when they are the same.
  func map(_ dictionary: TextDictionary) -> [UInt32]? {
    if dictionary === primary { return nil }
    if primary == nil, interner == nil, dictionary.isUnique {
      primary = dictionary
      return nil
    }
    if let known = maps.first(where: { $0.dictionary === dictionary }) { return known.codes }
    if interner == nil { startInterner() }
    var codes = [UInt32](repeating: 0, count: dictionary.count)
    for code in 0..<dictionary.count {
      codes[code] = interner?.intern(dictionary.utf8(code)) ?? 0
    }
    if maps.count == 8 { maps.removeFirst() }
    maps.append((dictionary, codes))
    return codes
  }

  private func startInterner() {
    var fresh = TextInterner()
    if let primary {
      // In order and without repeats, so each gets the code that it has.
      for code in 0..<primary.count { _ = fresh.intern(primary.utf8(code)) }
    }
    interner = consume fresh
  }

  /// The dictionary of the unified codes. Ends the unifier's use.
  func finish() -> TextDictionary {
    if let interner = interner.take() { return interner.finish() }
    return primary ?? .empty
  }
}
