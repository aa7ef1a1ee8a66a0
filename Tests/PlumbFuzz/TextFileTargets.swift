import PlumbColumns

extension FuzzTarget {
  /// Reading any bytes as separated values, strictly and with every leniency.
  package static let csv = FuzzTarget(name: "csv") { bytes in
    let lenient: [String: Value] = [
      "ragged": .string("pad"), "header": .bool(false), "null": .string("NA"),
      "encoding": .string("latin1"),
    ]
    let strict = readFile(bytes, ending: ".csv", options: [:])
    let padded = readFile(bytes, ending: ".csv", options: lenient)
    // What can be read strictly can be read with leniency; a header is then one record more.
    if let strict, let padded { precondition(strict.rowCount <= padded.rowCount + 1) }
    _ = readFile(
      bytes, ending: ".tsv", options: ["delimiter": .string(","), "header": .bool(true)],
      types: ["a": .int, "b": .timestamp, "c": .bool, "d": .duration, "e": .float])
  }

  /// Reading any bytes as JSON: a file of objects, and one value.
  package static let json = FuzzTarget(name: "json") { bytes in
    _ = readFile(bytes, ending: ".json", options: [:])
    _ = readFile(
      bytes, ending: ".jsonl", options: ["encoding": .string("latin1")],
      types: ["a": .int, "b": .timestamp, "c": .bool, "d": .duration, "e": .string])
    do throws(JSONError) {
      let value = try JSONText.parse(bytes)
      let again = try JSONText.parse(JSONText.write(value))
      // NaN and the infinities are written as texts, and a list of them has another type then.
      precondition(
        again == value || JSONText.write(value).contains("N")
          || JSONText.write(value).contains("Infinity"))
    } catch {
      precondition(error.offset <= bytes.count && !error.message.isEmpty)
    }
  }
}
