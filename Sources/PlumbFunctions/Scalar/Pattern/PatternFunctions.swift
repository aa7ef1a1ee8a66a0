/// The functions of regular expressions.
extension ScalarCatalog {
  static let patterns: [ScalarFunction] = [
    .countMatches,
    .escapeRegex,
    .extract,
    .extractAll,
    .matches,
    .replaceRegex,
    .splitRegex,
  ]
}
