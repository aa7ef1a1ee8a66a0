import PlumbDiagnostics

extension FuzzTarget {
  /// Finding lines and columns in a text that need not be UTF-8.
  package static let places = FuzzTarget(name: "places") { bytes in
    let file = SourceFile(name: "fuzz", bytes: Array(bytes))
    var last = (line: 1, column: 1)
    for offset in 0...bytes.count {
      let place = file.position(at: offset)
      precondition(place.line > last.line || place == last || place.column == last.column + 1)
      precondition(file.bounds(ofLine: place.line).upperBound <= bytes.count)
      last = place
    }
    precondition(file.text(0..<bytes.count + 1).isEmpty == bytes.isEmpty)
  }
}
