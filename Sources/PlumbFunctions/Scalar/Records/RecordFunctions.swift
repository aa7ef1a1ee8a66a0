/// The functions of records.
extension ScalarCatalog {
  static let records: [ScalarFunction] = [
    .entries,
    .hasField,
    .keys,
    .merge,
    .values,
  ]
}
