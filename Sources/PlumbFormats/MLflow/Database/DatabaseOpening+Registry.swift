import PlumbColumns

/// The model registry: registered models, their versions, aliases and tags.
extension DatabaseOpening {
  /// A registered model's name is unique within its workspace.
  private struct ModelName: Hashable {
    let workspace: String
    let name: String
  }

  private struct VersionName: Hashable {
    let model: ModelName
    let version: Int
  }

  private func modelName(
    _ row: some DatabaseRow, _ workspace: Int32, _ name: Int32
  ) -> ModelName {
    ModelName(workspace: row.string(workspace) ?? "default", name: row.string(name) ?? "")
  }

  func models<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading
  ) throws(ImportError) -> [ModelRecord] {
    guard reading.schema.has("registered_models") else { return [] }
    var models: [ModelRecord] = []
    var positions: [ModelName: Int] = [:]
    try reading.visit(
      "registered_models",
      [
        "workspace", "name", "description", "creation_time",
        "last_updated_time",
      ], orderedBy: ["creation_time", "name"]
    ) { (row) throws(ImportError) in
      positions[modelName(row, 1, 2)] = models.count
      models.append(
        ModelRecord(
          name: row.string(2) ?? "", description: row.string(3),
          createdAt: microseconds(milliseconds: row.integer(4)),
          updatedAt: microseconds(milliseconds: row.integer(5))))
    }
    if reading.schema.has("registered_model_tags") {
      try reading.visit(
        "registered_model_tags",
        ["workspace", "name", "key", "value"]
      ) { (row) throws(ImportError) in
        guard let position = positions[modelName(row, 1, 2)] else { return }
        models[position].tags.append(KeyedText(row.string(3) ?? "", row.string(4)))
      }
    }
    for (version, aliases) in try aliases(&reading) {
      guard let position = positions[version.model] else { continue }
      models[position].aliases += aliases
    }
    return models
  }

  /// The aliases of each version, versions in the order of their first alias.
  private func aliases<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading
  ) throws(ImportError) -> [(VersionName, [String])] {
    guard reading.schema.has("registered_model_aliases") else { return [] }
    var aliases: [(VersionName, [String])] = []
    try reading.visit(
      "registered_model_aliases",
      ["workspace", "name", "version", "alias"]
    ) { (row) throws(ImportError) in
      let version = VersionName(model: modelName(row, 1, 2), version: row.integer(3) ?? 0)
      aliases.append((version, [row.string(4) ?? ""]))
    }
    return aliases
  }

  func versions<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading
  ) throws(ImportError) -> [VersionRecord] {
    guard reading.schema.has("model_versions") else { return [] }
    var versions: [VersionRecord] = []
    var positions: [VersionName: Int] = [:]
    let prompts = try promptNames(&reading)
    try reading.visit(
      "model_versions",
      [
        "workspace", "name", "version", "current_stage", "status",
        "description", "run_id", "user_id", "source", "creation_time", "last_updated_time",
      ],
      orderedBy: ["creation_time", "name", "version"]
    ) { (row) throws(ImportError) in
      let stage = row.string(4)
      guard includesDeleted || stage != VersionRecord.deletedStage else { return }
      let name = VersionName(model: modelName(row, 1, 2), version: row.integer(3) ?? 0)
      positions[name] = versions.count
      versions.append(
        VersionRecord(
          model: name.model.name, version: name.version, stage: stage, status: row.string(5),
          description: row.string(6), runID: row.string(7)?.nonEmpty,
          user: row.string(8)?.nonEmpty, source: row.string(9),
          createdAt: microseconds(milliseconds: row.integer(10)),
          updatedAt: microseconds(milliseconds: row.integer(11)),
          isOfPrompt: prompts.contains(name.model)))
    }
    if reading.schema.has("model_version_tags") {
      try reading.visit(
        "model_version_tags",
        ["workspace", "name", "version", "key", "value"]
      ) { (row) throws(ImportError) in
        let name = VersionName(model: modelName(row, 1, 2), version: row.integer(3) ?? 0)
        guard let position = positions[name] else { return }
        versions[position].tags.append(KeyedText(row.string(4) ?? "", row.string(5)))
      }
    }
    for (version, aliases) in try aliases(&reading) {
      guard let position = positions[version] else { continue }
      versions[position].aliases += aliases
    }
    return versions
  }

  private func promptNames<Reading: DatabaseReading & ~Copyable>(
    _ reading: inout Reading
  ) throws(ImportError) -> Set<ModelName> {
    guard reading.schema.has("registered_model_tags") else { return [] }
    var names: Set<ModelName> = []
    try reading.visit(
      "registered_model_tags",
      ["workspace", "name"],
      where: "key = 'mlflow.prompt.is_prompt' AND lower(value) = 'true'"
    ) { (row) throws(ImportError) in
      names.insert(modelName(row, 1, 2))
    }
    return names
  }
}
