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
    let codes = contents.metricCodes
    let wanted = request.keys.map { Set($0) }
    let rows = HistoryPoints(
      request, runCount: runs.count, keyCount: keys.count, control: control)
    for run in request.runs ?? Array(runs.indices) {
      try control.checkImport()
      for metric in runs[run].metrics where wanted?.contains(metric.key) ?? true {
        let path = runs[run].folder.path + "/metrics/" + metric.key
        var lines = MetricLines(try FileBytes(path, limit: metric.sizeBytes))
        let key = codes[metric.key] ?? 0
        var line = 0
        while let point = try lines.next() {
          try rows.append(point, run: run, key: key, line: line)
          line += 1
        }
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
