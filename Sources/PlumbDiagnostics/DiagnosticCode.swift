/// The stable name of a kind of mistake, such as `E0203`.
///
/// Codes are grouped by the stage that finds the mistake: `E01` lexer and parser, `E02` names,
/// `E03` types, `E04` evaluation, `E05` data and importers, `W` warnings. A code keeps its meaning
/// for ever; a retired one is not given out again.
package struct DiagnosticCode: Sendable, Hashable {
  /// The identifier that is printed and documented.
  package let id: String
  /// What the code says of the program, in one sentence without a full stop.
  package let meaning: String

  package init(_ id: String, _ meaning: String) {
    self.id = id
    self.meaning = meaning
  }

  /// Codes are the same when their identifiers are.
  package static func == (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
    left.id == right.id
  }

  /// Hashes the identifier.
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// Every code, sorted by identifier.
  package static let all: [DiagnosticCode] =
    syntaxCodes + nameCodes + typeCodes + evaluationCodes + dataCodes + warningCodes
}
