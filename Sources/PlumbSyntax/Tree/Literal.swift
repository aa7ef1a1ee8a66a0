package import PlumbDiagnostics

/// A literal that is no string.
package struct Literal: Sendable {
  /// The value of a literal.
  package enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case float(Double)
    /// Microseconds since 1970-01-01T00:00Z.
    case timestamp(Int64)
    /// Microseconds.
    case duration(Int64)
  }

  package var value: Value
  package var range: SourceRange
}

/// A string literal with its escapes resolved.
package struct StringLiteral: Sendable {
  package var value: String
  package var range: SourceRange
}

/// `f"{auc:.3f} on {model}"`.
package struct Interpolation: Sendable {
  /// A piece of an interpolated string.
  package enum Part: Sendable {
    /// Text, with its escapes resolved.
    case text(String)
    /// `{expression:format}`; the format is the text after the `:`, if any.
    case value(Expression, format: StringLiteral?)
  }

  package var parts: [Part]
  package var range: SourceRange
}
