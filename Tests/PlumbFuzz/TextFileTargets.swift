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

  /// Reading any bytes as JSON: a file of objects, one value, and a tree, which is changed.
  package static let json = FuzzTarget(name: "json") { bytes in
    _ = readFile(bytes, ending: ".json", options: [:])
    _ = readFile(
      bytes, ending: ".jsonl", options: ["encoding": .string("latin1")],
      types: ["a": .int, "b": .timestamp, "c": .bool, "d": .duration, "e": .string])
    checkTree(Array(bytes))
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

  /// What is read as a tree is the same when it was written and read again, and its members can be
  /// changed.
  private static func checkTree(_ bytes: [UInt8]) {
    do throws(JSONError) {
      var tree = try JSONTree.parse(bytes)
      let text = tree.text
      let again = try JSONTree.parse(Array(text.utf8))
      let indented = try JSONTree.parse(Array(tree.indentedText.utf8))
      precondition(again.text == text && indented.text == text)
      for member in tree.members ?? [] {
        let value = tree[member.name]
        _ = (value?.string, value?.int, value?.bool, value?.array?.count)
        tree[member.name] = ["list": [1, 0.5, true, "text"]]
        tree[member.name + "'"] = value
        tree[member.name] = nil
      }
      _ = tree.text
    } catch {
      precondition(!error.message.isEmpty)
    }
  }
}
