/// The functions of null.
extension ScalarCatalog {
  static let nulls: [ScalarFunction] = [
    .coalesce,
    .ifNull,
    .nullIf,
  ]
}
