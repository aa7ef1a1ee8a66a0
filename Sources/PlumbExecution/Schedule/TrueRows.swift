import PlumbColumns

extension Column {
  /// The rows at which a bool column is true; null is not.
  var trueRows: Bitmap {
    let values = bools()
    let bits = Bitmap(bytes: values.pointer, count: count)
    withExtendedLifetime(values) {}
    return presence.map { bits.intersection($0) } ?? bits
  }
}
