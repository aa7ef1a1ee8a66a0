/// What a chart shows, in values of its axes: what all ways of drawing it begin with.
package struct Scene: Sendable {
  package var kind: ChartKind
  package var title: String?
  /// The chart in words, for those who cannot see it.
  package var description = ""
  /// What is to be told below the chart, such as rows that it leaves out.
  package var notes: [String] = []
  package var xTitle = ""
  package var yTitle = ""
  /// One, or one for each value of `facet`; all have the same axes.
  package var panels: [Panel] = []
  package var legend: Legend?

  /// An area with axes and marks.
  package struct Panel: Sendable {
    package var title: String?
    package var x: Scale
    package var y: Scale
    package var marks: [Mark] = []
    /// The axes of parallel coordinates, which stand at 0, 1, 2, … of `x`; `y` is then from 0 to 1.
    package var dimensions: [Dimension] = []
  }

  /// One of the axes of parallel coordinates.
  package struct Dimension: Sendable {
    package let title: String
    package let scale: Scale
  }

  /// What the colors mean.
  package struct Legend: Sendable {
    package let title: String
    package let content: Content

    package enum Content: Sendable {
      case series([Entry])
      /// From the first color of the gradient to its last.
      case gradient(low: Double, high: Double, lowLabel: String, highLabel: String)
    }

    package struct Entry: Sendable {
      package let label: String
      package let paint: Paint
    }
  }
}

/// A place in a panel.
package struct Point: Sendable, Hashable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A color, left to whatever draws it.
package enum Paint: Sendable, Hashable {
  /// A color of the palette, which begins anew after its last.
  case series(Int)
  /// What has no color of its own.
  case other
  /// From 0 to 1 along the gradient.
  case gradient(Double)

  /// The series that have a color of their own.
  package static let seriesLimit = 8

  static func ofSeries(_ index: Int) -> Paint {
    index < seriesLimit ? .series(index) : .other
  }
}
