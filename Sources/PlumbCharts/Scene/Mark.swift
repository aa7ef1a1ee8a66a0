/// Something drawn in a panel; coordinates are values of the panel's axes.
package enum Mark: Sendable {
  case line(Line)
  case band(Band)
  case points(Points)
  case bars([Bar])
  case intervals([Interval])
  case cells([Cell])
  case boxes([Box])
  case rule(Rule)

  /// Points joined in their order.
  package struct Line: Sendable {
    package var points: [Point]
    package var paint: Paint
    package var weight = Weight.normal
    /// The series, as the legend calls it.
    package var name = ""

    package enum Weight: Sendable {
      case normal
      /// What a smoothed line stands before.
      case faint
      case strong
      /// Dashes: nothing measured.
      case reference
    }
  }

  /// The area between two lines.
  package struct Band: Sendable {
    package var low: [Point]
    /// As many points as `low`, at the same x.
    package var high: [Point]
    package var paint: Paint
    package var name = ""
  }

  /// Dots of one color, or with a color each.
  package struct Points: Sendable {
    package var points: [Point]
    package var paint: Paint
    /// A number for each point, for charts with a gradient; else empty.
    package var values: [Double] = []
    package var paints: [Paint] = []
    package var name = ""
    /// Beside something that matters more.
    package var isFaint = false
  }

  /// A rectangle that stands on `base`.
  package struct Bar: Sendable {
    package var left: Double
    package var right: Double
    package var base: Double
    package var top: Double
    package var paint: Paint
    package var name = ""
    /// The index of the category on the x axis, if it has categories.
    package var category: Int?
    /// Whether other bars may stand in front of it, so that it is to be translucent.
    package var isOverlaid = false
  }

  /// A vertical stroke from `low` to `high`.
  package struct Interval: Sendable {
    package var x: Double
    package var low: Double
    package var high: Double
    package var paint: Paint
  }

  /// A field of a grid.
  package struct Cell: Sendable {
    package var x: ClosedRange<Double>
    package var y: ClosedRange<Double>
    package var value: Double
    /// The place of the value between the least and the greatest.
    package var share: Double
    /// The color of the series, shaded by `share`; of a gradient otherwise.
    package var paint: Paint
    package var name = ""
  }

  /// Quartiles with whiskers to the farthest values within 1.5 interquartile ranges (Tukey 1977).
  package struct Box: Sendable {
    package var left: Double
    package var right: Double
    package var low: Double
    package var lowerQuartile: Double
    package var median: Double
    package var upperQuartile: Double
    package var high: Double
    package var outliers: [Double]
    package var count: Int
    package var paint: Paint
    package var name = ""
    package var category: Int
  }

  /// A reference line across the panel.
  package struct Rule: Sendable {
    package var value: Double
    package var isVertical: Bool
    package var label: String
  }
}
