/// What is to be drawn of a chart's rows.
package struct ChartSpecification: Sendable {
  package var kind: ChartKind
  /// The columns of the rows, each with its channel; `parallel` has several of channel `x`.
  package var columns: [Column]
  package var title: String?
  package var xTitle: String?
  package var yTitle: String?
  package var colorTitle: String?
  package var xIsLog = false
  package var yIsLog = false
  /// Where reference lines cross the x axis, in the axis's unit (microseconds for times).
  package var xLines: [Double] = []
  package var yLines: [Double] = []
  /// The values that a smoothed line takes the mean of; nil for no such line.
  package var smooth: Int?
  /// About how many bins; nil to choose by the data.
  package var bins: Int?
  package var isNormalized = false
  package var isStacked = true
  package var hasDiagonal = false

  /// A column of the rows and what it stands for.
  package struct Column: Sendable {
    package let channel: ChartChannel
    /// The name of the column in the rows.
    package let name: String
    /// How axes and legends call it.
    package let title: String

    package init(_ channel: ChartChannel, name: String, title: String) {
      self.channel = channel
      self.name = name
      self.title = title
    }
  }

  package init(kind: ChartKind, columns: [Column]) {
    self.kind = kind
    self.columns = columns
  }

  /// The column of a channel, if it is given.
  package func column(_ channel: ChartChannel) -> Column? {
    columns.first { $0.channel == channel }
  }
}
