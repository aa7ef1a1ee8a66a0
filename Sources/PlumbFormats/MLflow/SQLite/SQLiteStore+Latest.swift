import PlumbColumns

/// The last value of each metric of each run, which MLflow keeps in `latest_metrics`.
extension SQLiteStore {
  func latestMetrics(
    _ keys: [String], control: RunControl
  ) throws(ImportError) -> [RunValues]? {
    guard catalog.has("latest_metrics") else { return nil }
    var latest = LatestValues(keys, contents.runDirectory)
    var reading = try reading(control)
    if keys.count * 3 > contents.metricKeys.count || catalog.latestIndexes.isEmpty {
      try readAll(&latest, &reading)
    } else {
      for key in keys { try read(key, &latest, &reading) }
    }
    try takeBackLaterValues(&latest, &reading)
    return latest.columns()
  }

  private func readAll(
    _ latest: inout LatestValues, _ reading: inout SQLiteReading
  ) throws(ImportError) {
    let last = try reading.connection.integer("SELECT max(rowid) FROM latest_metrics") ?? 0
    try reading.visit(
      "latest_metrics",
      catalog.columns("latest_metrics", "run_uuid", "key", "value", "is_nan"), through: last
    ) { (row) throws(ImportError) in
      latest.take(row)
    }
  }

  private func read(
    _ key: String, _ latest: inout LatestValues, _ reading: inout SQLiteReading
  ) throws(ImportError) {
    let values = catalog.columns("latest_metrics", "run_uuid", "value", "is_nan")
    let statement = try reading.connection.prepare(
      "SELECT \(values.joined(separator: ", ")) FROM latest_metrics "
        + "WHERE key = ?1 AND run_uuid > ?2 ORDER BY run_uuid")
    let position = latest.position(key)
    statement.bind(1, key)
    statement.bind(2, "")
    var row = 0
    while try statement.step() {
      latest.set(
        position, run: statement.bytes(0),
        metricValue(statement.double(1) ?? .nan, isNaN: (statement.integer(2) ?? 0) != 0))
      row += 1
      if row & 255 == 0, reading.isDue, let run = statement.string(0) {
        statement.reset()
        try reading.renew()
        statement.bind(2, run)
      }
    }
  }

  /// Puts back the values that were the last ones when the store was opened.
  ///
  /// `latest_metrics` is written in place while a run goes on. What was logged since shows in the
  /// rows of `metrics` behind the last one seen; for these runs and keys the history up to there
  /// says what was last, so that all tables tell of the same moment.
  private func takeBackLaterValues(
    _ latest: inout LatestValues, _ reading: inout SQLiteReading
  ) throws(ImportError) {
    let greatest = try reading.connection.integer("SELECT max(rowid) FROM metrics") ?? Int.min
    guard greatest > lastMetricRowid else { return }
    var written: Set<LatestValues.Place> = []
    let directory = contents.runDirectory
    let later = try reading.connection.prepare(
      "SELECT run_uuid, key FROM metrics NOT INDEXED WHERE rowid > ?1")
    later.bind(1, lastMetricRowid)
    while try later.step() {
      guard let id = later.bytes(0), let key = later.bytes(1) else { continue }
      let run = directory.position(id)
      let position = latest.position(key)
      if run >= 0, position >= 0 { written.insert(.init(key: position, run: run)) }
    }
    later.reset()
    let point = catalog.columns("metrics", "value", "is_nan").joined(separator: ", ")
    let order = ["step", "timestamp", "value"].filter { catalog.has("metrics", $0) }
      .map { "\($0) DESC" }.joined(separator: ", ")
    let statement = try reading.connection.prepare(
      "SELECT \(point) FROM metrics WHERE run_uuid = ?1 AND rowid <= ?2 AND rowid > ?3 "
        + "AND \(keyCondition) ORDER BY \(order) LIMIT 1")
    for place in written.sorted(by: { ($0.key, $0.run) < ($1.key, $1.run) }) {
      try reading.renewIfDue()
      statement.bind(1, directory.ids[place.run])
      statement.bind(2, lastMetricRowid)
      statement.bind(3, Int.min)
      statement.bind(4, latest.keys[place.key])
      if try statement.step() {
        let value = metricValue(
          statement.double(0) ?? .nan, isNaN: (statement.integer(1) ?? 0) != 0)
        latest.set(place, value)
      } else {
        latest.remove(place)
      }
      statement.reset()
    }
  }
}
