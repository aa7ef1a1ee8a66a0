import PlumbColumns

/// The lines of a metric file: `time value [step [dataset digest]]`, times in milliseconds.
///
/// The first releases wrote no step. Behind the step a run's metric may name a dataset, a logged
/// model's the run and a dataset; a dataset's name may hold spaces.
struct MetricLines {
  private let file: FileBytes
  private var position = 0
  private var line = 0

  init(_ file: FileBytes) { self.file = file }

  /// The next point; nil at the end.
  mutating func next() throws(ImportError) -> MetricPoint? {
    let count = file.bytes.count
    while position < count {
      line += 1
      var end = position
      while end < count, file.bytes[end] != UInt8(ascii: "\n") { end += 1 }
      let start = position
      position = end + 1
      if let point = try point(start, end) { return point }
    }
    return nil
  }

  /// The point of a line, nil for a blank one.
  private func point(_ start: Int, _ end: Int) throws(ImportError) -> MetricPoint? {
    var position = start
    guard let first = field(&position, end) else { return nil }
    guard let second = field(&position, end) else { throw error("it has one field") }
    guard let milliseconds = Int(text(first)),
      let timestamp = microseconds(milliseconds: milliseconds)
    else { throw error("`\(text(first))` is no time in milliseconds") }
    guard let value = storedDouble(text(second)) else {
      throw error("`\(text(second))` is no number")
    }
    var step = 0
    if let third = field(&position, end) {
      guard let number = Int(text(third)) else { throw error("`\(text(third))` is no step") }
      step = number
    }
    return MetricPoint(value: value, step: step, timestamp: timestamp)
  }

  /// The next run of bytes that are not spaces.
  private func field(_ position: inout Int, _ end: Int) -> Range<Int>? {
    while position < end, isSpace(file.bytes[position]) { position += 1 }
    let start = position
    while position < end, !isSpace(file.bytes[position]) { position += 1 }
    return start < position ? start..<position : nil
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t")
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: file.bytes[range], as: UTF8.self)
  }

  private func error(_ problem: String) -> ImportError {
    ImportError(
      .badValue, "line \(line) of `\(file.path)` is no point of a metric: \(problem)",
      remedy: "each line is `TIME VALUE STEP`, as MLflow writes it; mend or remove the line",
      location: "\(file.path):\(line)")
  }
}
