import PlumbColumns
import Synchronization

/// Gives each distinct combination of keys a number, in order of first appearance.
///
/// Each key becomes an integer (`KeyEncoder`) and, by what is known of the range and of what all
/// values are multiples of, a digit. Where the product of the ranges is small the digits form the index into an array (direct
/// addressing); else, where they fit 64 bits, one word that is looked up by its hash; else all the
/// integers are hashed. The ranges grow with the data; then the table is laid out anew. Null is a
/// key of its own, and so are all NaN together.
///
/// One thread adds; once nothing is added any more, any number of threads may `find`.
final class KeyTable {
  private let encoders: [KeyEncoder]
  /// The number of distinct keys so far.
  private(set) var count = 0
  private var mode = Mode.none
  private let directLimit: UInt64
  /// The packed word of each group, in packed mode.
  private var packedKeys = WordList()
  private var scratch = Scratch()
  /// For a lone text key: the group of each text of the dictionary that was last looked up.
  private let textGroups: Mutex<TextGroups?> = Mutex(nil)

  private struct TextGroups {
    let dictionary: TextDictionary
    let groups: Buffer<UInt32>
  }

  private enum Mode {
    /// No layout has been made.
    case none
    /// The number of the group in each slot, `UInt32.max` where there is none.
    case direct(Buffer<UInt32>)
    case packed(WordIndex)
    case wide(WordIndex)
  }

  /// `expectedRows` bounds what direct addressing may cost.
  init(types: [DataType], expectedRows: Int) {
    encoders = types.map { KeyEncoder(type: $0) }
    directLimit = UInt64(min(max(expectedRows * 2, 1 << 12), 1 << 22))
  }

  /// Whether there are no keys, so that all rows are of one group.
  var hasNoKeys: Bool { encoders.isEmpty }

  /// The keys of all groups, in the order of their numbers.
  ///
  /// Nothing may be added afterwards.
  func keyColumns() -> [Column] { encoders.map { $0.column(count: count) } }

  /// Writes the group of each row; new combinations get new numbers.
  func insert(_ keys: [Column], count rows: Int, into groups: UnsafeMutablePointer<UInt32>) {
    guard rows > 0 else { return }
    guard !hasNoKeys else {
      count = 1
      groups.update(repeating: 0, count: rows)
      return
    }
    let sources = zip(encoders, keys).map { $0.source($1) }
    switch mode {
    case .none: layOut(sources)
    case .wide: break
    case .direct, .packed:
      if zip(encoders, sources).contains(where: { !$0.digit.covers($1) }) { layOut(sources) }
    }
    switch mode {
    case .none: break
    case .direct(let table): insertDirect(sources, rows, table.base, groups)
    case .packed: insertPacked(sources, rows, groups)
    case .wide: insertWide(sources, rows, groups)
    }
    withExtendedLifetime(sources) {}
  }

  /// Takes in the keys of a table over later rows; its group `i` is `result[i]` here.
  func merge(_ other: KeyTable) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: other.count) { target, filled in
      filled = other.count
      guard other.count > 0, let base = target.baseAddress else { return }
      insert(other.keyColumns(), count: other.count, into: base)
    }
  }

  // MARK: Layout

  /// Makes digits that cover all groups and the given rows, and enters all groups again.
  private func layOut(_ sources: [KeySource]) {
    let isFirst = if case .none = mode { true } else { false }
    for (encoder, source) in zip(encoders, sources) {
      encoder.dropStep()
      encoder.widen(for: source, withSlack: !isFirst)
    }
    var isDirect = assignStrides()
    // With slack, keys that grow from batch to batch are seldom laid out anew.
    let wideDigits = encoders.map(\.digit)
    if !isDirect {
      for (encoder, source) in zip(encoders, sources) { encoder.tighten(source) }
      isDirect = assignStrides() || assignSteps(sources, withSlack: !isFirst)
    }
    if isDirect {
      let slotCount = encoders.reduce(1) { $0 * ($1.digit.span + 1) }
      let table = Buffer<UInt32>(repeating: .max, count: Int(slotCount))
      for group in 0..<count { table.base[Int(slot(of: group))] = UInt32(group) }
      mode = .direct(table)
    } else if assignShifts(wideDigits) {
      layOutPacked()
    } else {
      mode = .wide(WordIndex(capacity: max(1024, count * 2)))
      if case .wide(let index) = mode {
        for group in 0..<count { index.insertNew(group, hash: wideHash(of: group)) }
      }
    }
  }

  private func layOutPacked() {
    let index = WordIndex(capacity: max(1024, count * 2))
    packedKeys = WordList()
    for group in 0..<count {
      let packed = encoders.reduce(0 as UInt64) {
        $0 | $1.digit(of: group) << $1.digit.shift
      }
      packedKeys.append(Int(truncatingIfNeeded: packed), isNull: false)
      index.insertNew(group, hash: wordHash(packed))
    }
    mode = .packed(index)
  }

  /// Whether direct addressing is possible; gives each key its stride.
  private func assignStrides() -> Bool {
    var stride: UInt64 = 1
    for encoder in encoders.reversed() {
      encoder.digit.stride = stride
      let (size, overflow) = encoder.digit.span.addingReportingOverflow(1)
      if overflow || size > directLimit { return false }
      stride *= size
      if stride > directLimit { return false }
    }
    return true
  }

  /// Whether direct addressing is possible in steps.
  private func assignSteps(_ sources: [KeySource], withSlack: Bool) -> Bool {
    let single = encoders.map(\.digit)
    for (encoder, source) in zip(encoders, sources) {
      encoder.takeSteps(source, limit: directLimit)
    }
    if withSlack {
      let tight = encoders.map(\.digit)
      for encoder in encoders { encoder.extendSteps() }
      if assignStrides() { return true }
      for (encoder, digit) in zip(encoders, tight) { encoder.digit = digit }
    }
    if assignStrides() { return true }
    for (encoder, digit) in zip(encoders, single) { encoder.digit = digit }
    return false
  }

  /// Whether all digits fit one word, those given or else the present ones; gives each key its
  /// place.
  private func assignShifts(_ digits: [KeyDigit]) -> Bool {
    let present = encoders.map(\.digit)
    for (encoder, digit) in zip(encoders, digits) { encoder.digit = digit }
    if assignShifts() { return true }
    for (encoder, digit) in zip(encoders, present) { encoder.digit = digit }
    return assignShifts()
  }

  private func assignShifts() -> Bool {
    var shift: UInt64 = 0
    for encoder in encoders.reversed() {
      encoder.digit.shift = shift
      // A digit is at most the span, 0 being null.
      shift += UInt64(64 - encoder.digit.span.leadingZeroBitCount)
      if shift > 64 || encoder.digit.span == .max { return false }
    }
    return true
  }

  private func slot(of group: Int) -> UInt64 {
    encoders.reduce(0) { $0 + $1.digit(of: group) * $1.digit.stride }
  }

  // MARK: Direct addressing

  private func insertDirect(
    _ sources: [KeySource], _ rows: Int, _ table: UnsafeMutablePointer<UInt32>,
    _ groups: UnsafeMutablePointer<UInt32>
  ) {
    if sources.count == 1, sources[0].validity == nil, encoders[0].digit.step.value == 1 {
      return insertLoneKey(sources[0], table, groups)
    }
    // The slots are written where the groups will be.
    for index in sources.indices {
      sources[index].addSlots(encoders[index].digit, isFirst: index == 0, to: groups)
    }
    for row in 0..<rows {
      let slot = Int(groups[row])
      var group = table[slot]
      if group == .max {
        group = UInt32(truncatingIfNeeded: count)
        table[slot] = group
        appendGroup(slot: UInt64(slot))
      }
      groups[row] = group
    }
  }

  private func insertLoneKey(
    _ source: KeySource, _ table: UnsafeMutablePointer<UInt32>,
    _ groups: UnsafeMutablePointer<UInt32>
  ) {
    switch source.layout {
    case .int8(let values): insertLoneKey(values, source.count, table, groups)
    case .int16(let values): insertLoneKey(values, source.count, table, groups)
    case .int32(let values): insertLoneKey(values, source.count, table, groups)
    case .int64(let values): insertLoneKey(values, source.count, table, groups)
    case .uint8(let values): insertLoneKey(values, source.count, table, groups)
    case .uint16(let values): insertLoneKey(values, source.count, table, groups)
    case .uint32(let values): insertLoneKey(values, source.count, table, groups)
    }
  }

  @inline(__always)
  private func insertLoneKey<Integer: FixedWidthInteger>(
    _ values: UnsafePointer<Integer>, _ rows: Int, _ table: UnsafeMutablePointer<UInt32>,
    _ groups: UnsafeMutablePointer<UInt32>
  ) {
    let base = encoders[0].digit.low &- 1
    var row = 0
    while row < rows {
      // Rows of known groups in blocks: a comparison for each block, not for each row.
      while row &+ 8 <= rows {
        var newest: UInt32 = 0
        for lane in 0..<8 {
          let group = table[Int(truncatingIfNeeded: values[row &+ lane]) &- base]
          newest = group > newest ? group : newest
          groups[row &+ lane] = group
        }
        guard newest != .max else { break }
        row &+= 8
      }
      let end = min(rows, row &+ 8)
      while row < end {
        let slot = Int(truncatingIfNeeded: values[row]) &- base
        var group = table[slot]
        if group == .max {
          group = UInt32(truncatingIfNeeded: count)
          table[slot] = group
          appendGroup(slot: UInt64(truncatingIfNeeded: slot))
        }
        groups[row] = group
        row &+= 1
      }
    }
  }

  /// Notes the keys of a new group, which its slot tells.
  @inline(never)
  private func appendGroup(slot: UInt64) {
    var rest = slot
    for encoder in encoders {
      let digit = rest / encoder.digit.stride
      rest %= encoder.digit.stride
      encoder.appendWord(encoder.digit.word(digit), isNull: digit == 0)
    }
    count += 1
  }

  // MARK: One word

  private func insertPacked(
    _ sources: [KeySource], _ rows: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    let packed = scratch.words(rows)
    for index in sources.indices {
      sources[index].addPacked(
        encoders[index].digit, isFirst: index == 0, isClamped: false, to: packed)
    }
    guard case .packed(var index) = mode else { return }
    var lastWord = ~packed[0]
    var lastGroup: UInt32 = 0
    for row in 0..<rows {
      let word = packed[row]
      if word == lastWord {
        groups[row] = lastGroup
        continue
      }
      let hash = wordHash(word)
      let keys = packedKeys.base
      let found = index.find(hash) { UInt64(bitPattern: Int64(keys[$0])) == word }
      lastWord = word
      if found >= 0 {
        lastGroup = UInt32(truncatingIfNeeded: found)
      } else {
        lastGroup = UInt32(truncatingIfNeeded: count)
        appendGroup(packed: word)
        if count > index.capacity {
          index = WordIndex(capacity: count * 2)
          for group in 0..<count {
            index.insertNew(
              group, hash: wordHash(UInt64(bitPattern: Int64(packedKeys[group]))))
          }
          mode = .packed(index)
        } else {
          index.fill(found, count - 1, hash: hash)
        }
      }
      groups[row] = lastGroup
    }
  }

  @inline(never)
  private func appendGroup(packed: UInt64) {
    packedKeys.append(Int(truncatingIfNeeded: packed), isNull: false)
    for encoder in encoders {
      let bits = UInt64(64 - encoder.digit.span.leadingZeroBitCount)
      let mask = bits == 64 ? ~0 : (1 as UInt64) << bits - 1
      let digit = packed >> encoder.digit.shift & mask
      encoder.appendWord(encoder.digit.word(digit), isNull: digit == 0)
    }
    count += 1
  }

  // MARK: Many words

  private func insertWide(
    _ sources: [KeySource], _ rows: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    guard case .wide(var index) = mode else { return }
    let hashes = scratch.words(rows)
    wideHashes(sources, rows, hashes)
    for row in 0..<rows {
      let found = index.find(hashes[row]) { isGroup($0, sources, row) }
      if found >= 0 {
        groups[row] = UInt32(truncatingIfNeeded: found)
        continue
      }
      groups[row] = UInt32(truncatingIfNeeded: count)
      for (encoder, source) in zip(encoders, sources) {
        encoder.appendWord(source.word(row), isNull: source.isNull(row))
      }
      count += 1
      if count > index.capacity {
        index = WordIndex(capacity: count * 2)
        for group in 0..<count { index.insertNew(group, hash: wideHash(of: group)) }
        mode = .wide(index)
      } else {
        index.fill(found, count - 1, hash: hashes[row])
      }
    }
  }

  private func isGroup(_ group: Int, _ sources: [KeySource], _ row: Int) -> Bool {
    for index in sources.indices {
      let words = encoders[index].words
      if sources[index].isNull(row) {
        if !words.isNull(group) { return false }
      } else if words[group] != sources[index].word(row) || words.isNull(group) {
        return false
      }
    }
    return true
  }

  private static let nullWord: UInt64 = 0x1B87_3593_CC9E_2D51

  private func wideHashes(
    _ sources: [KeySource], _ rows: Int, _ hashes: UnsafeMutablePointer<UInt64>
  ) {
    hashes.update(repeating: 0, count: rows)
    for source in sources {
      for row in 0..<rows {
        let word =
          source.isNull(row) ? Self.nullWord : UInt64(bitPattern: Int64(source.word(row)))
        hashes[row] = wordHash(hashes[row] &* 3 ^ word)
      }
    }
  }

  private func wideHash(of group: Int) -> UInt64 {
    encoders.reduce(0) { hash, encoder in
      let word =
        encoder.words.isNull(group)
        ? Self.nullWord : UInt64(bitPattern: Int64(encoder.words[group]))
      return wordHash(hash &* 3 ^ word)
    }
  }

  // MARK: Looking up

  /// Writes the group of each row, `UInt32.max` where there is none.
  ///
  /// A null key has none.
  func find(_ keys: [Column], count rows: Int, into groups: UnsafeMutablePointer<UInt32>) {
    guard rows > 0 else { return }
    if encoders.count == 1, findTexts(keys[0], groups) { return }
    findAll(keys, count: rows, into: groups)
  }

  /// Looks a lone text key up by its code; false where the dictionary has many more texts than
  /// there are rows, so that most would be looked up in vain.
  private func findTexts(_ column: Column, _ groups: UnsafeMutablePointer<UInt32>) -> Bool {
    let dictionary: TextDictionary
    switch column.storage {
    case .text8(_, let known), .text16(_, let known), .text32(_, let known): dictionary = known
    case .int8, .int16, .int32, .int64, .float, .bool, .list, .record, .constant: return false
    }
    guard dictionary.count <= max(1 << 14, column.count * 4) else { return false }
    let known = groupOfEachText(dictionary)
    switch column.storage {
    case .text8(let codes, _): translate(codes, known.base, groups)
    case .text16(let codes, _): translate(codes, known.base, groups)
    case .text32(let codes, _): translate(codes, known.base, groups)
    case .int8, .int16, .int32, .int64, .float, .bool, .list, .record, .constant: break
    }
    column.validity?.forEachClear { groups[$0] = .max }
    withExtendedLifetime(known) {}
    return true
  }

  private func groupOfEachText(_ dictionary: TextDictionary) -> Buffer<UInt32> {
    textGroups.withLock { known in
      if let known, known.dictionary === dictionary { return known.groups }
      let count = dictionary.count
      // Null rows have code 0, also where there is no text at all.
      let groups = Buffer<UInt32>(repeating: .max, count: max(1, count))
      let codes = Buffer<UInt32>(count: count)
      for code in 0..<count { codes.base[code] = UInt32(truncatingIfNeeded: code) }
      let texts = Column(
        type: .string, count: count, storage: .text32(Values(codes), dictionary))
      if count > 0 { findAll([texts], count: count, into: groups.base) }
      known = TextGroups(dictionary: dictionary, groups: groups)
      return groups
    }
  }

  private func findAll(
    _ keys: [Column], count rows: Int, into groups: UnsafeMutablePointer<UInt32>
  ) {
    let sources = zip(encoders, keys).map { $0.knownSource($1) }
    switch mode {
    case .none: groups.update(repeating: .max, count: rows)
    case .direct(let table):
      for index in sources.indices {
        sources[index].addClampedSlots(encoders[index].digit, isFirst: index == 0, to: groups)
      }
      let slots = table.base
      for row in 0..<rows { groups[row] = slots[Int(groups[row])] }
    case .packed(let index): findPacked(sources, rows, index, groups)
    case .wide(let index):
      let hashes = Buffer<UInt64>(count: rows)
      wideHashes(sources, rows, hashes.base)
      for row in 0..<rows {
        let found = index.find(hashes.base[row]) { isGroup($0, sources, row) }
        groups[row] = found >= 0 ? UInt32(truncatingIfNeeded: found) : .max
      }
    }
    withExtendedLifetime(sources) {}
  }

  private func findPacked(
    _ sources: [KeySource], _ rows: Int, _ index: WordIndex,
    _ groups: UnsafeMutablePointer<UInt32>
  ) {
    let packed = Buffer<UInt64>(count: rows)
    for place in sources.indices {
      sources[place].addPacked(
        encoders[place].digit, isFirst: place == 0, isClamped: true, to: packed.base)
    }
    let keys = packedKeys.base
    for row in 0..<rows {
      let word = packed.base[row]
      let found = index.find(wordHash(word)) { UInt64(bitPattern: Int64(keys[$0])) == word }
      groups[row] = found >= 0 ? UInt32(truncatingIfNeeded: found) : .max
    }
    withExtendedLifetime(packed) {}
  }
}

/// Memory that is used again for each batch.
private struct Scratch {
  private var buffer = Buffer<UInt64>(count: 0)

  mutating func words(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    if buffer.count < count { buffer = Buffer(count: count) }
    return buffer.base
  }
}
