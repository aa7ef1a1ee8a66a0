import PlumbColumns

/// Histograms: numbers of values in equal bins.
extension SceneBuilder {
  mutating func addHistogram() throws(RunControl.Interruption) {
    guard let xs = try values(.x) else { return }
    let isLog = specification.xIsLog
    var extent = Extent()
    for (row, x) in xs.numbers.enumerated() {
      if row & 0xFFFF == 0 { try control.check() }
      if isDrawn(x, xs.kind, isLog: isLog) { extent.include(x) }
    }
    let edges = binEdges(xs.kind, extent, isInteger: column(.x)?.type == .int)
    let groups = try groups()
    let lone = Set(groups.map(\.color)).count < 2
    var bars: [(panel: Int, bars: [Mark.Bar])] = []
    var most = Extent()
    most.include(0)
    for group in groups {
      try control.check()
      var counts = [Int](repeating: 0, count: max(1, edges.count - 1))
      var total = 0
      for row in group.rows {
        let x = xs.numbers[Int(row)]
        guard isDrawn(x, xs.kind, isLog: isLog) else {
          skippedRows += 1
          continue
        }
        counts[edges.bin(of: x)] += 1
        total += 1
      }
      guard total > 0 else { continue }
      let scale = specification.isNormalized ? 1 / Double(total) : 1
      let made = counts.indices.filter { $0 + 1 < edges.count }.map { bin in
        most.include(Double(counts[bin]) * scale)
        return Mark.Bar(
          left: edges[bin], right: edges[bin + 1], base: 0, top: Double(counts[bin]) * scale,
          paint: paint(group.color), name: name(group.color), isOverlaid: !lone)
      }
      bars.append((group.facet, made))
    }
    var x = scale(
      xs.kind, low: min(edges.first ?? 0, specification.xLines.min() ?? .infinity),
      high: max(edges.last ?? 1, specification.xLines.max() ?? -.infinity), isLog: isLog)
    if edges.isEmpty { x = scale(xs.kind, low: 1, high: 0, isLog: isLog) }
    addPanels(
      x: x,
      y: scale(
        .number, low: specification.yIsLog ? (specification.isNormalized ? 1e-4 : 0.5) : 0,
        high: most.high, isLog: specification.yIsLog, isRound: true),
      xTitle: xs.axisTitle(title(.x)), yTitle: specification.isNormalized ? "share" : "count")
    let base = specification.yIsLog ? scene.panels.first?.y.low ?? 0 : 0
    for (panel, made) in bars {
      add(
        .bars(
          made.filter { $0.top > base }.map {
            var bar = $0
            bar.base = base
            return bar
          }), to: panel)
    }
    addLegend()
  }

  /// The edges of bins, at round numbers where the axis is linear.
  ///
  /// Their width is that of Freedman and Diaconis (1981), 2 IQR n^(-1/3), within 5 to 60 bins.
  private func binEdges(
    _ kind: ChannelValues.Kind, _ extent: Extent, isInteger: Bool
  ) -> [Double] {
    guard extent.low <= extent.high else { return [] }
    guard extent.low < extent.high else {
      let room = isInteger ? 0.5 : max(abs(extent.low) * 0.05, 0.5)
      return [(extent.low - room).finite, (extent.low + room).finite]
    }
    let wanted = specification.bins ?? suggestedBins(extent)
    if specification.xIsLog {
      let scale = Scale(.log, low: extent.low, high: extent.high)
      return (0...wanted).map { scale.value(at: Double($0) / Double(wanted)) }
    }
    if case .time = kind {
      let width = (extent.high - extent.low) / Double(wanted)
      return (0...wanted).map { extent.low + Double($0) * width }
    }
    var step = NumberTicks.step(low: extent.low, high: extent.high, wanted: wanted)
    if isInteger { step = max(1, step.rounded()) }
    // Bins of whole numbers have them in their middle.
    let shift = isInteger && step == 1 ? 0.5 : 0
    let first = ((extent.low + shift) / step).rounded(.down)
    let last = ((extent.high + shift) / step).rounded(.down) + 1
    guard last - first < 10_000 else { return [extent.low, extent.high] }
    let edges = (0...Int(last - first)).map {
      ((first + Double($0)) * step - shift).finite
    }
    // The greatest value belongs to the bin that it closes.
    if edges.count > 2, edges[edges.count - 2] == extent.high { return edges.dropLast() }
    return edges
  }

  private func suggestedBins(_ extent: Extent) -> Int {
    guard let xs = column(.x) else { return 10 }
    let doubles = xs.doubles()
    // A few thousand values, taken evenly, tell the quartiles well enough.
    let step = max(1, xs.count / 4096)
    let isDuration = xs.type == .duration
    let sample = stride(from: 0, to: xs.count, by: step)
      .filter { !xs.isNull($0) && doubles[$0].isFinite }
      .map { isDuration ? doubles[$0] * 1e-6 : doubles[$0] }.sorted()
    guard sample.count > 3, !specification.xIsLog else {
      return max(5, min(60, Int(Double(sample.count).squareRoot())))
    }
    let range = sample[sample.count * 3 / 4] - sample[sample.count / 4]
    let width = 2 * range / pow10(log10(Double(max(1, xs.count))) / 3)
    guard width > 0 else { return 20 }
    let bins = extent.high / width - extent.low / width
    return Int(max(5, min(60, bins)))
  }
}

extension [Double] {
  /// The bin between two of these edges into which a value falls; the last one is closed.
  fileprivate func bin(of value: Double) -> Int {
    var low = 0
    var high = count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if self[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }
}
