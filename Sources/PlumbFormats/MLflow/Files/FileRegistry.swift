import PlumbColumns

/// The model registry in the folder `models`.
extension FileOpening {
  /// A registered model and its folder.
  struct Model {
    var record: ModelRecord
    let folder: Folder
    /// The aliases of each version.
    var aliases: [Int: [String]]
  }

  func models() throws(ImportError) -> [Model] {
    let registry = root.sub("models")
    var models: [Model] = []
    for name in try registry.listing().folders where !name.hasPrefix(".") {
      try control.checkImport()
      let folder = registry.sub(name)
      guard let description = try FileOpening.description(folder) else { continue }
      var aliases: [Int: [String]] = [:]
      var names: [String] = []
      for alias in try FileOpening.keyedTexts(folder.sub("aliases")) {
        names.append(alias.key)
        if let version = alias.value.flatMap({ Int(trimmed(Substring($0))) }) {
          aliases[version, default: []].append(alias.key)
        }
      }
      models.append(
        Model(
          record: ModelRecord(
            name: description["name"]?.text ?? name,
            description: description["description"]?.text,
            createdAt: microseconds(milliseconds: description["creation_timestamp"]?.integer),
            updatedAt: microseconds(milliseconds: description["last_updated_timestamp"]?.integer),
            aliases: names, tags: try FileOpening.keyedTexts(folder.sub("tags"))),
          folder: folder, aliases: aliases))
    }
    models.sort {
      let (a, b) = ($0.record, $1.record)
      return (a.createdAt ?? 0, a.name) < (b.createdAt ?? 0, b.name)
    }
    return models
  }

  /// The versions of the models, those of a model in the order of their numbers.
  func versions(_ models: [Model]) throws(ImportError) -> [VersionRecord] {
    var versions: [VersionRecord] = []
    for model in models {
      var ofModel: [VersionRecord] = []
      for name in try model.folder.listing().folders where name.hasPrefix("version-") {
        try control.checkImport()
        let folder = model.folder.sub(name)
        guard let description = try FileOpening.description(folder) else { continue }
        let stage = description["current_stage"]?.text
        guard includesDeleted || stage != VersionRecord.deletedStage,
          let number = description["version"]?.integer ?? Int(name.dropFirst(8))
        else { continue }
        ofModel.append(
          VersionRecord(
            model: model.record.name, version: number, stage: stage,
            aliases: model.aliases[number] ?? [], status: description["status"]?.text,
            description: description["description"]?.text,
            runID: description["run_id"]?.text?.nonEmpty,
            user: description["user_id"]?.text?.nonEmpty, source: description["source"]?.text,
            createdAt: microseconds(milliseconds: description["creation_timestamp"]?.integer),
            updatedAt: microseconds(milliseconds: description["last_updated_timestamp"]?.integer),
            tags: try FileOpening.keyedTexts(folder.sub("tags")),
            isOfPrompt: model.record.isPrompt))
      }
      versions += ofModel.sorted { $0.version < $1.version }
    }
    return versions
  }
}

/// The text without spaces and line ends around it.
func trimmed(_ text: Substring) -> String {
  var text = text
  while let first = text.first, first.isWhitespace { text.removeFirst() }
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return String(text)
}
