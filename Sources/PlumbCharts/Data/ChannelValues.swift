import PlumbColumns

/// The values of a channel as numbers on an axis, one a row; NaN where there is none.
struct ChannelValues {
  /// What the numbers stand for.
  enum Kind {
    case number
    /// Microseconds since 1970.
    case time
    /// Seconds.
    case duration
    /// Indices of labels.
    case category([String])

    var isCategory: Bool {
      if case .category = self { true } else { false }
    }
  }

  let kind: Kind
  let numbers: [Double]

  /// With `asCategories` numbers and times are labels too.
  init(
    _ column: Column, asCategories: Bool = false, zone: TimeZoneRules, control: RunControl
  ) throws(RunControl.Interruption) {
    if asCategories || column.type == .string || column.type == .bool || column.type == .null {
      let categories = try Categories(column, zone: zone, control: control)
      kind = .category(categories.labels)
      numbers = categories.codes.map(Double.init)
      return
    }
    switch column.type {
    case .timestamp: kind = .time
    case .duration: kind = .duration
    default: kind = .number
    }
    let doubles = column.doubles()
    let presence = column.presence
    let scale = column.type == .duration ? 1e-6 : 1
    numbers = [Double](unsafeUninitializedCapacity: column.count) { target, count in
      for row in 0..<column.count {
        let value = presence?[row] ?? true ? doubles[row] * scale : .nan
        target.initializeElement(at: row, to: value.isFinite ? value : .nan)
      }
      count = column.count
    }
    try control.check()
  }

  /// The title of an axis of these values.
  func axisTitle(_ title: String) -> String {
    if case .duration = kind { return title.isEmpty ? "seconds" : title + " (s)" }
    return title
  }
}
