import PlumbColumns
import Synchronization

/// Gives each distinct combination of keys a number, in order of first appearance.
///
/// Each key becomes an integer (`KeyEncoder`) and, by what is known of the range and of what all
/// values are multiples of, a digit. Where the product of the ranges is small the digits form the
/// index into an array (direct addressing); else, where they fit 64 bits, one word that is looked
/// up by its hash; else all the integers are hashed. The ranges grow with the data; then the table
/// is laid out anew. Null is a key of its own, and so are all NaN together.
///
/// One thread adds; once nothing is added any more, any number of threads may `find`.
final class KeyTable {
  let encoders: [KeyEncoder]
  /// The number of distinct keys so far.
  var count = 0
  var mode = Mode.none
  let directLimit: UInt64
  /// The packed word of each group, in packed mode.
  var packedKeys = WordList()
  var scratch = Scratch()
  /// For a lone text key: the group of each text of the dictionary that was last looked up.
  let textGroups: Mutex<TextGroups?> = Mutex(nil)

  struct TextGroups {
    let dictionary: TextDictionary
    let groups: Buffer<UInt32>
  }

  enum Mode {
    /// No layout has been made.
    case none
    /// The number of the group in each slot, `UInt32.max` where there is none.
    case direct(Buffer<UInt32>)
    case packed(WordIndex)
    case wide(WordIndex)
  }

  /// `expectedRows` bounds what direct addressing may cost.
  init(types: [DataType], expectedRows: Int) {
    encoders = types.map { KeyEncoder(type: $0, isAlone: types.count == 1) }
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
    let done = insertLoneSteps(keys, groups)
    if done > 0 {
      // Mostly all; the rest begins with a key that the layout does not cover.
      return insert(
        keys.map { $0.slice(done, rows - done) }, count: rows - done, into: groups + done)
    }
    let sources = zip(encoders, keys).map { $0.source($1) }
    switch mode {
    case .none: layOut(sources)
    case .wide: if encoders.contains(where: \.hasNewWords) { layOut(sources) }
    case .direct, .packed:
      if encoders.contains(where: \.hasNewWords)
        || zip(encoders, sources).contains(where: { !$0.digit.covers($1) })
      {
        layOut(sources)
      }
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
}

extension KeyTable {
  /// Memory that is used again for each batch.
  struct Scratch {
    private var buffer = Buffer<UInt64>(count: 0)

    mutating func words(_ count: Int) -> UnsafeMutablePointer<UInt64> {
      if buffer.count < count { buffer = Buffer(count: count) }
      return buffer.base
    }
  }
}
