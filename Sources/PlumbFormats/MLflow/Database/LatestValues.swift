import PlumbColumns

/// Values by key and run while they are collected.
struct LatestValues {
  let keys: [String]
  private let codes: CodeTable
  private let directory: RunDirectory
  private var values: [RunValues]
  private var removed: Set<Place> = []
  private var replaced: [Place: Double] = [:]

  struct Place: Hashable {
    let key: Int
    let run: Int
  }

  init(_ keys: [String], _ directory: RunDirectory) {
    self.keys = keys
    self.directory = directory
    codes = CodeTable(TextDictionary(keys, isUnique: true))
    values = Array(repeating: RunValues(), count: keys.count)
  }

  func position(_ key: UnsafeBufferPointer<UInt8>) -> Int { codes.code(of: key) }

  func position(_ key: String) -> Int {
    var key = key
    return key.withUTF8 { codes.code(of: $0) }
  }

  mutating func set(_ key: Int, run: UnsafeBufferPointer<UInt8>?, _ value: Double) {
    guard let run else { return }
    let position = directory.position(run)
    guard position >= 0 else { return }
    values[key].runs.append(UInt32(truncatingIfNeeded: position))
    values[key].values.append(value)
  }

  /// Takes a row with a run, a key, a value, and whether it is NaN; other keys are left out.
  mutating func take(_ row: some DatabaseRow) {
    guard let key = row.bytes(2) else { return }
    let position = position(key)
    guard position >= 0 else { return }
    set(
      position, run: row.bytes(1),
      metricValue(row.double(3) ?? .nan, isNaN: (row.integer(4) ?? 0) != 0))
  }

  mutating func set(_ place: Place, _ value: Double) { replaced[place] = value }

  mutating func remove(_ place: Place) { removed.insert(place) }

  /// The values of each key, in the order of the keys.
  func columns() -> [RunValues] {
    if removed.isEmpty, replaced.isEmpty { return values }
    var result: [RunValues] = []
    for (key, old) in values.enumerated() {
      var new = RunValues()
      for (run, value) in zip(old.runs, old.values) {
        let place = Place(key: key, run: Int(run))
        if removed.contains(place) { continue }
        new.runs.append(run)
        new.values.append(replaced[place] ?? value)
      }
      result.append(new)
    }
    return result
  }
}
