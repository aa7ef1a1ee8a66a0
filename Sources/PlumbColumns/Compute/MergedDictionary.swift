/// The texts of several dictionaries in one, whether rows use them or not.
///
/// Where dictionaries are small beside the rows this is faster than `DictionaryMerge`: the texts
/// are looked up once, and rows take but a load each, into codes of the right width.
struct MergedDictionary {
  let dictionary: TextDictionary
  /// The new codes of the texts of each part's dictionary; one code for a constant.
  private let maps: [Buffer<UInt32>]

  /// Nil when the dictionaries have more texts than `limit`, or a part is no text.
  init?(_ parts: [Column], limit: Int) {
    var known: [ObjectIdentifier: Buffer<UInt32>] = [:]
    var maps: [Buffer<UInt32>] = []
    var interner = TextInterner()
    var textCount = 0
    for part in parts {
      switch part.storage {
      case .text8(_, let own), .text16(_, let own), .text32(_, let own):
        if let map = known[ObjectIdentifier(own)] {
          maps.append(map)
          continue
        }
        textCount += own.count
        guard textCount <= limit else { return nil }
        let map = Buffer<UInt32>(count: Swift.max(own.count, 1))
        map.base[0] = 0
        for code in 0..<own.count { map.base[code] = interner.intern(own.utf8(code)) }
        known[ObjectIdentifier(own)] = map
        maps.append(map)
      case .constant(.string(let text)): maps.append(Buffer([interner.intern(text)]))
      case .constant(.null): maps.append(Buffer([0]))
      case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record: return nil
      }
    }
    // Code 0 must stand for a text even where every row is null.
    if interner.count == 0 { _ = interner.intern("") }
    dictionary = interner.finish()
    self.maps = maps
  }

  /// The codes of all rows, as wide as the dictionary asks for.
  func codes<Code: FixedWidthInteger & BitwiseCopyable>(
    _ parts: [Column], _ count: Int
  ) -> Values<Code> {
    let result = Buffer<Code>(count: count)
    var target = result.base
    for (part, map) in zip(parts, maps) {
      switch part.storage {
      case .text8(let codes, _): mapCodes(codes, map, part.validity, to: target)
      case .text16(let codes, _): mapCodes(codes, map, part.validity, to: target)
      case .text32(let codes, _): mapCodes(codes, map, part.validity, to: target)
      case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record:
        target.update(repeating: Code(truncatingIfNeeded: map.base[0]), count: part.count)
      }
      target += part.count
    }
    return Values(result)
  }
}

private func mapCodes<
  Narrow: FixedWidthInteger & BitwiseCopyable, Wide: FixedWidthInteger & BitwiseCopyable
>(
  _ values: Values<Narrow>, _ map: Buffer<UInt32>, _ validity: Bitmap?,
  to target: UnsafeMutablePointer<Wide>
) {
  let source = values.pointer
  let places = map.base
  for row in 0..<values.count {
    target[row] = Wide(truncatingIfNeeded: places[Int(truncatingIfNeeded: source[row])])
  }
  if let validity {
    // At null rows the code is 0.
    for row in 0..<values.count where !validity[row] { target[row] = 0 }
  }
  withExtendedLifetime((values, map)) {}
}
