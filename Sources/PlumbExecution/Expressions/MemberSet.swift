import PlumbColumns

/// Values to be looked up by `in`, hashed: null is a value, NaN equals nothing.
struct MemberSet: Sendable {
  private let hashed: Hashed
  private let hasNull: Bool
  private let texts = TextTableCache()

  private enum Hashed: Sendable {
    case none
    /// Ints, times, bools, and floats by their bits.
    case integers(IntegerSet)
    case texts(TextSet)
    case values(Set<Value>)
  }

  init(_ members: [Value], of type: DataType) {
    self.init(Column(members.map { $0.coerced(to: type) }, type: type), of: type)
  }

  /// The values of a column.
  init(_ members: Column, of type: DataType) {
    hasNull = members.nullCount > 0
    guard members.nullCount < members.count else {
      hashed = .none
      return
    }
    switch type {
    case .null: hashed = .none
    case .bool, .int, .timestamp, .duration, .float:
      var numbers: [Int] = []
      for row in 0..<members.count where !members.isNull(row) {
        if type == .float {
          let double = members.double(row)
          if !double.isNaN { numbers.append(floatBits(double)) }
        } else {
          numbers.append(members.integer(row))
        }
      }
      hashed = numbers.isEmpty ? .none : .integers(IntegerSet(numbers))
    case .string: hashed = .texts(TextSet(members))
    case .list, .record:
      hashed = .values(Set(members.values.filter { !$0.isNull && !$0.holdsNaN }))
    }
  }

  /// One byte a row of a column that is not constant: whether the set has the value.
  func contains(_ column: Column) throws(ExecutionError) -> Buffer<UInt8> {
    let mask = try containsValues(column)
    if let validity = column.validity {
      setMask(mask.base, to: hasNull ? 1 : 0, whereUnset: validity)
    }
    return mask
  }

  private func containsValues(_ column: Column) throws(ExecutionError) -> Buffer<UInt8> {
    switch hashed {
    case .none: return Buffer(repeating: 0, count: column.count)
    case .integers(let set): return set.contains(column)
    case .texts(let set):
      return try texts.results(column) { text in set.contains(text) ? 1 : 0 }
    case .values(let set):
      let result = Buffer<UInt8>(count: column.count)
      for row in 0..<column.count {
        result.base[row] = set.contains(column.value(at: row)) ? 1 : 0
      }
      return result
    }
  }
}

/// A double's bits with -0.0 as 0.0.
@inline(__always)
private func floatBits(_ value: Double) -> Int { Int(bitPattern: UInt((value + 0).bitPattern)) }

/// Integers to be looked up: a few in a loop, a dense range in a table, others by open addressing.
private final class IntegerSet: Sendable {
  private let members: Buffer<Int>
  /// The least member, and a byte for each number from there to the greatest, if they are few.
  private let least: Int
  private let table: Buffer<UInt8>?
  private let slots: Buffer<Int>
  private let filled: Buffer<UInt8>
  private let mask: Int
  private static let loopLimit = 6
  private static let tableLimit = 1 << 18

  init(_ numbers: [Int]) {
    members = Buffer(Array(Set(numbers)))
    let least = numbers.min() ?? 0
    self.least = least
    let (span, overflow) = (numbers.max() ?? 0).subtractingReportingOverflow(least)
    if !overflow, span < Self.tableLimit {
      let table = Buffer<UInt8>(repeating: 0, count: span + 1)
      for number in numbers { table.base[number - least] = 1 }
      self.table = table
    } else {
      table = nil
    }
    var capacity = 16
    while capacity < members.count * 2 { capacity *= 2 }
    slots = Buffer(repeating: 0, count: capacity)
    filled = Buffer(repeating: 0, count: capacity)
    mask = capacity - 1
    for index in 0..<members.count {
      let number = members.base[index]
      var slot = Self.hash(number) & mask
      while filled.base[slot] != 0 { slot = (slot + 1) & mask }
      slots.base[slot] = number
      filled.base[slot] = 1
    }
  }

  @inline(__always)
  private static func hash(_ number: Int) -> Int {
    Int(truncatingIfNeeded: foldMultiply(UInt64(bitPattern: Int64(number))))
  }

  /// One byte a row: whether the set has the value.
  ///
  /// Rows that are null give any answer.
  func contains(_ column: Column) -> Buffer<UInt8> {
    switch column.storage {
    case .int8(let values): return contains(values) { Int($0) }
    case .int16(let values): return contains(values) { Int($0) }
    case .int32(let values): return contains(values) { Int($0) }
    case .int64(let values): return contains(values) { $0 }
    case .bool(let values): return contains(values) { Int($0) }
    case .float(let values): return contains(values) { floatBits($0) }
    case .constant, .text8, .text16, .text32, .list, .record:
      return contains(column.integers()) { $0 }
    }
  }

  @inline(__always)
  private func contains<Element: BitwiseCopyable>(
    _ values: Values<Element>, _ number: (Element) -> Int
  ) -> Buffer<UInt8> {
    let count = values.count
    let result = Buffer<UInt8>(repeating: 0, count: count)
    let (source, target) = (values.pointer, result.base)
    if members.count <= Self.loopLimit {
      for index in 0..<members.count {
        let member = members.base[index]
        for row in 0..<count { target[row] |= number(source[row]) == member ? 1 : 0 }
      }
    } else if let table {
      let (base, span) = (table.base, UInt(table.count))
      for row in 0..<count {
        let place = UInt(bitPattern: number(source[row]) &- least)
        target[row] = place < span ? base[Int(place)] : 0
      }
    } else {
      let (slots, filled) = (slots.base, filled.base)
      for row in 0..<count {
        let wanted = number(source[row])
        var slot = Self.hash(wanted) & mask
        while filled[slot] != 0, slots[slot] != wanted { slot = (slot &+ 1) & mask }
        target[row] = filled[slot]
      }
    }
    withExtendedLifetime(values) {}
    return result
  }
}

/// Texts to be looked up by their bytes.
private final class TextSet: Sendable {
  private let dictionary: TextDictionary
  /// Code + 1 of the text in a slot, 0 for none.
  private let slots: Buffer<UInt32>
  private let mask: Int

  /// The texts of a column that has one at least.
  init(_ members: Column) {
    var interner = TextInterner()
    let (codes, source) = members.codes()
    for row in 0..<members.count where !members.isNull(row) {
      _ = interner.intern(source.utf8(Int(codes[row])))
    }
    dictionary = interner.finish()
    var capacity = 16
    while capacity < dictionary.count * 2 { capacity *= 2 }
    slots = Buffer(repeating: 0, count: capacity)
    mask = capacity - 1
    for code in 0..<dictionary.count {
      var slot = Int(truncatingIfNeeded: textHash(dictionary.utf8(code))) & mask
      while slots.base[slot] != 0 { slot = (slot + 1) & mask }
      slots.base[slot] = UInt32(code + 1)
    }
  }

  func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var slot = Int(truncatingIfNeeded: textHash(text)) & mask
    while slots.base[slot] != 0 {
      if equalTexts(dictionary.utf8(Int(slots.base[slot]) - 1), text) { return true }
      slot = (slot + 1) & mask
    }
    return false
  }
}
