package import PlumbColumns

/// Reads the table `waivers`. One mistake in it stops the audit: a waiver that means something else
/// than it says hides findings.
package enum WaiverReader {
  /// Why a table holds no proper waivers.
  package struct Mistake: Error, Sendable {
    /// What is wrong, with the row, in the user's words.
    package let message: String
    package let remedy: String
  }

  /// The columns that a waiver must fill.
  static let required = [
    "id", "check", "subject", "reason", "requested_by", "approved_by", "expires",
  ]

  static let form =
    "a waiver has `id`, `check`, `subject`, `reason`, `requested_by`, `approved_by` and `expires`, "
    + "such as `2026-10-31`"

  /// The waivers of a table, in its order.
  package static func read(_ table: Table) throws(Mistake) -> [Waiver] {
    guard table.rowCount > 0 else { return [] }
    for name in required where table[name] == nil {
      throw Mistake(message: "the table `waivers` has no column `\(name)`", remedy: form)
    }
    var waivers: [Waiver] = []
    for row in 0..<table.rowCount { waivers.append(try waiver(table, row, after: waivers)) }
    return waivers
  }

  private static func waiver(
    _ table: Table, _ row: Int, after earlier: [Waiver]
  ) throws(Mistake) -> Waiver {
    var texts: [String: String] = [:]
    for name in required where name != "expires" {
      guard let text = text(table, name, row) else {
        throw mistake("`\(name)` is empty", table, row)
      }
      texts[name] = text
    }
    let requestedBy = texts["requested_by"] ?? ""
    let approvedBy = texts["approved_by"] ?? ""
    if plain(requestedBy) == plain(approvedBy) {
      throw mistake(
        "`\(approvedBy)` requested and approved it; another person approves", table, row)
    }
    let id = texts["id"] ?? ""
    if earlier.contains(where: { $0.id == id }) {
      throw mistake("another waiver has the same `id`", table, row)
    }
    return Waiver(
      id: id, check: texts["check"] ?? "", subject: texts["subject"] ?? "",
      reason: texts["reason"] ?? "", requestedBy: requestedBy,
      approvedBy: approvedBy, expiresMicroseconds: try expiry(table, row))
  }

  /// The day in the column `expires`: a time, or a text that reads as one.
  private static func expiry(_ table: Table, _ row: Int) throws(Mistake) -> Int {
    let time: Int
    switch table["expires"]?.value(at: row) ?? .null {
    case .timestamp(let microseconds): time = microseconds
    case .string(let text):
      // A year or a month alone leaves open which day is meant.
      guard text.count >= 10, let parsed = TimestampText.parse(text) else {
        throw mistake("`expires` is `\(text)`, which is no date", table, row)
      }
      time = parsed
    case .null: throw mistake("`expires` is empty", table, row)
    case .bool, .int, .float, .duration, .list, .record:
      throw mistake("`expires` is no date", table, row)
    }
    guard let day = CivilTime(date: CivilTime(microseconds: time).date).microseconds else {
      throw mistake("`expires` is no date", table, row)
    }
    return day
  }

  private static func text(_ table: Table, _ name: String, _ row: Int) -> String? {
    switch table[name]?.value(at: row) ?? .null {
    case .string(let text): text.allSatisfy(\.isWhitespace) ? nil : text
    case .int(let number): String(number)
    case .float(let number): FloatText.format(number)
    case .null, .bool, .timestamp, .duration, .list, .record: nil
    }
  }

  /// A name as names are compared: case and spaces around it say nothing.
  private static func plain(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func mistake(_ message: String, _ table: Table, _ row: Int) -> Mistake {
    let name = text(table, "id", row).map { " (`\($0)`)" } ?? ""
    return Mistake(message: "waiver \(row + 1)\(name): \(message)", remedy: form)
  }
}
