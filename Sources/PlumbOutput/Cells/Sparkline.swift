import PlumbColumns

/// A line of blocks whose heights follow numbers, for a look at a long list in a cell.
enum Sparkline {
  /// Shorter lists are shown as they are.
  static let leastCount = 5
  /// Longer lists are drawn by the means of their parts.
  static let mostColumns = 24
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The line of a list of numbers; nil for other values and for short lists.
  ///
  /// The least finite number is the lowest block, the greatest the highest. Null and NaN are gaps,
  /// and where a list runs off to infinity there is its sign.
  static func text(_ value: Value) -> String? {
    guard case .list(let elements, let type) = value, type.isNumeric, elements.count >= leastCount
    else { return nil }
    let numbers = elements.map { element -> Double? in
      switch element {
      case .int(let number): Double(number)
      case .float(let number): number.isNaN ? nil : number
      default: nil
      }
    }
    let points = parts(numbers)
    let finite = points.compactMap { $0 }.filter(\.isFinite)
    let low = finite.min() ?? 0
    let high = finite.max() ?? 0
    guard points.contains(where: { $0 != nil }) else { return nil }
    return String(
      points.map { point -> Character in
        guard let point else { return " " }
        guard point.isFinite else { return "∞" }
        guard high > low else { return blocks[3] }
        // Halves, so that the range of two huge numbers is finite.
        let share = (point / 2 - low / 2) / (high / 2 - low / 2)
        return blocks[min(blocks.count - 1, Int(share * Double(blocks.count)))]
      })
  }

  /// At most as many numbers as there are columns.
  private static func parts(_ numbers: [Double?]) -> [Double?] {
    guard numbers.count > mostColumns else { return numbers }
    return (0..<mostColumns).map { part in
      let start = part * numbers.count / mostColumns
      let end = (part + 1) * numbers.count / mostColumns
      let present = numbers[start..<end].compactMap { $0 }
      guard !present.isEmpty else { return nil }
      if let infinite = present.first(where: { !$0.isFinite }) { return infinite }
      return present.reduce(0) { $0 + $1 / Double(present.count) }
    }
  }
}
