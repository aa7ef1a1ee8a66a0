/// A hash of each row over several columns; equal rows have equal hashes whatever the layouts.
///
/// Null equals null, all NaN are one, and -0.0 is 0.0.
package func hashRows(_ columns: [Column], count: Int) -> Values<UInt64> {
  let result = Buffer<UInt64>(repeating: 0x9E37_79B9_7F4A_7C15, count: count)
  for column in columns { addHash(of: column, to: result.base, count) }
  return Values(result)
}

private let nullHash: UInt64 = 0x1B87_3593_CC9E_2D51

private func addHash(
  of column: Column, to hashes: UnsafeMutablePointer<UInt64>, _ count: Int
) {
  let hashed = Buffer<UInt64>(count: count)
  valueHashes(of: column, into: hashed.base)
  let source = hashed.base
  for row in 0..<count { hashes[row] = foldMultiply(hashes[row] ^ source[row]) }
}

/// Writes a word for each row: equal for equal values.
private func valueHashes(of column: Column, into target: UnsafeMutablePointer<UInt64>) {
  let count = column.count
  switch column.storage {
  case .int8(let values): integerHashes(values, target)
  case .int16(let values): integerHashes(values, target)
  case .int32(let values): integerHashes(values, target)
  case .int64(let values): integerHashes(values, target)
  case .bool(let values): integerHashes(values, target)
  case .float(let values):
    let source = values.pointer
    for row in 0..<count { target[row] = floatHash(source[row]) }
    withExtendedLifetime(values) {}
  case .text8(let codes, let dictionary): textHashes(codes, dictionary, column.validity, target)
  case .text16(let codes, let dictionary): textHashes(codes, dictionary, column.validity, target)
  case .text32(let codes, let dictionary): textHashes(codes, dictionary, column.validity, target)
  case .list(let offsets, let elements):
    let first = count > 0 ? offsets[0] : 0
    let length = count > 0 ? offsets[count] - first : 0
    let members = hashRows([elements.slice(first, length)], count: length)
    for row in 0..<count {
      var hash: UInt64 = 0
      for index in offsets[row]..<offsets[row + 1] {
        hash = foldMultiply(hash ^ members[index - first])
      }
      target[row] = hash ^ UInt64(truncatingIfNeeded: offsets[row + 1] - offsets[row])
    }
  case .record(let columns):
    let hashes = hashRows(columns, count: count)
    target.update(from: hashes.pointer, count: count)
    withExtendedLifetime(hashes) {}
  case .constant(let value):
    guard count > 0, !value.isNull else {
      target.update(repeating: nullHash, count: count)
      return
    }
    let one = Column(constant: value, type: column.type, count: 1).materialized()
    var hash: UInt64 = 0
    valueHashes(of: one, into: &hash)
    target.update(repeating: hash, count: count)
  }
  column.validity?.forEachClear { target[$0] = nullHash }
}

private func integerHashes<Integer: FixedWidthInteger & BitwiseCopyable>(
  _ values: Values<Integer>, _ target: UnsafeMutablePointer<UInt64>
) {
  let source = values.pointer
  for row in 0..<values.count { target[row] = UInt64(truncatingIfNeeded: source[row]) }
  withExtendedLifetime(values) {}
}

private func floatHash(_ value: Double) -> UInt64 {
  // The sum makes -0.0 to 0.0.
  value.isNaN ? 0x7FF8_0000_0000_0000 : (value + 0).bitPattern
}

private func textHashes<Code: FixedWidthInteger & BitwiseCopyable>(
  _ codes: Values<Code>, _ dictionary: TextDictionary, _ validity: Bitmap?,
  _ target: UnsafeMutablePointer<UInt64>
) {
  let source = codes.pointer
  if dictionary.count <= codes.count {
    let known = Buffer<UInt64>(repeating: 0, count: Swift.max(1, dictionary.count))
    for code in 0..<dictionary.count { known.base[code] = textHash(dictionary.utf8(code)) }
    for row in 0..<codes.count { target[row] = known.base[Int(truncatingIfNeeded: source[row])] }
  } else {
    for row in 0..<codes.count {
      if let validity, !validity[row] { continue }
      target[row] = textHash(dictionary.utf8(Int(truncatingIfNeeded: source[row])))
    }
  }
  withExtendedLifetime(codes) {}
}
