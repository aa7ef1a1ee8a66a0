import PlumbColumns

/// What a file store reads when it is first asked for.
extension FileStore {
  /// Files hold the history alone.
  func latestMetrics(
    _ keys: [String], control: RunControl
  ) throws(ImportError) -> [RunValues]? { nil }

  var findsRunHistory: Bool { true }

  func history(
    _ request: HistoryRequest, control: RunControl
  ) throws(ImportError) -> HistoryRows {
    let keys = contents.metricKeys
    let codes = Dictionary(
      keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let wanted = request.keys.map { Set($0) }
    var rows = FileHistoryRows(request, runCount: runs.count, keyCount: keys.count)
    for run in request.runs ?? Array(runs.indices) {
      try control.checkImport()
      for metric in runs[run].metrics where wanted?.contains(metric.key) ?? true {
        let path = runs[run].folder.path + "/metrics/" + metric.key
        let file = try FileBytes(path, limit: metric.sizeBytes)
        try rows.append(file, run: run, key: codes[metric.key] ?? 0, control)
      }
      control.report(
        RunControl.Progress(
          activity: "loading metrics", done: run + 1, total: runs.count, unit: "runs"))
    }
    let assembly = HistoryAssembly(
      rows.chunks, runTexts: contents.runDirectory.ids,
      keyTexts: TextDictionary(keys, isUnique: true), control: control)
    return try assembly.rows(request.columns)
  }

  func datasets(control: RunControl) throws(ImportError) -> [DatasetRecord] {
    var known: [String: DatasetRecord] = [:]
    for (_, experiment) in experimentFolders {
      let folder = experiment.sub("datasets")
      for name in try folder.listing().folders {
        try control.checkImport()
        guard let description = try FileOpening.description(folder.sub(name)) else { continue }
        known[folder.sub(name).path] = DatasetRecord(
          runID: "", name: description["name"]?.text, digest: description["digest"]?.text,
          sourceType: description["source_type"]?.text, source: description["source"]?.text,
          schema: description["schema"]?.text, profile: description["profile"]?.text)
      }
    }
    var datasets: [DatasetRecord] = []
    for (run, files) in zip(contents.runs, runs) {
      try control.checkImport()
      let inputs = files.folder.sub("inputs")
      for name in try inputs.listing().folders {
        guard let description = try FileOpening.description(inputs.sub(name)),
          description["source_type"]?.text == "DATASET",
          let id = description["source_id"]?.text,
          var dataset = known[files.experiment.sub("datasets").sub(id).path]
        else { continue }
        dataset.runID = run.id
        dataset.context = description["tags"]?["mlflow.data.context"]?.text
        datasets.append(dataset)
      }
    }
    return datasets
  }

  func loggedModels(control: RunControl) throws(ImportError) -> [LoggedModelRecord] {
    var models: [LoggedModelRecord] = []
    for (experimentID, experiment) in experimentFolders {
      let registry = experiment.sub("models")
      for name in try registry.listing().folders {
        try control.checkImport()
        let folder = registry.sub(name)
        guard let description = try FileOpening.description(folder) else { continue }
        let stage = description["lifecycle_stage"]?.text
        guard includesDeleted || stage != "deleted" else { continue }
        let status = description["status"]
        models.append(
          LoggedModelRecord(
            id: description["model_id"]?.text ?? name, name: description["name"]?.text,
            experimentID: experimentID, sourceRunID: description["source_run_id"]?.text,
            status: status?.integer.flatMap { LoggedModelRecord.status($0) } ?? status?.text,
            modelType: description["model_type"]?.text,
            createdAt: microseconds(milliseconds: description["creation_timestamp"]?.integer),
            updatedAt: microseconds(
              milliseconds: description["last_updated_timestamp"]?.integer),
            params: try FileOpening.keyedTexts(folder.sub("params")),
            tags: try FileOpening.keyedTexts(folder.sub("tags")),
            metrics: try lastPoints(folder.sub("metrics"))))
      }
    }
    return models.sorted { ($0.createdAt ?? 0, $0.id) < ($1.createdAt ?? 0, $1.id) }
  }

  private func lastPoints(_ folder: Folder) throws(ImportError) -> [String: MetricPoint] {
    var last: [String: MetricPoint] = [:]
    for key in try folder.keys() {
      var lines = MetricLines(try FileBytes(folder.path + "/" + key))
      while let point = try lines.next() {
        if last[key].map({ point.isLater(than: $0) }) ?? true { last[key] = point }
      }
    }
    return last
  }
}

/// Rows from metric files, one file after the other.
private struct FileHistoryRows {
  private(set) var chunks: [HistoryChunk] = []
  private let request: HistoryRequest
  private let runCount: Int
  private let keyCount: Int

  init(_ request: HistoryRequest, runCount: Int, keyCount: Int) {
    self.request = request
    self.runCount = runCount
    self.keyCount = keyCount
  }

  /// Large enough that the allocator gives a freed chunk back to the system.
  private static let rowsPerChunk = 1 << 17

  mutating func append(
    _ file: FileBytes, run: Int, key: Int, _ control: RunControl
  ) throws(ImportError) {
    var lines = MetricLines(file)
    var line = 0
    while let point = try lines.next() {
      let chunk = try chunkWithRoom(control)
      let row = chunk.count
      let buffers = chunk.buffers
      buffers.runs?.pointer.set(row, run)
      buffers.keys?.pointer.set(row, key)
      buffers.values?.base[row] = point.value
      buffers.times?.base[row] = point.timestamp
      if buffers.steps != nil { chunk.setStep(row, point.step) }
      // Runs, then keys, then lines; a file's lines stay in order however many they are.
      buffers.positions?.base[row] = run << 40 | min(key, 0xFFFF) << 24 | min(line, 0xFF_FFFF)
      chunk.count = row + 1
      line += 1
    }
  }

  private mutating func chunkWithRoom(_ control: RunControl) throws(ImportError) -> HistoryChunk {
    if let last = chunks.last, !last.isFull { return last }
    try control.checkImport()
    let chunk = HistoryChunk(
      HistoryBuffers(
        capacity: FileHistoryRows.rowsPerChunk, request.columns, runCount: runCount,
        keyCount: keyCount, wantsPositions: request.wantsPositions))
    chunks.append(chunk)
    return chunk
  }
}
