import PlumbColumns

/// An MLflow store in a folder of files (`mlruns/`).
final class FileStore: MLflowStore {
  let root: Folder
  let contents: StoreContents
  let includesDeleted: Bool
  /// The folders of the experiments that are seen, with their ids.
  let experimentFolders: [(id: Int, folder: Folder)]
  /// For each run where its files lie.
  let runs: [RunFiles]

  /// Where a run's metrics lie.
  struct RunFiles: Sendable {
    let folder: Folder
    let experiment: Folder
    let metrics: [MetricFile]
  }

  /// A metric's file, as it was when the store was opened.
  struct MetricFile: Sendable {
    let key: String
    let sizeBytes: Int
  }

  /// Reads all but the histories of metrics, the datasets and the logged models.
  init(path: String, includesDeleted: Bool, control: RunControl) throws(ImportError) {
    root = Folder(path)
    self.includesDeleted = includesDeleted
    var opening = FileOpening(root: root, includesDeleted: includesDeleted, control: control)
    try opening.readExperiments()
    try opening.readRuns()
    let models = try opening.models()
    let versions = try opening.versions(models)
    experimentFolders = opening.experiments.map { ($0.record.id, $0.folder) }
    runs = opening.runs.map {
      RunFiles(folder: $0.folder, experiment: $0.experiment, metrics: $0.metrics)
    }
    var metricKeys: Set<String> = []
    for run in runs { for metric in run.metrics { metricKeys.insert(metric.key) } }
    let records = opening.runs.map(\.record)
    contents = StoreContents(
      experiments: opening.experiments.map(\.record), runs: records,
      runDirectory: RunDirectory(records),
      params: KeyValueRows.collecting(opening.runs.map(\.params)),
      tags: KeyValueRows.collecting(opening.runs.map(\.tags)),
      metricKeys: metricKeys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
      models: models.map(\.record), versions: versions, warnings: opening.warnings)
  }

  /// Whether a folder looks like a file store.
  static func isStore(_ path: String) -> Bool {
    let root = Folder(path)
    guard let listing = try? root.listing() else { return false }
    if root.name == "mlruns" || listing.folders.contains(".trash") { return true }
    return listing.folders.contains { name in
      Int(name) != nil && FileBytes.size(root.sub(name).path + "/meta.yaml") != nil
    }
  }
}
