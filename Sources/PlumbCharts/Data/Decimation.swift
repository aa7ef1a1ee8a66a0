/// Keeps of a long line what a picture of it shows: of each of `buckets` parts of the x axis the
/// first and last point and those with the least and greatest y, so that no peak is lost.
///
/// M4 of Jugel, Jerzak, Hackenbroich and Markl, "M4: A Visualization-Oriented Time Series Data
/// Aggregation", VLDB 2014. The points must be sorted by x.
func decimated(_ points: [Point], buckets: Int, scale: Scale) -> [Point] {
  guard points.count > 4 * buckets else { return points }
  var kept: [Point] = []
  kept.reserveCapacity(4 * buckets)
  var start = 0
  while start < points.count {
    let bucket = Int(scale.position(points[start].x) * Double(buckets))
    var end = start + 1
    while end < points.count,
      Int(scale.position(points[end].x) * Double(buckets)) == bucket
    {
      end += 1
    }
    var low = start
    var high = start
    for index in start..<end {
      if points[index].y < points[low].y { low = index }
      if points[index].y > points[high].y { high = index }
    }
    var last = -1
    for index in [start, min(low, high), max(low, high), end - 1] where index > last {
      kept.append(points[index])
      last = index
    }
    start = end
  }
  return kept
}

/// The fields of a grid into which points fall, with the number of points of each: what a cloud of
/// very many points looks like. Every field with a point is kept, so that no outlier is lost.
func densityCells(
  _ points: [Point], columns: Int, rows: Int, x: Scale, y: Scale
) -> [(column: Int, row: Int, count: Int)] {
  var counts = [Int](repeating: 0, count: columns * rows)
  for point in points {
    counts[y.part(of: point.y, among: rows) * columns + x.part(of: point.x, among: columns)] += 1
  }
  return counts.indices.compactMap { index in
    counts[index] == 0 ? nil : (index % columns, index / columns, counts[index])
  }
}

/// The mean of each point's y and its neighbours', `count` points in all where there are as many.
///
/// Sums are carried along, compensated as Neumaier has it, so that the effort does not grow with
/// `count` and long series lose no digits.
func movingMean(_ points: [Point], count: Int) -> [Point] {
  let before = (count - 1) / 2
  let after = count / 2
  var sum = 0.0
  var compensation = 0.0
  func add(_ value: Double) {
    let next = sum + value
    compensation +=
      abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
    sum = next
  }
  var lower = 0
  var upper = 0
  return points.indices.map { index in
    while upper < min(points.count, index + after + 1) {
      add(points[upper].y)
      upper += 1
    }
    while lower < index - before {
      add(-points[lower].y)
      lower += 1
    }
    return Point(x: points[index].x, y: (sum + compensation) / Double(upper - lower))
  }
}
