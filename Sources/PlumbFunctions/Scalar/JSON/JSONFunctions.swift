/// The functions of JSON text.
extension ScalarCatalog {
  static let json: [ScalarFunction] = [
    .json,
    .jsonBool,
    .jsonFloat,
    .jsonGet,
    .jsonInt,
    .jsonKeys,
    .jsonLength,
    .jsonList,
    .jsonType,
    .jsonValid,
  ]
}
