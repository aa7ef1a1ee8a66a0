/// An area for lines and points: eight braille dots a character, or, where colors cannot tell
/// series apart, a symbol for each series.
struct DotCanvas {
  let columns: Int
  let rows: Int
  private let usesSymbols: Bool
  private var dots: [UInt8]
  private var owners: [Paint?]

  /// The symbols of series without colors.
  static let symbols: [Character] = ["●", "○", "■", "□", "▲", "△", "◆", "◇"]

  init(columns: Int, rows: Int, usesSymbols: Bool) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    self.usesSymbols = usesSymbols
    dots = Array(repeating: 0, count: self.columns * self.rows)
    owners = Array(repeating: nil, count: self.columns * self.rows)
  }

  private var width: Int { usesSymbols ? columns : columns * 2 }
  private var height: Int { usesSymbols ? rows : rows * 4 }

  /// Draws a point; positions are from 0 to 1, the second from bottom to top.
  mutating func point(_ x: Double, _ y: Double, _ paint: Paint) {
    guard let (column, row) = dot(x, y) else { return }
    set(column, row, paint)
  }

  /// Draws a straight line, cut where it leaves the area.
  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ paint: Paint,
    isDashed: Bool = false
  ) {
    guard let (first, last) = Self.clipped(start, end), let a = dot(first.x, first.y),
      let b = dot(last.x, last.y)
    else { return }
    // Bresenham's algorithm.
    let dx = abs(b.0 - a.0)
    let dy = -abs(b.1 - a.1)
    let stepX = a.0 < b.0 ? 1 : -1
    let stepY = a.1 < b.1 ? 1 : -1
    var error = dx + dy
    var (x, y) = a
    var count = 0
    while true {
      if !isDashed || count % 6 < 3 { set(x, y, paint) }
      count += 1
      if x == b.0, y == b.1 { return }
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        x += stepX
      }
      if doubled <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// What stands in a character; nil when it is empty.
  func character(_ column: Int, _ row: Int) -> (Character, Paint)? {
    let index = row * columns + column
    guard dots[index] != 0, let owner = owners[index] else { return nil }
    if usesSymbols {
      guard case .series(let series) = owner else { return ("·", owner) }
      return (Self.symbols[series % Self.symbols.count], owner)
    }
    let scalar = Unicode.Scalar(0x2800 + UInt32(dots[index])) ?? " "
    return (Character(scalar), owner)
  }

  private func dot(_ x: Double, _ y: Double) -> (Int, Int)? {
    // A little room, because positions at the edge are not exact.
    guard x > -1e-6, x < 1 + 1e-6, y > -1e-6, y < 1 + 1e-6 else { return nil }
    let column = Int((x * Double(width - 1)).rounded())
    let row = Int(((1 - y) * Double(height - 1)).rounded())
    return (min(width - 1, max(0, column)), min(height - 1, max(0, row)))
  }

  private mutating func set(_ x: Int, _ y: Int, _ paint: Paint) {
    let index: Int
    if usesSymbols {
      index = y * columns + x
      dots[index] = 1
    } else {
      index = (y / 4) * columns + x / 2
      dots[index] |= Self.bits[(y % 4) * 2 + x % 2]
    }
    owners[index] = paint
  }

  /// The bits of the dots in U+2800…U+28FF, row by row.
  private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

  /// The part of a line within the unit square (Liang and Barsky 1984).
  private static func clipped(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double)
  ) -> ((x: Double, y: Double), (x: Double, y: Double))? {
    guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { return nil }
    var enter = 0.0
    var leave = 1.0
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    for (slope, room) in [(-dx, a.x), (dx, 1 - a.x), (-dy, a.y), (dy, 1 - a.y)] {
      if slope == 0 {
        if room < 0 { return nil }
      } else if slope < 0 {
        enter = max(enter, room / slope)
      } else {
        leave = min(leave, room / slope)
      }
    }
    guard enter <= leave else { return nil }
    return ((a.x + enter * dx, a.y + enter * dy), (a.x + leave * dx, a.y + leave * dy))
  }
}
