import PlumbColumns
import PlumbFunctions
import PlumbPlan
import PlumbStatistics

/// The result of `drift`: p-values corrected, verdicts given, columns put together.
struct DriftRows {
  struct Row {
    let pairing: Int
    let comparison: DriftComparison
  }

  let rows: [Row]
  let cells: DriftCells
  let node: LogicalPlan.Drift

  func table() -> Table {
    let corrected = correctedPValues()
    let groups = Values(rows.map { UInt32(truncatingIfNeeded: cells.pairings[$0.pairing].group) })
    var columns = cells.keys.map { $0.gathered(groups) }
    if let windows = node.windows {
      columns.append(
        Column(rows.map { cells.pairings[$0.pairing].window ?? 0 }, type: windows.time.type))
    }
    let findings = rows.map(\.comparison.finding)
    for field in LogicalPlan.Drift.columns(node.settings) {
      columns.append(
        Column(
          rows.indices.map {
            value(of: field.name, rows[$0].comparison, findings[$0], corrected[$0])
          },
          type: field.type))
    }
    return Table(schema: node.schema, columns: columns, rowCount: rows.count)
  }

  /// The p-values that lead to a verdict, corrected for all tests of their window.
  private func correctedPValues() -> [Double?] {
    var result: [Double?] = Array(repeating: nil, count: rows.count)
    var families: [Int: [Int]] = [:]
    for (index, row) in rows.enumerated() where row.comparison.finding.rule != .none {
      families[cells.pairings[row.pairing].window ?? 0, default: []].append(index)
    }
    for family in families.values {
      let adjusted = node.settings.correction.adjusted(
        family.map { rows[$0].comparison.finding.pValue })
      for (index, p) in zip(family, adjusted) { result[index] = p }
    }
    return result
  }

  private func value(
    of name: String, _ row: DriftComparison, _ finding: DriftFinding, _ corrected: Double?
  ) -> Value {
    switch name {
    case "feature": return .string(row.feature)
    case "type": return .string(row.type)
    case "method": return finding.method.isEmpty ? .null : .string(finding.method)
    case "statistic": return number(finding.statistic)
    case "p_value": return number(finding.pValue)
    case "p_corrected": return number(corrected)
    case "wasserstein_norm": return number(finding.effects.wassersteinNorm)
    case "js": return number(finding.effects.jensenShannon)
    case "psi": return number(finding.effects.psi)
    case "psi_unchanged": return number(finding.effects.unchangedPSI)
    case "threshold": return number(finding.rule.threshold)
    case "drifted":
      let verdict = finding.rule.verdict(statistic: finding.statistic, correctedP: corrected)
      return verdict.map { .bool($0) } ?? .null
    case "n_reference": return .int(row.referenceCount)
    case "n_current": return .int(row.currentCount)
    case "missing_reference": return .int(row.missingReference)
    case "missing_current": return .int(row.missingCurrent)
    case "note":
      return finding.notes.isEmpty ? .null : .string(finding.notes.joined(separator: "; "))
    case "recipe": return finding.recipe.isEmpty ? .null : .string(finding.recipe)
    default: return .null
    }
  }

  private func number(_ value: Double?) -> Value { value.map { .float($0) } ?? .null }
}
