/// Colors that people with any kind of color vision can tell apart.
enum Palette {
  /// Okabe and Ito, "Color Universal Design" (2008), without its yellow and black, which vanish on
  /// white and on black; brown and grey in their place.
  static let light = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c564b", "#7f7f7f",
  ]

  /// The same hues, lighter, for a dark page.
  static let dark = [
    "#4aa8e0", "#f08a4b", "#33c79b", "#e3a1c6", "#f2bd4c", "#8fd0f5", "#c49a8f", "#a6a6a6",
  ]

  /// The nearest of the 256 colors of terminals.
  static let terminal: [UInt8] = [32, 166, 36, 175, 178, 74, 131, 245]

  /// Van der Walt and Smith's viridis (2015), ten of its colors.
  static let gradient: [(red: Double, green: Double, blue: Double)] = [
    (68, 1, 84), (72, 40, 120), (62, 73, 137), (49, 104, 142), (38, 130, 142), (31, 158, 137),
    (53, 183, 121), (110, 206, 88), (181, 222, 43), (253, 231, 37),
  ]

  static let terminalGradient: [UInt8] = [53, 54, 60, 24, 30, 36, 72, 77, 148, 220]

  /// A color of the gradient as `#rrggbb`; `share` from 0 to 1.
  static func gradientColor(_ share: Double) -> String {
    let place = max(0, min(1, share.isNaN ? 0 : share)) * Double(gradient.count - 1)
    let index = min(gradient.count - 2, Int(place))
    let rest = place - Double(index)
    let (a, b) = (gradient[index], gradient[index + 1])
    let parts = [(a.red, b.red), (a.green, b.green), (a.blue, b.blue)].map { from, to in
      let value = Int((from * (1 - rest) + to * rest).rounded())
      let digits = String(value, radix: 16)
      return value < 16 ? "0" + digits : digits
    }
    return "#" + parts.joined()
  }
}
