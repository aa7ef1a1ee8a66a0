import PlumbColumns

extension Column {
  /// The rows at which a bool column is true; null is not.
  var trueRows: Bitmap {
    let values = bools()
    let source = values.pointer
    let words = Buffer<UInt64>(count: (count + 63) / 64)
    for index in 0..<words.count {
      let row = index * 64
      words.base[index] = packedBits(source + row, count - row)
    }
    withExtendedLifetime(values) {}
    let bits = Bitmap(words: words, count: count)
    return presence.map { bits.intersection($0) } ?? bits
  }
}
