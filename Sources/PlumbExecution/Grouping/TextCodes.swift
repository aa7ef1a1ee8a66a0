import PlumbColumns
import Synchronization

/// One code for each text, over all the dictionaries in which texts come.
///
/// The codes are those of the first dictionary as long as there is no other: then nothing is
/// translated at all.
final class TextCodes {
  private var base: TextDictionary?
  private var interner: TextInterner?
  private var translations: [ObjectIdentifier: (TextDictionary, Buffer<UInt32>)] = [:]
  private let lookups: Mutex<[ObjectIdentifier: (TextDictionary, Buffer<UInt32>)]> = Mutex([:])
  private var finished: TextDictionary?
  /// Held by the thread that makes the texts of the interner one dictionary.
  private let finishing = Mutex(())

  /// The number of codes given out.
  var count: Int { finished?.count ?? interner?.count ?? base?.count ?? 0 }

  /// Dictionaries come and go with the batches of computed texts: few are worth remembering.
  private static let rememberedDictionaries = 8

  /// The codes of a batch, all of them known afterwards.
  func source(_ column: Column) -> KeySource {
    if column.constantValue?.isNull ?? false {
      return KeySource(.nulls(.bool, count: column.count), bounds: 0...0)
    }
    let column = column.materialized()
    let (narrow, dictionary) = column.layout
    guard let narrow, let dictionary else {
      return KeySource(.nulls(.bool, count: column.count), bounds: 0...0)
    }
    if base == nil, interner == nil, dictionary.isUnique { base = dictionary }
    if base === dictionary, interner == nil || dictionary.isUnique {
      // Codes of the first dictionary are kept when others come.
      return KeySource(narrow, bounds: 0...max(0, dictionary.count - 1))
    }
    return translated(column, translation(of: dictionary))
  }

  /// The codes of a batch; texts that have none get the greatest, which no group has.
  func knownSource(_ column: Column) -> KeySource {
    let column = column.materialized()
    let (narrow, dictionary) = column.layout
    guard let narrow, let dictionary else {
      return KeySource(.nulls(.bool, count: column.count), bounds: 0...0)
    }
    if base === dictionary { return KeySource(narrow, bounds: 0...max(0, dictionary.count - 1)) }
    let known = lookups.withLock { $0[ObjectIdentifier(dictionary)]?.1 }
    if let known { return translated(column, known) }
    // Not under the lock, as each batch of a computed text has a dictionary of its own.
    let codes = Buffer(self.dictionary().codes(of: dictionary) + [.max])
    lookups.withLock {
      if $0.count >= Self.rememberedDictionaries { $0 = [:] }
      $0[ObjectIdentifier(dictionary)] = (dictionary, codes)
    }
    return translated(column, codes)
  }

  private func translation(of dictionary: TextDictionary) -> Buffer<UInt32> {
    if let known = translations[ObjectIdentifier(dictionary)] { return known.1 }
    if interner == nil {
      var new = TextInterner()
      if let base { for code in 0..<base.count { _ = new.intern(base.utf8(code)) } }
      interner = consume new
    }
    let codes = Buffer<UInt32>(count: max(1, dictionary.count))
    codes.base[0] = 0
    for code in 0..<dictionary.count {
      codes.base[code] = interner?.intern(dictionary.utf8(code)) ?? 0
    }
    if translations.count >= Self.rememberedDictionaries { translations = [:] }
    translations[ObjectIdentifier(dictionary)] = (dictionary, codes)
    return codes
  }

  private func translated(_ column: Column, _ codes: Buffer<UInt32>) -> KeySource {
    let target = Buffer<UInt32>(count: column.count)
    switch column.storage {
    case .text8(let source, _): translate(source, codes.base, target.base)
    case .text16(let source, _): translate(source, codes.base, target.base)
    case .text32(let source, _): translate(source, codes.base, target.base)
    case .int8, .int16, .int32, .int64, .float, .bool, .list, .record, .constant: break
    }
    return KeySource(
      Column(
        type: .string, count: column.count, storage: .text32(Values(target), .empty),
        validity: column.validity), bounds: 0...max(0, count - 1))
  }

  /// All texts that have a code; any thread may be the first to ask for them.
  ///
  /// No text may be added afterwards.
  func dictionary() -> TextDictionary {
    finishing.withLock { _ in
      if let finished { return finished }
      if interner != nil, let taken = interner.take() {
        var taken = taken
        if taken.count == 0 { _ = taken.intern("") }
        let made = taken.finish()
        finished = made
        return made
      }
      return base ?? .empty
    }
  }
}

/// Writes for each code what `codes` has in its place.
func translate<Code: FixedWidthInteger & BitwiseCopyable>(
  _ source: Values<Code>, _ codes: UnsafePointer<UInt32>, _ target: UnsafeMutablePointer<UInt32>
) {
  let from = source.pointer
  for row in 0..<source.count { target[row] = codes[Int(truncatingIfNeeded: from[row])] }
  withExtendedLifetime(source) {}
}

extension Column {
  /// The column and its dictionary, if it is laid out as text.
  fileprivate var layout: (Column?, TextDictionary?) {
    dictionary == nil ? (nil, nil) : (self, dictionary)
  }
}
