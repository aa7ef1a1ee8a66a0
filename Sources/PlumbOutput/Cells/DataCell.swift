import PlumbColumns

extension ChunkCells {
  /// Appends a cell as JSON.
  func appendJSON(column: Int, row: Int, to buffer: inout TextBuffer) {
    let view = views[column]
    if view.isNull(row) { return buffer.append("null") }
    switch view.layout {
    case .bools(let values): buffer.append(values[row] != 0 ? "true" : "false")
    case .integers(let values): buffer.append(integer: values[row])
    case .timestamps(let values):
      buffer.append(0x22)
      TimestampText.append(values[row], to: &buffer)
      buffer.append(0x22)
    case .durations(let values): DurationText.appendSeconds(values[row], to: &buffer)
    case .floats(let values): JSONText.append(float: values[row], to: &buffer)
    case .texts(let codes, let bytes, let offsets):
      JSONText.append(string: CellView.text(codes, bytes, offsets, row), to: &buffer)
    case .nested: JSONText.append(nestedValue(column: column, row: row), to: &buffer)
    }
  }

  /// Appends a cell as a field of CSV: null is nothing, the empty text `""`.
  func appendCSV(column: Int, row: Int, _ style: CSVStyle, to buffer: inout TextBuffer) {
    let view = views[column]
    if view.isNull(row) { return }
    switch view.layout {
    case .bools(let values): buffer.append(values[row] != 0 ? "true" : "false")
    case .integers(let values): buffer.append(integer: values[row])
    case .timestamps(let values): TimestampText.append(values[row], to: &buffer)
    case .durations(let values): DurationText.appendSeconds(values[row], to: &buffer)
    case .floats(let values): FloatText.append(values[row], to: &buffer)
    case .texts(let codes, let bytes, let offsets):
      style.append(CellView.text(codes, bytes, offsets, row), to: &buffer)
    case .nested:
      style.append(JSONText.write(nestedValue(column: column, row: row)), to: &buffer)
    }
  }
}
