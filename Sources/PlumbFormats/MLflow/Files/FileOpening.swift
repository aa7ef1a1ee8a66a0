import PlumbColumns

/// Reads what is read when a file store is opened.
struct FileOpening {
  let root: Folder
  let includesDeleted: Bool
  let control: RunControl
  private(set) var experiments: [Experiment] = []
  private(set) var runs: [Run] = []
  private(set) var warnings: [String] = []

  /// An experiment and its folder.
  struct Experiment {
    var record: ExperimentRecord
    let folder: Folder
  }

  /// A run, its folder, and its experiment's.
  struct Run {
    var record: RunRecord
    let folder: Folder
    let experiment: Folder
    var params: [KeyedText]
    var tags: [KeyedText]
    var metrics: [FileStore.MetricFile]
  }

  init(root: Folder, includesDeleted: Bool, control: RunControl) {
    self.root = root
    self.includesDeleted = includesDeleted
    self.control = control
  }

  /// The file that describes an entity, nil if its folder has none.
  static func description(_ folder: Folder) throws(ImportError) -> YAMLNode? {
    let path = folder.path + "/meta.yaml"
    guard FileBytes.size(path) != nil else { return nil }
    let node = try YAMLNode(try FileBytes(path))
    guard case .map = node else {
      throw ImportError(
        .corrupt, "`\(path)` does not describe anything",
        remedy: "restore the file from a copy, or remove the folder that it describes",
        location: "\(path):1")
    }
    return node
  }

  /// The tags or parameters in a folder: a file for each key, whose text is the value.
  static func keyedTexts(_ folder: Folder) throws(ImportError) -> [KeyedText] {
    var texts: [KeyedText] = []
    for key in try folder.keys() {
      texts.append(KeyedText(key, try FileBytes(folder.path + "/" + key).text))
    }
    return texts
  }

  /// Finds the experiments, the deleted ones in `.trash`, in the order of their making.
  mutating func readExperiments() throws(ImportError) {
    var folders = try root.listing().folders.map { (root.sub($0), isInTrash: false) }
    if includesDeleted {
      let trash = root.sub(".trash")
      folders += try trash.listing().folders.map { (trash.sub($0), isInTrash: true) }
    }
    for (folder, isInTrash) in folders
    where folder.name != "models" && !folder.name.hasPrefix(".") {
      try control.checkImport()
      guard let description = try FileOpening.description(folder) else { continue }
      guard let id = description["experiment_id"]?.integer ?? Int(folder.name) else {
        warnings.append("`\(folder.path)` was left out: its experiment id is not a number")
        continue
      }
      // MLflow 1 does not note a deletion in the description.
      let stage = isInTrash ? "deleted" : description["lifecycle_stage"]?.text ?? "active"
      guard includesDeleted || stage != "deleted" else { continue }
      experiments.append(
        Experiment(
          record: ExperimentRecord(
            id: id, name: description["name"]?.text, lifecycleStage: stage,
            createdAt: microseconds(milliseconds: description["creation_time"]?.integer),
            updatedAt: microseconds(milliseconds: description["last_update_time"]?.integer),
            tags: try FileOpening.keyedTexts(folder.sub("tags"))), folder: folder))
    }
    experiments.sort {
      ($0.record.createdAt ?? 0, $0.record.id) < ($1.record.createdAt ?? 0, $1.record.id)
    }
  }

  /// Folders of an experiment that are no runs.
  private static let reservedNames: Set<String> = ["tags", "datasets", "traces", "models"]

  /// Reads the runs of the experiments, in the order of their starts.
  mutating func readRuns() throws(ImportError) {
    for experiment in experiments {
      for name in try experiment.folder.listing().folders
      where !FileOpening.reservedNames.contains(name) && !name.hasPrefix(".") {
        try control.checkImport()
        try readRun(experiment.folder.sub(name), experiment)
        if runs.count & 255 == 0 {
          control.report(
            RunControl.Progress(
              activity: "opening \(root.path)", done: runs.count, total: nil, unit: "runs"))
        }
      }
    }
    runs.sort {
      ($0.record.startTime ?? 0, $0.record.id) < ($1.record.startTime ?? 0, $1.record.id)
    }
  }

  private mutating func readRun(
    _ folder: Folder, _ experiment: Experiment
  ) throws(ImportError) {
    guard let description = try FileOpening.description(folder) else {
      warnings.append("`\(folder.path)` was left out: it has no `meta.yaml`")
      return
    }
    let stage = description["lifecycle_stage"]?.text ?? "active"
    guard includesDeleted || stage != "deleted" else { return }
    let end = description["end_time"]?.integer
    let record = RunRecord(
      id: description["run_id"]?.text ?? description["run_uuid"]?.text ?? folder.name,
      name: description["run_name"]?.text ?? description["name"]?.text,
      experimentID: experiment.record.id, experiment: experiment.record.name,
      status: status(description["status"]), user: description["user_id"]?.text,
      startTime: microseconds(milliseconds: description["start_time"]?.integer),
      endTime: end == 0 ? nil : microseconds(milliseconds: end), lifecycleStage: stage,
      sourceName: description["source_name"]?.text)
    var metrics: [FileStore.MetricFile] = []
    let metricFolder = folder.sub("metrics")
    for key in try metricFolder.keys() {
      let size = FileBytes.size(metricFolder.path + "/" + key) ?? 0
      metrics.append(FileStore.MetricFile(key: key, sizeBytes: size))
    }
    runs.append(
      Run(
        record: record, folder: folder, experiment: experiment.folder,
        params: try FileOpening.keyedTexts(folder.sub("params")),
        tags: try FileOpening.keyedTexts(folder.sub("tags")), metrics: metrics))
  }

  /// Files have a run's status as a number.
  private func status(_ node: YAMLNode?) -> String? {
    switch node?.integer {
    case 1: "RUNNING"
    case 2: "SCHEDULED"
    case 3: "FINISHED"
    case 4: "FAILED"
    case 5: "KILLED"
    default: node?.text
    }
  }
}
