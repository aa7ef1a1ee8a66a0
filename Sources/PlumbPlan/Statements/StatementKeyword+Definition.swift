package import PlumbSyntax

/// The statements. A new one is a file here and a line below.
extension StatementKeyword {
  /// What help and the reference say of the statement; nil for those that are read and not yet
  /// run.
  package var definition: LanguageDefinition? {
    switch self {
    case .break: .breakLoop
    case .check: .check
    case .continue: .continueLoop
    case .def: .def
    case .expect: .expect
    case .explain: .explain
    case .for: .forLoop
    case .import: .importModule
    case .let: .let
    case .load: .load
    case .open: .open
    case .param: .param
    case .profile: .profile
    case .return: .return
    case .save: .saveStore
    case .snapshot: .snapshot
    case .var: .var
    case .while: .whileLoop
    }
  }
}

/// The definitions of the statements, and of the calls that are part of the language.
package enum StatementCatalog {
  /// The topics, in the order in which lists show them.
  package static let topics = ["data", "definitions", "control", "modules", "looking", "audits"]

  /// All of them, by topic, then name.
  package static let all: [LanguageDefinition] = topics.flatMap { topic in
    definitions.filter { $0.topic == topic }.sorted { $0.name < $1.name }
  }

  private static let definitions: [LanguageDefinition] =
    StatementKeyword.allCases.compactMap(\.definition)
    + [
      .columnByName, .columnsByName, .hasTable, .help, .ifElse, .print, .read, .report,
      .tableOfRows, .unknown,
    ]
}
