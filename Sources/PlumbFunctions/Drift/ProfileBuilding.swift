package import PlumbColumns
import PlumbStatistics

extension TableProfile {
  /// The profile of a table: of its numbers, durations (in seconds), texts and bools. Columns of
  /// other types are left out, and texts of more than `categoryLimit` values.
  package init(of table: Table, control: RunControl) throws(RunControl.Interruption) {
    var features: [Feature] = []
    for (field, column) in zip(table.schema.fields, table.columns) {
      try control.check()
      let content: Content?
      switch field.type {
      case .int, .float, .duration: content = try .numbers(Self.numbers(column, control))
      case .string, .bool: content = Self.categories(column).map { .categories($0) }
      case .null, .timestamp, .list, .record: content = nil
      }
      if let content {
        features.append(Feature(name: field.name, type: field.type, content: content))
      }
    }
    self.init(rowCount: table.rowCount, features: features)
  }

  private static func numbers(
    _ column: Column, _ control: RunControl
  ) throws(RunControl.Interruption) -> Numbers {
    let sample = try FiniteSample(column, 0..<column.count, of: nil, control: control)
    let sorted = sample.sorted
    let (points, error) = Numbers.points(count: sample.count) { sorted[$0] }
    let deviation = sample.count > 0 ? sorted.populationDeviation : 0
    return withExtendedLifetime(sample) {
      Numbers(
        count: sample.count, missingCount: sample.missingCount, nanCount: sample.nanCount,
        infiniteCount: sample.infiniteCount, deviation: deviation, points: points,
        rankError: error)
    }
  }

  private static func categories(_ column: Column) -> Categories? {
    let coder = KeyCoder(type: column.type)
    let keys = coder.keys(of: column)
    let presence = column.presence
    var pairs = GroupKeyTable()
    var counts: [Int] = []
    var missing = 0
    for row in 0..<column.count {
      guard presence?[row] ?? true else {
        missing += 1
        continue
      }
      let number = pairs.number(of: keys[row], in: 0)
      if number == counts.count { counts.append(0) }
      counts[number] += 1
    }
    guard counts.count <= categoryLimit else { return nil }
    let values = coder.column(of: pairs.entries().keys)
    return Categories(
      texts: (0..<counts.count).map { plainText(values.value(at: $0)) }, counts: counts,
      missingCount: missing)
  }
}
