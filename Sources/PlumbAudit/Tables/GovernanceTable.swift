package import PlumbColumns

/// A table that governance audits read: its columns, with what they mean.
///
/// A file that is loaded under such a name gets these types, so that a column without any value
/// has the type that rules expect. Columns that a file lacks stay missing, and rules that need
/// them are unknown.
package struct GovernanceTable: Sendable {
  package let name: String
  /// What a row is, in one sentence.
  package let summary: String
  package let columns: [Column]
  /// Whether a value that does not fit its type is an error. It is none for names that tables of
  /// other meaning have too; then the column keeps the type that was found.
  package let isStrict: Bool

  /// A column: a row may lack a value unless it is a key.
  package struct Column: Sendable {
    package let name: String
    package let type: DataType
    package let isKey: Bool
    /// Whether numbers stay what they are, though the declared type is text.
    package let keepsNumbers: Bool
    package let summary: String

    init(
      _ name: String, _ type: DataType, isKey: Bool, keepsNumbers: Bool = false,
      _ summary: String
    ) {
      self.name = name
      self.type = type
      self.isKey = isKey
      self.keepsNumbers = keepsNumbers
      self.summary = summary
    }
  }

  init(_ name: String, _ summary: String, isStrict: Bool = true, _ columns: [Column]) {
    self.name = name
    self.summary = summary
    self.columns = columns
    self.isStrict = isStrict
  }

  package subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The schema of a table with all of its columns.
  package var schema: Schema { Schema(columns.map { Schema.Field($0.name, $0.type) }) }

  /// What the columns mean, by name.
  package var columnSummaries: [String: String] {
    Dictionary(columns.map { ($0.name, $0.summary) }) { first, _ in first }
  }
}

extension GovernanceTable.Column {
  static func key(_ name: String, _ type: DataType, _ summary: String) -> Self {
    Self(name, type, isKey: true, summary)
  }

  static func text(_ name: String, _ summary: String) -> Self {
    Self(name, .string, isKey: false, summary)
  }

  /// The version of a model: a number or a text, as the source has it.
  static func version(_ name: String, _ summary: String) -> Self {
    Self(name, .string, isKey: false, keepsNumbers: true, summary)
  }

  static func time(_ name: String, _ summary: String) -> Self {
    Self(name, .timestamp, isKey: false, summary)
  }

  static func number(_ name: String, _ summary: String) -> Self {
    Self(name, .float, isKey: false, summary)
  }

  static func count(_ name: String, _ summary: String) -> Self {
    Self(name, .int, isKey: false, summary)
  }

  static func flag(_ name: String, _ summary: String) -> Self {
    Self(name, .bool, isKey: false, summary)
  }

  static func span(_ name: String, _ summary: String) -> Self {
    Self(name, .duration, isKey: false, summary)
  }

  static func texts(_ name: String, _ summary: String) -> Self {
    Self(name, .list(.string), isKey: false, summary)
  }
}

/// The tables that governance audits read.
package enum GovernanceCatalog {
  /// All of them, in the order in which help shows them.
  package static let tables: [GovernanceTable] =
    registryTables + deploymentTables + evidenceTables + monitoringTables + incidentTables
    + peopleTables

  package static func named(_ name: String) -> GovernanceTable? {
    tables.first { $0.name == name }
  }
}
