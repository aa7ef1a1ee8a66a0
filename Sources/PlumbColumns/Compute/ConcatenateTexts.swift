extension Column {
  /// The text layout of several columns, one after the other.
  static func concatenatedTexts(_ parts: [Column], _ count: Int) -> Storage {
    if let dictionary = sharedDictionary(parts) {
      if dictionary.count <= 1 << 8 { return .text8(appendedCodes(parts, count), dictionary) }
      if dictionary.count <= 1 << 16 { return .text16(appendedCodes(parts, count), dictionary) }
      return .text32(appendedCodes(parts, count), dictionary)
    }
    if let merged = MergedDictionary(parts, limit: count / 4) {
      let dictionary = merged.dictionary
      if dictionary.count <= 1 << 8 { return .text8(merged.codes(parts, count), dictionary) }
      if dictionary.count <= 1 << 16 { return .text16(merged.codes(parts, count), dictionary) }
      return .text32(merged.codes(parts, count), dictionary)
    }
    var merge = DictionaryMerge()
    let codes = Buffer<UInt32>(count: count)
    var target = codes.base
    for part in parts {
      merge.append(part, to: target)
      target += part.count
    }
    return .text(Values(codes), merge.finish())
  }

  /// The dictionary that all texts are coded in; columns of nulls have none.
  private static func sharedDictionary(_ parts: [Column]) -> TextDictionary? {
    var shared: TextDictionary?
    for part in parts {
      switch part.storage {
      case .text8(_, let dictionary), .text16(_, let dictionary), .text32(_, let dictionary):
        if let shared, shared !== dictionary { return nil }
        shared = dictionary
      case .constant(.null): continue
      case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record: return nil
      }
    }
    return shared
  }

  private static func appendedCodes<Code: FixedWidthInteger & BitwiseCopyable>(
    _ parts: [Column], _ count: Int
  ) -> Values<Code> {
    let result = Buffer<Code>(count: count)
    var target = result.base
    for part in parts {
      switch part.storage {
      case .text8(let codes, _): copyCodes(codes, to: target)
      case .text16(let codes, _): copyCodes(codes, to: target)
      case .text32(let codes, _): copyCodes(codes, to: target)
      case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record:
        target.update(repeating: 0, count: part.count)
      }
      target += part.count
    }
    return Values(result)
  }

  /// The same texts in a dictionary in which none occurs twice and that is not much larger than
  /// the column needs.
  package func interned() -> Column {
    let dictionary: TextDictionary
    switch storage {
    case .text8(_, let own), .text16(_, let own), .text32(_, let own): dictionary = own
    case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record: return self
    }
    if dictionary.isUnique, dictionary.count <= Swift.max(256, count * 2) { return self }
    var merge = DictionaryMerge()
    let codes = Buffer<UInt32>(count: count)
    merge.append(self, to: codes.base)
    return Column(
      type: type, count: count, storage: .text(Values(codes), merge.finish()), validity: validity)
  }
}

private func copyCodes<
  Narrow: FixedWidthInteger & BitwiseCopyable, Wide: FixedWidthInteger & BitwiseCopyable
>(_ values: Values<Narrow>, to target: UnsafeMutablePointer<Wide>) {
  let source = values.pointer
  for row in 0..<values.count { target[row] = Wide(truncatingIfNeeded: source[row]) }
  withExtendedLifetime(values) {}
}

/// Brings texts of several dictionaries into one, only those that rows use.
struct DictionaryMerge: ~Copyable {
  private var interner = TextInterner()
  /// The new codes of a dictionary's texts (`unseen` until used), kept from column to column.
  private var maps: [ObjectIdentifier: (dictionary: TextDictionary, codes: Buffer<UInt32>)] = [:]
  private static let unseen = UInt32.max

  /// Writes the new codes of a text column's rows.
  mutating func append(_ column: Column, to target: UnsafeMutablePointer<UInt32>) {
    switch column.storage {
    case .text8(let codes, let dictionary): append(codes, dictionary, column.validity, target)
    case .text16(let codes, let dictionary): append(codes, dictionary, column.validity, target)
    case .text32(let codes, let dictionary): append(codes, dictionary, column.validity, target)
    case .constant(.string(let text)):
      target.update(repeating: interner.intern(text), count: column.count)
    case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record:
      target.update(repeating: 0, count: column.count)
    }
  }

  private mutating func append<Code: FixedWidthInteger & BitwiseCopyable>(
    _ codes: Values<Code>, _ dictionary: TextDictionary, _ validity: Bitmap?,
    _ target: UnsafeMutablePointer<UInt32>
  ) {
    let map = map(for: dictionary).base
    let source = codes.pointer
    for row in 0..<codes.count {
      if let validity, !validity[row] {
        target[row] = 0
        continue
      }
      let code = Int(truncatingIfNeeded: source[row])
      var new = map[code]
      if new == Self.unseen {
        new = interner.intern(dictionary.utf8(code))
        map[code] = new
      }
      target[row] = new
    }
    withExtendedLifetime(codes) {}
  }

  private mutating func map(for dictionary: TextDictionary) -> Buffer<UInt32> {
    if let known = maps[ObjectIdentifier(dictionary)] { return known.codes }
    let codes = Buffer<UInt32>(repeating: Self.unseen, count: dictionary.count)
    maps[ObjectIdentifier(dictionary)] = (dictionary, codes)
    return codes
  }

  consuming func finish() -> TextDictionary {
    // Code 0 must stand for a text even where every row is null.
    if interner.count == 0 { _ = interner.intern("") }
    return interner.finish()
  }
}
