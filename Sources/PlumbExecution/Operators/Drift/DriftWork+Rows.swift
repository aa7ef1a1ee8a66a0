import PlumbColumns
import PlumbFunctions
import PlumbPlan
import PlumbStatistics

extension DriftWork {
  /// The comparisons of all features together, the finite numbers of a row being a point.
  func together(
    _ pairings: ArraySlice<DriftCells.Pairing>
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    let name = features.map(\.feature.name).joined(separator: ", ")
    let references = PointColumns(features.map(\.reference), rows: cells.referenceRows)
    let currents = PointColumns(features.map(\.current), rows: cells.currentRows)
    var result: [[DriftComparison]] = []
    for pairing in pairings {
      try control.check()
      let isProfile = features.contains { $0.profile != nil }
      let reference = isProfile ? [] : references.complete(pairing.reference)
      let current = currents.complete(pairing.current)
      let scale = references.scale(reference)
      let test = MaximumMeanDiscrepancy(
        reference: references.points(reference, scale), current: currents.points(current, scale),
        columns: features.count)
      let finding =
        isProfile
        ? settings.needsRows : settings.compare(test, reference.count, current.count)
      result.append([
        DriftComparison(
          feature: name, type: "numbers", finding: finding, referenceCount: reference.count,
          currentCount: current.count,
          missingReference: pairing.reference.count - reference.count,
          missingCurrent: pairing.current.count - current.count)
      ])
    }
    return result
  }
}

/// Columns whose rows are points.
private struct PointColumns {
  private let values: [Values<Double>]
  private let presences: [Bitmap?]
  private let rows: Values<UInt32>?

  /// The mean and the standard deviation of a column.
  struct Scale {
    var mean: Double
    var deviation: Double
  }

  init(_ columns: [Column], rows: Values<UInt32>?) {
    let columns = columns.map { $0.materialized() }
    values = columns.map { $0.doubles() }
    presences = columns.map(\.presence)
    self.rows = rows
  }

  /// The rows at some positions that have a finite number in each column.
  func complete(_ positions: Range<Int>) -> [Int] {
    positions.map { position in rows.map { Int($0[position]) } ?? position }.filter { row in
      values.indices.allSatisfy { (presences[$0]?[row] ?? true) && values[$0][row].isFinite }
    }
  }

  func scale(_ rows: [Int]) -> [Scale] {
    values.map { values in
      var moments = Moments()
      for row in rows { moments.add(values[row]) }
      guard rows.count > 0 else { return Scale(mean: 0, deviation: 1) }
      let deviation = (moments.squaredDistances / Double(rows.count)).squareRoot()
      return Scale(mean: moments.mean, deviation: deviation > 0 ? deviation : 1)
    }
  }

  /// The points of the rows, or of as many of them as are compared in pairs.
  func points(_ rows: [Int], _ scale: [Scale]) -> [Double] {
    MaximumMeanDiscrepancy.drawn(rows.count, limit: MaximumMeanDiscrepancy.divisionLimit)
      .flatMap { drawn in
        values.indices.map { (values[$0][rows[drawn]] - scale[$0].mean) / scale[$0].deviation }
      }
  }
}
