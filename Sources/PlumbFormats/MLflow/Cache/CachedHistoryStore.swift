import Glibc
import PlumbColumns
import Synchronization

/// A database whose metric history is kept in a file beside the user's other caches.
///
/// All else is small and read anew each time. Of the history, rows behind those that were kept are
/// read from the database; the kept ones serve only as long as nothing says that they are no
/// longer the database's (`HistoryFingerprint`).
final class CachedHistoryStore: MLflowStore {
  private let base: SQLiteStore
  /// The database's real path.
  private let path: String
  private let folder: CacheFolder
  /// Taken before anything was read: what is read is at least as new.
  private let stamp: SourceStamp
  private let state = Mutex<State>(.unknown)

  private enum State {
    case unknown
    /// The kept rows serve, with others behind them.
    case kept(KeptHistory)
    /// There is no file to use or to make: the database is read.
    case direct
  }

  init(
    _ base: SQLiteStore, path: String, folder: CacheFolder, stamp: SourceStamp
  ) {
    self.base = base
    self.path = path
    self.folder = folder
    self.stamp = stamp
  }

  var contents: StoreContents { base.contents }
  var findsRunHistory: Bool { base.findsRunHistory }

  /// All of it comes from the file, or is read in order to make one.
  var historyIsAtHand: Bool { true }

  func datasets(control: RunControl) throws(ImportError) -> [DatasetRecord] {
    try base.datasets(control: control)
  }

  func loggedModels(control: RunControl) throws(ImportError) -> [LoggedModelRecord] {
    try base.loggedModels(control: control)
  }

  func latestMetrics(
    _ keys: [String], control: RunControl
  ) throws(ImportError) -> [RunValues]? {
    try base.latestMetrics(keys, control: control)
  }

  func history(
    _ request: HistoryRequest, control: RunControl
  ) throws(ImportError) -> HistoryRows {
    guard request.keys == nil, request.runs == nil, !request.wantsPositions else {
      return try base.history(request, control: control)
    }
    return try state.withLock { (state: inout State) throws(ImportError) -> HistoryRows in
      switch state {
      case .unknown: return try first(request, &state, control)
      case .direct: return try base.history(request, control: control)
      case .kept(let kept):
        do throws(ImportError) {
          return try kept.rows(request.columns, control)
        } catch {
          try noteDamage(error, control)
          return try loadedAfresh(request, &state, control)
        }
      }
    }
  }

  private func noteDamage(
    _ error: ImportError, _ control: RunControl
  ) throws(ImportError) {
    if error.kind == .interrupted || error.kind == .memoryLimit { throw error }
    control.note("the cache of `\(base.file.path)` was not used and is made anew: \(error.message)")
  }

  /// The name of the file of a database.
  private var name: String {
    var text = path + (base.includesDeleted ? "\n+deleted" : "")
    let hash = text.withUTF8 { textHash($0) }
    let digits = String(hash, radix: 16)
    return "mlflow-" + String(repeating: "0", count: 16 - digits.count) + digits + ".plumbstore"
  }

  // MARK: Deciding

  private func first(
    _ request: HistoryRequest, _ state: inout State, _ control: RunControl
  ) throws(ImportError) -> HistoryRows {
    if folder.has(name) {
      do throws(ImportError) {
        if let snapshot = try HistorySnapshot(file: folder.file(name), control: control),
          snapshot.path == path, snapshot.includesDeleted == base.includesDeleted
        {
          if snapshot.fingerprint.lastRowid > base.lastMetricRowid,
            snapshot.stamp.takenSeconds >= stamp.takenSeconds
          {
            // Another process has kept rows that came after this one opened the database.
            state = .direct
            return try base.history(request, control: control)
          }
          if let kept = try continued(snapshot, control) {
            let rows = try kept.rows(request.columns, control)
            state = .kept(kept)
            return rows
          }
        }
      } catch {
        try noteDamage(error, control)
      }
    }
    return try loadedAfresh(request, &state, control)
  }

  /// The kept rows with those that came later; nil when they are no longer the database's.
  private func continued(
    _ snapshot: HistorySnapshot, _ control: RunControl
  ) throws(ImportError) -> KeptHistory? {
    let directory = base.contents.runDirectory
    let last = base.lastMetricRowid
    let runs = RunCodes(snapshot.runIDs, directory)
    if snapshot.stamp.isUnchanged(in: stamp), snapshot.fingerprint.lastRowid == last,
      runs.areTheSame
    {
      return KeptHistory(snapshot, runs)
    }
    let known = snapshot.fingerprint
    guard known.lastRowid <= last,
      try base.fingerprint(through: known.lastRowid, control: control) == known,
      try base.hasHistory(of: runs.added, through: known.lastRowid, control: control) == false
    else { return nil }
    let fingerprint = try base.fingerprint(through: last, after: known, control: control)
    let later = try base.history(
      HistoryRequest(columns: .all, after: known.lastRowid), control: control)
    let kept = KeptHistory(snapshot, runs, later: later)
    guard isWorthWriting(snapshot, later) else { return kept }
    return try written(try kept.rows(.all, control), fingerprint, control) ?? kept
  }

  /// Writing all rows anew for each few that came, while a training goes on, would cost more than
  /// reading these again. In a database that nobody writes to it saves the next run a look at the
  /// rows.
  private func isWorthWriting(_ snapshot: HistorySnapshot, _ later: HistoryRows) -> Bool {
    snapshot.rowCount < 1 << 20 || later.count >= snapshot.rowCount / 16
      || stamp.ageSeconds > 60
  }

  // MARK: Making

  private func loadedAfresh(
    _ request: HistoryRequest, _ state: inout State, _ control: RunControl
  ) throws(ImportError) -> HistoryRows {
    let fingerprint = try base.fingerprint(through: base.lastMetricRowid, control: control)
    let rows = try base.history(HistoryRequest(columns: .all), control: control)
    if let kept = try written(rows, fingerprint, control) {
      state = .kept(kept)
    } else {
      state = .direct
    }
    return HistoryRows(count: rows.count, columns: rows.columns(request.columns))
  }

  /// Keeps rows in the file; nil, with a note, where that fails.
  private func written(
    _ rows: HistoryRows, _ fingerprint: HistoryFingerprint, _ control: RunControl
  ) throws(ImportError) -> KeptHistory? {
    let directory = base.contents.runDirectory
    do throws(ImportError) {
      try folder.replace(name) { (descriptor) throws(ImportError) in
        try HistorySnapshot.write(
          rows, runIDs: directory.ids, path: path, includesDeleted: base.includesDeleted,
          stamp: stamp, fingerprint: fingerprint, to: descriptor, control: control)
      }
      guard let snapshot = try HistorySnapshot(file: folder.file(name), control: control),
        snapshot.fingerprint == fingerprint
      else { return nil }
      return KeptHistory(snapshot, RunCodes(snapshot.runIDs, directory))
    } catch {
      if error.kind == .interrupted || error.kind == .memoryLimit { throw error }
      control.note("the cache of `\(base.file.path)` was not written: \(error.message)")
      return nil
    }
  }
}

/// Where the runs of kept rows are among those of the database now.
struct RunCodes: Sendable {
  /// For each code its position now, or -1.
  let positions: [Int]
  /// The runs that were not seen when the rows were kept.
  let added: [String]
  let ids: TextDictionary
  /// Whether each code means what it did.
  let areInPlace: Bool
  /// Whether a run is gone.
  let haveGaps: Bool

  init(_ kept: TextDictionary, _ directory: RunDirectory) {
    ids = directory.ids
    var isKept = [Bool](repeating: false, count: directory.count)
    let positions = (0..<kept.count).map { code in
      let position = directory.position(kept.utf8(code))
      if position >= 0 { isKept[position] = true }
      return position
    }
    self.positions = positions
    areInPlace = positions.enumerated().allSatisfy { $0 == $1 }
    haveGaps = positions.contains(-1)
    added = isKept.indices.filter { !isKept[$0] }.map { directory.ids[$0] }
  }

  /// Whether no run came or went.
  var areTheSame: Bool { added.isEmpty && areInPlace }
}

/// Rows from a file, without those of runs that are gone, and the rows that came later.
struct KeptHistory: Sendable {
  private let snapshot: HistorySnapshot
  private let runs: RunCodes
  private let later: HistoryRows?

  init(_ snapshot: HistorySnapshot, _ runs: RunCodes, later: HistoryRows? = nil) {
    self.snapshot = snapshot
    self.runs = runs
    self.later = later
  }

  /// The columns asked for, of all rows.
  func rows(_ wanted: HistoryColumns, _ control: RunControl) throws(ImportError) -> HistoryRows {
    var names = HistoryColumns.ordered.filter { wanted.contains($0.column) }.map(\.name)
    let wantsRuns = wanted.contains(.run)
    if runs.haveGaps, !wantsRuns { names.append("run_id") }
    var columns = try snapshot.columns(names, control: control)
    var count = snapshot.rowCount
    if runs.haveGaps, let own = columns["run_id"] {
      let seen = seenRows(own.codes().codes)
      count = seen.count
      columns = columns.mapValues { $0.gathered(seen) }
    }
    columns["run_id"] = wantsRuns ? columns["run_id"].map(recoded) : nil
    guard let later, later.count > 0 else { return HistoryRows(count: count, columns: columns) }
    var all: [String: Column] = [:]
    for (name, column) in columns {
      try control.checkImport()
      let parts = [column, later.columns[name] ?? .nulls(column.type, count: later.count)]
      all[name] = Column.concatenated(parts, type: column.type)
    }
    return HistoryRows(count: count + later.count, columns: all)
  }

  private func seenRows(_ codes: Values<UInt32>) -> Values<UInt32> {
    var rows = GrowableBuffer<UInt32>(capacity: codes.count)
    for row in 0..<codes.count where runs.positions[Int(codes[row])] >= 0 {
      rows.append(UInt32(truncatingIfNeeded: row))
    }
    return rows.finish()
  }

  /// The runs as positions in the database's directory now.
  private func recoded(_ column: Column) -> Column {
    let storage: Column.Storage
    switch column.storage {
    case .text8(let codes, _) where runs.areInPlace && runs.ids.count <= 1 << 8:
      storage = .text8(codes, runs.ids)
    case .text16(let codes, _) where runs.areInPlace && runs.ids.count <= 1 << 16:
      storage = .text16(codes, runs.ids)
    case .text32(let codes, _) where runs.areInPlace: storage = .text32(codes, runs.ids)
    default:
      let (codes, _) = column.codes()
      let new = Buffer<UInt32>(count: codes.count)
      for row in 0..<codes.count {
        new.base[row] = UInt32(truncatingIfNeeded: max(0, runs.positions[Int(codes[row])]))
      }
      storage = .text(Values(new), runs.ids)
    }
    return Column(type: .string, count: column.count, storage: storage)
  }
}
