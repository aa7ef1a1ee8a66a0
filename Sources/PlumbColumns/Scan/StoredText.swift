extension Schema.Field {
  /// The name under which a provider gives the text as stored of an inferred column.
  ///
  /// A member of `params.*` or `tags.*` whose every value reads as a number or a bool has that
  /// type (`isInferred`), yet a comparison with a string is about the text: `"1e-3"` and
  /// `"0.001"` are the same float and different texts. `ScanRequest.columns` may name the text by
  /// this name beside, or instead of, the typed column; the column has the type string. The NUL
  /// keeps the name apart from any key that a store can hold.
  package var storedTextName: String { name + Schema.Field.storedTextSuffix }

  /// What follows the column's name in `storedTextName`.
  package static let storedTextSuffix = "\u{0}text"
}

extension Schema {
  /// The field of a column of this schema, or of the text as stored of an inferred one.
  package func scannedField(_ name: String) -> Field? {
    if let field = self[name] { return field }
    guard name.hasSuffix(Field.storedTextSuffix) else { return nil }
    let typed = String(name.dropLast(Field.storedTextSuffix.count))
    guard let field = self[typed], field.isInferred else { return nil }
    return Field(name, .string, family: field.family)
  }
}
