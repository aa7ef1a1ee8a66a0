package import PlumbColumns

/// Everything that an audit has to say: what reports are made from.
///
/// It holds nothing of the machine or the moment, so that the same sources with the same `asOf`
/// give the same report, byte for byte.
package struct AuditReport: Sendable {
  /// The script's name and the digest of its text.
  package var script: ScriptRecord
  /// The modules that it imports, sorted by name.
  package var modules: [ScriptRecord] = []
  /// The version of the program that ran it.
  package var toolVersion = ""
  /// `now()` of the run, in microseconds since 1970-01-01T00:00:00Z.
  package var asOfMicroseconds: Int
  /// The parameters of the script, in the script's order.
  package var parameters: [ParameterRecord] = []
  package var gate = AuditGate()
  package var results: [CheckResult] = []
  /// Checks that `--only` left out.
  package var skippedChecks = 0
  package var waivers: [WaiverUse] = []
  package var sources: [SourceRecord] = []
  /// Tables that the script adds to its report, in order.
  package var sections: [ReportSection] = []
  /// How the findings moved since the run before; nil without a history.
  package var movement: FindingMovement?

  package init(script: ScriptRecord, asOfMicroseconds: Int) {
    self.script = script
    self.asOfMicroseconds = asOfMicroseconds
  }

  package var verdict: AuditGate.Verdict { gate.verdict(of: results) }

  /// The number of checks with an outcome.
  package func count(_ outcome: CheckOutcome) -> Int {
    results.count { $0.outcome == outcome }
  }

  /// A digest of the rules: which checks there are, what they say of themselves, and the texts of
  /// the script and its modules.
  package var rulesDigest: String {
    var text = script.digest
    for module in modules { text += "\0\(module.name)\0\(module.digest)" }
    for result in results {
      let check = result.definition
      text += "\0\(check.id)\0\(check.severity.rawValue)"
    }
    return SHA256.hex(of: Array(text.utf8))
  }

  /// A digest of the parameters, of the files that they name, and of what decides the exit code.
  package var parametersDigest: String {
    var text = "\(gate.failOn.rawValue)\0\(gate.allowsUnknown)"
    for parameter in parameters {
      text += "\0\(parameter.name)\0\(parameter.value)\0\(parameter.fileDigest ?? "")"
    }
    return SHA256.hex(of: Array(text.utf8))
  }
}

/// A parameter of an audit's script.
package struct ParameterRecord: Sendable {
  package let name: String
  /// The value that it had, as text.
  package let value: String
  /// SHA-256 of the file that the value names, in hexadecimal; nil when it names none.
  package let fileDigest: String?

  package init(name: String, value: String, fileDigest: String?) {
    self.name = name
    self.value = value
    self.fileDigest = fileDigest
  }
}

/// The script of an audit.
package struct ScriptRecord: Sendable {
  package let name: String
  /// SHA-256 of its text, in hexadecimal.
  package let digest: String

  package init(name: String, digest: String) {
    self.name = name
    self.digest = digest
  }
}

/// A source that an audit read.
package struct SourceRecord: Sendable {
  /// The address as it was given.
  package let address: String
  /// The kind of source, such as `csv`.
  package let format: String
  /// SHA-256 of its bytes; nil when they could not be read again.
  package let digest: String?
  package let tables: [TableRecord]

  /// A table of the source. The number of rows is nil when it is not known without loading.
  package struct TableRecord: Sendable {
    package let name: String
    package let rowCount: Int?

    package init(name: String, rowCount: Int?) {
      self.name = name
      self.rowCount = rowCount
    }
  }

  package init(address: String, format: String, digest: String?, tables: [TableRecord]) {
    self.address = address
    self.format = format
    self.digest = digest
    self.tables = tables
  }
}

/// A table with a heading that a script puts into its report.
package struct ReportSection: Sendable {
  package let title: String
  package let table: Table

  package init(title: String, table: Table) {
    self.title = title
    self.table = table
  }
}
