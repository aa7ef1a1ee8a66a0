import PlumbColumns

/// The least or greatest text of each group.
///
/// Within a dictionary, texts are compared by their ranks in it; only where a group's best comes
/// from another dictionary are bytes compared.
final class TextExtremeAccumulator: Accumulator {
  /// A text: a code within one of the dictionaries seen.
  private struct Best: BitwiseCopyable {
    var code: UInt32
    /// From 1; 0 where there is no text yet.
    var dictionary: UInt32
  }

  private let isMax: Bool
  private var states = GroupStates(empty: Best(code: 0, dictionary: 0))
  private var dictionaries: [TextDictionary] = []

  init(isMax: Bool) { self.isMax = isMax }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let column = input.columns[0].materialized()
    switch column.storage {
    case .text8(let codes, let dictionary): fold(codes.pointer, input, dictionary)
    case .text16(let codes, let dictionary): fold(codes.pointer, input, dictionary)
    case .text32(let codes, let dictionary): fold(codes.pointer, input, dictionary)
    case .int8, .int16, .int32, .int64, .bool, .float, .list, .record, .constant: break
    }
    withExtendedLifetime(column) {}
  }

  @inline(__always)
  private func fold<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ codes: UnsafePointer<Code>, _ input: AccumulatorInput, _ dictionary: TextDictionary
  ) {
    let current = number(of: dictionary)
    let base = states.base
    // Ranks turned round for `max`, so that one loop looks for the least.
    let flip: UInt32 = isMax ? .max : 0
    dictionary.ranks.withUnsafeBufferPointer { ranks in
      for row in 0..<input.count {
        let group = input.groups.map { Int($0[row]) } ?? 0
        let code = UInt32(truncatingIfNeeded: codes[row])
        let best = base[group]
        if best.dictionary == current {
          if ranks[Int(code)] ^ flip < ranks[Int(best.code)] ^ flip { base[group].code = code }
        } else if best.dictionary == 0
          || isBetter(dictionary.utf8(Int(code)), than: best)
        {
          base[group] = Best(code: code, dictionary: current)
        }
      }
    }
  }

  private func isBetter(_ text: UnsafeBufferPointer<UInt8>, than best: Best) -> Bool {
    let other = dictionaries[Int(best.dictionary) - 1].utf8(Int(best.code))
    return isMax ? lessText(other, text) : lessText(text, other)
  }

  /// The number of a dictionary, a new one if it was not seen. When there are many (one for each
  /// batch of a computed text), the winners move into one of their own.
  private func number(of dictionary: TextDictionary) -> UInt32 {
    if let known = dictionaries.lastIndex(where: { $0 === dictionary }) { return UInt32(known + 1) }
    if dictionaries.count >= 32 { gatherWinners() }
    dictionaries.append(dictionary)
    return UInt32(dictionaries.count)
  }

  private func gatherWinners() {
    var interner = TextInterner()
    for group in 0..<states.count where states[group].dictionary > 0 {
      let best = states[group]
      let text = dictionaries[Int(best.dictionary) - 1].utf8(Int(best.code))
      states[group] = Best(code: interner.intern(text), dictionary: 1)
    }
    dictionaries = [interner.finish()]
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? TextExtremeAccumulator, let last = groups.max() else { return }
    resize(groupCount: Int(last) + 1)
    for (source, target) in groups.enumerated() where source < other.states.count {
      let candidate = other.states[source]
      guard candidate.dictionary > 0 else { continue }
      let dictionary = other.dictionaries[Int(candidate.dictionary) - 1]
      let best = states[Int(target)]
      if best.dictionary == 0 || isBetter(dictionary.utf8(Int(candidate.code)), than: best) {
        let current = number(of: dictionary)
        states[Int(target)] = Best(code: candidate.code, dictionary: current)
      }
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    if dictionaries.count > 1 { gatherWinners() }
    let codes = Buffer<UInt32>(count: groupCount)
    var validity = ValidityBuilder()
    for group in 0..<groupCount {
      codes.base[group] = states[group].code
      if states[group].dictionary > 0 { validity.appendValid() } else { validity.appendNull() }
    }
    guard let dictionary = dictionaries.first, dictionary.count > 0 else {
      return .nulls(.string, count: groupCount)
    }
    return Column(
      type: .string, count: groupCount, storage: .text(Values(codes), dictionary),
      validity: validity.finish())
  }
}
