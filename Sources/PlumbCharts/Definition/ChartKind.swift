/// A kind of chart: what `plot` may be followed by.
package enum ChartKind: String, Sendable, CaseIterable {
  case line, scatter, bar, hist, box, heatmap, ecdf, parallel

  /// One sentence for help.
  package var summary: String {
    switch self {
    case .line: "y over x, a line for each color; with `low` and `high` a band around it"
    case .scatter: "a point for each row"
    case .bar: "a bar for each x, stacked by color; without `y` the number of rows"
    case .hist: "how many values of x fall into each of equal bins"
    case .box: "median, quartiles and outliers of y for each x"
    case .heatmap: "a field for each pair of x and y; `color`, or else the number of rows"
    case .ecdf: "the share of values that are at most x"
    case .parallel: "a line for each row over several axes: `x = [a, b, c]`"
    }
  }

  /// The channels that must be given.
  package var required: [ChartChannel] {
    switch self {
    case .line, .scatter, .heatmap: [.x, .y]
    case .bar, .hist, .ecdf, .parallel: [.x]
    case .box: [.y]
    }
  }

  /// The channels that may be given besides.
  package var optional: [ChartChannel] {
    switch self {
    case .line: [.color, .facet, .low, .high]
    case .scatter, .hist, .heatmap, .ecdf: [.color, .facet]
    case .bar: [.y, .color, .facet, .low, .high]
    case .box: [.x, .color, .facet]
    case .parallel: [.color]
    }
  }

  /// The settings that mean something for the kind.
  package var settings: [ChartSetting] {
    let shared: [ChartSetting] = [.title, .xTitle, .yTitle, .colorTitle, .save]
    switch self {
    case .line: return shared + [.xScale, .yScale, .xLine, .yLine, .smooth, .diagonal]
    case .scatter: return shared + [.xScale, .yScale, .xLine, .yLine, .smooth, .diagonal]
    case .bar: return shared + [.yScale, .yLine, .stack]
    case .hist: return shared + [.xScale, .yScale, .xLine, .bins, .normalize]
    case .box: return shared + [.yScale, .yLine]
    case .heatmap: return shared + [.bins]
    case .ecdf: return shared + [.xScale, .xLine, .yLine]
    case .parallel: return [.title, .colorTitle, .save]
    }
  }
}

/// What a column of a chart's rows stands for.
package enum ChartChannel: String, Sendable, CaseIterable {
  case x, y, color, facet, low, high

  /// What it does, for help.
  package var summary: String {
    switch self {
    case .x: "the horizontal axis"
    case .y: "the vertical axis"
    case .color: "a series for each value; numbers of many values become a gradient"
    case .facet: "a panel for each value, all with the same axes"
    case .low: "the lower end of a band or an error bar"
    case .high: "the upper end of a band or an error bar"
    }
  }

  /// Whether only numbers make sense.
  package func needsNumber(for kind: ChartKind) -> Bool {
    switch self {
    case .low, .high: true
    case .x: kind == .hist || kind == .ecdf
    case .y: kind == .bar || kind == .box
    case .color: kind == .heatmap
    case .facet: false
    }
  }
}

/// A setting of `plot`: a constant, unlike a channel.
package enum ChartSetting: String, Sendable, CaseIterable {
  case title
  case xTitle = "x_title"
  case yTitle = "y_title"
  case colorTitle = "color_title"
  case xScale = "x_scale"
  case yScale = "y_scale"
  case xLine = "x_line"
  case yLine = "y_line"
  case smooth, bins, normalize, stack, diagonal, save

  /// What it does, for help.
  package var summary: String {
    switch self {
    case .title: "the heading"
    case .xTitle: "the title of the x axis; else the expression"
    case .yTitle: "the title of the y axis; else the expression"
    case .colorTitle: "the title of the legend; else the expression"
    case .xScale: "\"log\" or \"linear\""
    case .yScale: "\"log\" or \"linear\""
    case .xLine: "a vertical reference line: a number, a timestamp, or a list of them"
    case .yLine: "a horizontal reference line: a number or a list of them"
    case .smooth: "adds the mean of so many neighbouring values; the values themselves get faint"
    case .bins: "about how many bins"
    case .normalize: "true: shares of each series and not counts"
    case .stack: "false: bars of several colors beside each other"
    case .diagonal: "true: the line on which x equals y"
    case .save: "a file to write instead of showing: .svg, .html, .json (Vega-Lite) or .txt"
    }
  }
}
