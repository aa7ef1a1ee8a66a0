import Glibc
import PlumbColumns
import Synchronization

/// The runs of a log directory with their scalars.
///
/// All event files are read when it is opened: only they tell which series there are.
final class TensorBoardStore: MLflowStore {
  let contents: StoreContents
  private let history: History

  /// The values of all series, in the order of runs, files and records.
  private struct History: Sendable {
    let runs: Values<UInt32>
    let keys: Values<UInt32>
    let values: Values<Double>
    let steps: Values<Int>
    let times: Values<Int>
    let keyTexts: TextDictionary
  }

  init(path: String, control: RunControl) throws(ImportError) {
    let folders = try LogFolder.runs(path, control)
    guard !folders.isEmpty else {
      throw ImportError(
        .notFound, "the folder `\(path)` has no event files",
        remedy: "give the folder that `tensorboard --logdir` is given")
    }
    let experiment = Self.experimentName(path)
    var assembly = HistoryBuilder()
    var records: [RunRecord] = []
    var params: [[KeyedText]] = []
    var warnings: [String] = []
    let files = try Self.read(folders.flatMap(\.files), control)
    var next = 0
    for (position, folder) in folders.enumerated() {
      try control.checkImport()
      let own = Array(files[next..<(next + folder.files.count)])
      next += folder.files.count
      let run = LoggedRun(own)
      assembly.append(run, position: position)
      warnings += own.compactMap(\.note)
      records.append(
        RunRecord(
          id: folder.name, name: folder.name, experimentID: 0, experiment: experiment,
          status: run.session.status, startTime: run.session.start ?? run.firstTime,
          endTime: run.session.end ?? run.lastTime, lifecycleStage: "active"))
      params.append(run.hyperparameters)
    }
    let (history, keys) = assembly.finish()
    self.history = history
    contents = StoreContents(
      experiments: [
        ExperimentRecord(
          id: 0, name: experiment, lifecycleStage: "active",
          createdAt: records.compactMap(\.startTime).min(),
          updatedAt: records.compactMap(\.endTime).max())
      ], runs: records, runDirectory: RunDirectory(records),
      params: KeyValueRows.collecting(params),
      tags: KeyValueRows.collecting(records.map { _ in [] }),
      metricKeys: keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, warnings: warnings)
  }

  /// The last part of the directory's real path.
  private static func experimentName(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return Folder(path).name }
    defer { free(resolved) }
    return Folder(String(cString: resolved)).name
  }

  /// Reads files on all threads.
  private static func read(
    _ paths: [String], _ control: RunControl
  ) throws(ImportError) -> [EventFile] {
    let state = Mutex<(files: [Int: EventFile], error: ImportError?)>(([:], nil))
    parallelFor(threadCount: control.threadCount, taskCount: paths.count) { index in
      if state.withLock({ $0.error != nil }) { return }
      do throws(ImportError) {
        let file = try EventFile(paths[index], control)
        let done = state.withLock { state in
          state.files[index] = file
          return state.files.count
        }
        control.report(
          RunControl.Progress(
            activity: "reading event files", done: done, total: paths.count, unit: "files"))
      } catch {
        state.withLock { $0.error = $0.error ?? error }
      }
    }
    let read = state.withLock { $0 }
    if let error = read.error { throw error }
    return paths.indices.compactMap { read.files[$0] }
  }

  // MARK: Tables

  func datasets(control: RunControl) throws(ImportError) -> [DatasetRecord] { [] }
  func loggedModels(control: RunControl) throws(ImportError) -> [LoggedModelRecord] { [] }

  /// The history alone is kept.
  func latestMetrics(
    _ keys: [String], control: RunControl
  ) throws(ImportError) -> [RunValues]? { nil }

  var findsRunHistory: Bool { false }
  var historyIsAtHand: Bool { true }

  func history(
    _ request: HistoryRequest, control: RunControl
  ) throws(ImportError) -> HistoryRows {
    let count = history.values.count
    var rows = HistoryRows(count: count, columns: [:])
    for (column, name) in HistoryColumns.ordered where request.columns.contains(column) {
      try control.checkImport()
      let (type, storage): (DataType, Column.Storage) =
        switch name {
        case "run_id": (.string, .text(history.runs, contents.runDirectory.ids))
        case "key": (.string, .text(history.keys, history.keyTexts))
        case "value": (.float, .float(history.values))
        case "step": (.int, .narrowed(history.steps))
        default: (.timestamp, .int64(history.times))
        }
      rows.columns[name] = Column(type: type, count: count, storage: storage)
    }
    return rows
  }

  /// Collects the rows of all runs.
  private struct HistoryBuilder: ~Copyable {
    private var runs = GrowableBuffer<UInt32>()
    private var keys = GrowableBuffer<UInt32>()
    private var values = GrowableBuffer<Double>()
    private var steps = GrowableBuffer<Int>()
    private var times = GrowableBuffer<Int>()
    private var texts = TextInterner()

    mutating func append(_ run: LoggedRun, position: Int) {
      var codes: [UInt32] = []
      for tag in run.tags { codes.append(tag.isScalar ? texts.intern(tag.name) : 0) }
      for point in run.points {
        runs.append(UInt32(truncatingIfNeeded: position))
        keys.append(codes[point.tag])
        values.append(point.value)
        steps.append(point.step)
        times.append(point.time)
      }
    }

    consuming func finish() -> (History, [String]) {
      let texts = texts.finish()
      let history = History(
        runs: runs.finish(), keys: keys.finish(), values: values.finish(), steps: steps.finish(),
        times: times.finish(), keyTexts: texts)
      return (history, (0..<texts.count).map { texts[$0] })
    }
  }
}

/// A run as its event files tell of it together.
struct LoggedRun {
  private(set) var tags: [Tag] = []
  private(set) var points: [EventFile.Point] = []
  private(set) var hyperparameters: [KeyedText] = []
  private(set) var session = EventFile.Session()
  private(set) var firstTime: Int?
  private(set) var lastTime: Int?

  /// A series of the run.
  struct Tag {
    let name: String
    var plugin: String?
    /// Whether a point of it counts.
    var isScalar = false
  }

  init(_ files: [EventFile]) {
    var places: [String: Int] = [:]
    for file in files {
      var placesInFile: [Int] = []
      for tag in file.tags {
        let place = places[tag.name] ?? tags.count
        if place == tags.count {
          places[tag.name] = place
          tags.append(Tag(name: tag.name))
        }
        tags[place].plugin = tags[place].plugin ?? tag.plugin
        placesInFile.append(place)
      }
      append(file, placesInFile)
      if !file.hyperparameters.isEmpty { hyperparameters = file.hyperparameters }
      session.status = file.session.status ?? session.status
      session.start = session.start ?? file.session.start
      session.end = file.session.end ?? session.end
      if let time = file.firstTime { firstTime = min(firstTime ?? time, time) }
      if let time = file.lastTime { lastTime = max(lastTime ?? time, time) }
    }
    // A tensor is a scalar when the plugin of its series says so, or nothing does.
    points.removeAll { point in
      guard point.isTensor, let plugin = tags[point.tag].plugin else { return false }
      return plugin != "scalars"
    }
    for point in points { tags[point.tag].isScalar = true }
  }

  /// Adds the points of a file; a restart takes back those of steps that are then gone through
  /// again, as TensorBoard does.
  private mutating func append(_ file: EventFile, _ places: [Int]) {
    var next = 0
    func moved(_ range: Range<Int>) -> [EventFile.Point] {
      file.points[range].map { point in
        var point = point
        point.tag = places[point.tag]
        return point
      }
    }
    for restart in file.restarts {
      points += moved(next..<restart.pointCount)
      next = restart.pointCount
      points.removeAll { $0.step >= restart.step }
    }
    points += moved(next..<file.points.count)
  }
}
