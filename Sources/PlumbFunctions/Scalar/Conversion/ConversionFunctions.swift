/// The functions that convert between types.
extension ScalarCatalog {
  static let conversion: [ScalarFunction] = [
    .bool,
    .duration,
    .float,
    .int,
    .string,
    .timestamp,
    .tryBool,
    .tryDuration,
    .tryFloat,
    .tryInt,
    .tryTimestamp,
    .typeOf,
  ]
}
