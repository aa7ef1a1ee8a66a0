/// Collects what the stages of the front end have to say.
///
/// Stages report and go on. The same code at the same place is kept once, and past
/// ``storageLimit`` only the count grows, so that junk input cannot fill the memory.
package struct Diagnostics: Sendable, Error {
  /// How many errors are shown at once.
  package static let displayLimit = 10
  /// How many diagnostics are kept.
  package static let storageLimit = 1_000

  /// What was reported, in the order of reporting.
  package private(set) var all: [Diagnostic] = []
  /// The number of errors reported, kept or not.
  package private(set) var errorCount = 0
  private var seen: Set<Place> = []

  private struct Place: Hashable {
    var code: DiagnosticCode
    var range: SourceRange
  }

  package init() {}

  /// Whether any error was reported.
  package var hasErrors: Bool { errorCount > 0 }
  /// Whether nothing at all was reported.
  package var isEmpty: Bool { all.isEmpty }

  /// Adds a diagnostic, unless the same code was already reported at the same place.
  package mutating func report(_ diagnostic: Diagnostic) {
    guard all.count < Self.storageLimit else {
      if diagnostic.severity == .error { errorCount += 1 }
      return
    }
    if let range = diagnostic.range,
      !seen.insert(Place(code: diagnostic.code, range: range)).inserted
    {
      return
    }
    if diagnostic.severity == .error { errorCount += 1 }
    all.append(diagnostic)
  }

  /// Adds an error.
  package mutating func error(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange?, label: String? = nil,
    notes: [String] = [], help: String? = nil, fix: Diagnostic.Fix? = nil
  ) {
    report(
      Diagnostic(
        code, message, at: range, label: label, notes: notes, help: help, fix: fix))
  }

  /// Adds a warning.
  package mutating func warning(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange?, label: String? = nil,
    notes: [String] = [], help: String? = nil
  ) {
    report(
      Diagnostic(
        code, message, at: range, severity: .warning, label: label, notes: notes, help: help))
  }

  /// Adds everything that another collection holds.
  package mutating func append(contentsOf other: Diagnostics) {
    for diagnostic in other.all { report(diagnostic) }
    errorCount += other.errorCount - other.all.count { $0.severity == .error }
  }

  /// What to show: in the order of the text, at most ``displayLimit`` errors.
  package var displayed: [Diagnostic] {
    var errors = 0
    return sorted.filter { diagnostic in
      guard diagnostic.severity == .error else { return true }
      errors += 1
      return errors <= Self.displayLimit
    }
  }

  /// How many errors ``displayed`` leaves out.
  package var hiddenErrorCount: Int { max(0, errorCount - Self.displayLimit) }

  /// In the order of the text within each file; files keep the order in which they came up.
  private var sorted: [Diagnostic] {
    var rank: [ObjectIdentifier: Int] = [:]
    for diagnostic in all {
      guard let file = diagnostic.range?.file else { continue }
      let next = rank.count
      rank[ObjectIdentifier(file), default: next] += 0
    }
    func key(_ diagnostic: Diagnostic) -> (Int, Int) {
      guard let range = diagnostic.range else { return (-1, 0) }
      return (rank[ObjectIdentifier(range.file)] ?? 0, range.lower)
    }
    return all.enumerated().sorted { left, right in
      let (a, b) = (key(left.element), key(right.element))
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
  }
}
