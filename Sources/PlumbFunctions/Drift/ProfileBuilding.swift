package import PlumbColumns
import PlumbStatistics

extension TableProfile {
  /// The profile of a table: of its numbers, durations (in seconds), texts and bools, and of those of
  /// the rows that agree in some columns, if there are any `keys`.
  ///
  /// Columns of other types are left out, and texts of more than `categoryLimit` values. Absent
  /// where there are more than `groupLimit` groups.
  package init?(
    of table: Table, by keys: [Key] = [], control: RunControl
  ) throws(RunControl.Interruption) {
    let whole = try TableProfile(table, 0..<table.rowCount, of: nil, control)
    guard !keys.isEmpty else {
      self = whole
      return
    }
    let columns = keys.map { table[$0.name] ?? .nulls($0.type, count: table.rowCount) }
    guard let grouped = try ProfileGroups(columns, count: table.rowCount, control: control) else {
      return nil
    }
    var groups: [Group] = []
    for range in grouped.ranges {
      let row = Int(grouped.rows[range.lowerBound])
      groups.append(
        Group(
          values: columns.map { $0.value(at: row) },
          profile: try TableProfile(table, range, of: grouped.rows, control)))
    }
    self.init(rowCount: whole.rowCount, features: whole.features, keys: keys, groups: groups)
  }

  /// The profile of some rows: those at `positions` of `rows`, or the rows `positions` themselves.
  private init(
    _ table: Table, _ positions: Range<Int>, of rows: Values<UInt32>?, _ control: RunControl
  ) throws(RunControl.Interruption) {
    var features: [Feature] = []
    for (field, column) in zip(table.schema.fields, table.columns) {
      try control.check()
      let content: Content?
      switch field.type {
      case .int, .float, .duration:
        content = .numbers(
          Self.numbers(try FiniteSample(column, positions, of: rows, control: control)))
      case .string, .bool:
        content = try Self.categories(column, positions, rows, control).map { .categories($0) }
      case .null, .timestamp, .list, .record: content = nil
      }
      if let content {
        features.append(Feature(name: field.name, type: field.type, content: content))
      }
    }
    self.init(rowCount: positions.count, features: features)
  }

  private static func numbers(_ sample: FiniteSample) -> Numbers {
    let sorted = sample.sorted
    let (points, error) = Numbers.points(count: sample.count) { sorted[$0] }
    let deviation = sample.count > 0 ? sorted.populationDeviation : 0
    return withExtendedLifetime(sample) {
      Numbers(
        count: sample.count, missingCount: sample.leftOut.missing,
        nanCount: sample.leftOut.nan, infiniteCount: sample.leftOut.infinite,
        deviation: deviation, points: points, rankError: error)
    }
  }

  /// How often each category occurs; absent as soon as there are too many, as of an id.
  private static func categories(
    _ column: Column, _ positions: Range<Int>, _ rows: Values<UInt32>?, _ control: RunControl
  ) throws(RunControl.Interruption) -> Categories? {
    let coder = KeyCoder(type: column.type)
    let keys = coder.keys(of: column)
    let presence = column.presence
    var pairs = GroupKeyTable()
    var counts: [Int] = []
    var missing = 0
    for position in positions {
      if position & 0xFFFF == 0 { try control.check() }
      let row = rows.map { Int($0[position]) } ?? position
      guard presence?[row] ?? true else {
        missing += 1
        continue
      }
      let number = pairs.number(of: keys[row], in: 0)
      if number == counts.count {
        if number == categoryLimit { return nil }
        counts.append(0)
      }
      counts[number] += 1
    }
    let values = coder.column(of: pairs.entries().keys)
    return Categories(
      texts: (0..<counts.count).map { plainText(values.value(at: $0)) }, counts: counts,
      missingCount: missing)
  }
}

/// The rows of a table brought together by their keys.
private struct ProfileGroups {
  /// The rows, those of a group side by side in their order.
  let rows: Values<UInt32>
  /// Where the rows of each group lie, the groups in order of first appearance.
  let ranges: [Range<Int>]

  /// Absent where there are more groups than a profile keeps.
  init?(_ columns: [Column], count: Int, control: RunControl) throws(RunControl.Interruption) {
    try control.reserve(count * 2 * MemoryLayout<UInt32>.stride)
    let groups = Buffer<UInt32>(repeating: 0, count: count)
    for column in columns {
      // A pair of the group so far and a value is a group; null is a value of its own.
      let keys = KeyCoder(type: column.type).keys(of: column)
      let presence = column.presence
      var pairs = GroupKeyTable()
      for row in 0..<count {
        if row & 0xFFFF == 0 { try control.check() }
        let isPresent = presence?[row] ?? true
        groups.base[row] = UInt32(
          truncatingIfNeeded: pairs.number(
            of: isPresent ? keys[row] : 0, in: groups.base[row] &* 2 &+ (isPresent ? 1 : 0)))
        if pairs.count > TableProfile.groupLimit { return nil }
      }
    }
    var ends: [Int] = []
    for row in 0..<count {
      let group = Int(groups.base[row])
      while ends.count <= group { ends.append(0) }
      ends[group] += 1
    }
    var (ranges, start) = ([Range<Int>](), 0)
    for group in ends.indices {
      ranges.append(start..<(start + ends[group]))
      ends[group] = start
      start = ranges[group].upperBound
    }
    let rows = Buffer<UInt32>(count: count)
    for row in 0..<count {
      let group = Int(groups.base[row])
      rows.base[ends[group]] = UInt32(truncatingIfNeeded: row)
      ends[group] += 1
    }
    self.rows = Values(rows)
    self.ranges = ranges
  }
}
