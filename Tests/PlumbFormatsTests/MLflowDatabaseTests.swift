import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// The bundled database against what MLflow's own client says of it (`expected.json`).
struct MLflowDatabaseTests {
  let store: OpenStore

  init() throws { store = try OpenStore(try MLflowFixture.database()) }

  @Test func hasTheTablesInOrder() throws {
    #expect(
      store.source.tables.map(\.name) == [
        "experiments", "runs", "metrics", "params", "tags", "datasets", "models",
        "logged_models", "versions", "prompts", "prompt_versions",
      ])
    #expect(store.source.warnings.isEmpty)
    let fixed: [String: [String]] = [
      "experiments": ["experiment_id", "name", "lifecycle_stage", "created_at", "updated_at"],
      "runs": [
        "run_id", "name", "experiment_id", "experiment", "status", "user", "start_time",
        "end_time", "duration", "lifecycle_stage", "parent_run_id", "source_name",
      ],
      "metrics": ["run_id", "key", "value", "step", "timestamp"],
      "params": ["run_id", "key", "value"], "tags": ["run_id", "key", "value"],
      "datasets": [
        "run_id", "name", "digest", "context", "source_type", "source", "schema", "profile",
      ],
      "models": ["name", "description", "created_at", "updated_at", "aliases"],
      "logged_models": [
        "model_id", "name", "experiment_id", "source_run_id", "status", "model_type",
        "created_at", "updated_at",
      ],
      "versions": [
        "model", "version", "stage", "aliases", "status", "description", "run_id", "user",
        "source", "created_at", "updated_at",
      ],
    ]
    for (table, columns) in fixed {
      let fields = try store.provider(table).schema.fields
      #expect(fields.filter { $0.family == nil }.map(\.name) == columns, "\(table)")
    }
    #expect(
      try store.provider("runs").schema.families.map(\.name) == [
        "params", "metrics", "metrics_min", "metrics_max", "metrics_first", "tags",
      ])
  }

  @Test func runsAreCountedAsMLflowCountsThem() throws {
    let expected = try MLflowFixture.expected()
    let experiments = try #require(expected["experiments"] as? [String: [String: Any]])
    let everything = try OpenStore(try MLflowFixture.database(), deleted: true)
    let names = try everything.values("experiments", "name", by: "experiment_id")
    var counts: [String: Int] = [:]
    for row in try everything.rows("runs", ["experiment_id", "experiment"]) {
      #expect(names[row[0]] == row[1])
      counts[row[1].text ?? "", default: 0] += 1
    }
    #expect(names.count == experiments.count)
    for (name, facts) in experiments {
      #expect(counts[name] ?? 0 == facts["runs"] as? Int, "\(name)")
    }
    #expect(try store.scan("experiments", ["name"]).rowCount == 8)

    let status = try #require(expected["status"] as? [String: Int])
    var statuses: [String: Int] = [:]
    for row in try everything.rows("runs", ["status", "lifecycle_stage"]) {
      statuses["\(row[0].text ?? "")/\(row[1].text ?? "")", default: 0] += 1
    }
    #expect(statuses == status)
    #expect(try store.scan("runs", ["run_id"]).rowCount == 162)
  }

  @Test func historyIsWhole() throws {
    let expected = try MLflowFixture.expected()
    let history = try #require(expected["history"] as? [String: Int])
    let everything = try OpenStore(try MLflowFixture.database(), deleted: true)
    let table = try everything.scan("metrics", ["run_id", "key", "value", "step", "timestamp"])
    #expect(table.rowCount == history["points"])
    let values = try #require(table["value"]).doubles()
    let nan = (0..<values.count).count { values[$0].isNaN }
    let infinite = (0..<values.count).count { values[$0].isInfinite }
    #expect(nan == history["nan"])
    #expect(infinite == history["clamped_infinity"])
    let keys = try #require(expected["metric_keys"] as? [String])
    let found = Set(try #require(table["key"]).values.compactMap(\.text))
    #expect(found == Set(keys))
  }

  @Test func lastAndBestValuesAreMLflows() throws {
    let expected = try MLflowFixture.expected()
    let best = try #require(expected["best_final"] as? [String: [String: Any]])
    let questions = [
      ("wine-cultivar accuracy max", "wine-cultivar", "accuracy"),
      ("screening val/auc max", "screening/breast-cancer-sgd", "val/auc"),
      ("digits val_accuracy max", "digits-mlp", "val_accuracy"),
    ]
    for (name, experiment, key) in questions {
      let rows = try store.rows("runs", ["name", "experiment", "status", "metrics.\(key)"])
        .filter { $0[1] == .string(experiment) && $0[2] == .string("FINISHED") }
        .filter { $0[3].double?.isFinite ?? false }
      let facts = try #require(best[name])
      let top = try #require(rows.max { ($0[3].double ?? 0) < ($1[3].double ?? 0) })
      #expect(top[3].double == facts["value"] as? Double, "\(name)")
      #expect(rows.contains { $0[3] == top[3] && $0[0].text == facts["run"] as? String })
    }

    let steps = try MLflowFixture.expectedNumbers().bestStep
    #expect(steps.count == 18)
    let least = try store.values("runs", "metrics_min.test_rmse", by: "name")
    let last = try store.values("runs", "metrics.test_rmse", by: "name")
    for (run, facts) in steps {
      #expect(least[.string(run)]?.double == facts["best"], "\(run)")
      #expect(last[.string(run)]?.double == facts["last"], "\(run)")
    }
  }

  @Test func oddValuesComeBack() throws {
    let table = try store.rows("runs", ["run_id", "name"])
    let run = try #require(table.first { $0[1] == .string("edge-values") })[0]
    let last = try store.scan(
      "runs", ["run_id", "metrics.nan_last", "metrics.inf_last", "metrics.ninf_last"])
    let row = try #require((0..<last.rowCount).map { last.row($0) }.first { $0[0] == run })
    #expect(row[1].double?.isNaN == true)
    #expect(row[2].double == .infinity)
    #expect(row[3].double == -.infinity)
    let steps = try store.rows(
      "metrics", ["step"],
      [
        ScanCondition(column: "key", test: .equal(.string("huge_step"))),
        ScanCondition(column: "run_id", test: .equal(run)),
      ])
    #expect(steps.contains { $0[0] == .int(9_007_199_254_740_993) })
    let negative = try store.rows(
      "metrics", ["step"], [ScanCondition(column: "key", test: .equal(.string("negative_step")))])
    #expect(negative.contains { $0[0] == .int(-1) })
  }

  @Test func theRegistryLeavesOutPromptsAndDeletedVersions() throws {
    let models = try store.rows("models", ["name", "aliases", "tags.owner"])
    #expect(
      models.map { $0[0].text } == [
        "breast-cancer-screening", "wine-cultivar-classifier", "digits-reader",
        "diabetes-progression", "orphan model (no versions)",
      ])
    #expect(
      models[0][1]
        == .list(
          [.string("champion"), .string("challenger"), .string("last-approved")], element: .string))
    #expect(models[3][2] == .null)
    #expect(models[4][1] == .list([], element: .string))
    #expect(try store.rows("prompts", ["name"]).map { $0[0].text } == ["summarise-audit"])

    let versions = try store.rows(
      "versions", ["model", "version", "stage", "aliases", "run_id", "tags.approved_by"])
    #expect(versions.count == 19)
    #expect(!versions.contains { $0[2] == .string("Deleted_Internal") })
    #expect(versions.contains { $0[2] == .string("None") })
    let champion = try #require(
      versions.first { $0[0].text == "breast-cancer-screening" && $0[1] == .int(4) })
    #expect(champion[2] == .string("Production"))
    #expect(champion[3] == .list([.string("champion")], element: .string))
    #expect(champion[4] == .null && champion[5] == .null)
    // A version stays when its run was deleted.
    let orphan = try #require(
      versions.first { $0[0].text == "wine-cultivar-classifier" && $0[1] == .int(9) })
    #expect(orphan[4].text == "cca00d7775de4f1eb26b8b32071057b4")
    let everything = try OpenStore(try MLflowFixture.database(), deleted: true)
    #expect(try everything.rows("versions", ["model"]).count == 20)
  }

  @Test func loggedModelsHaveTheirNaNBack() throws {
    let models = try store.rows(
      "logged_models", ["name", "status", "metrics.ece", "metrics.auc", "experiment_id"])
    #expect(
      models.map { $0[0].text } == [
        "sgd-screening-a", "sgd-screening-b", "sgd-never-finished", "sgd-upload-failed",
        "wine-logreg",
      ])
    #expect(models.map { $0[1].text } == ["READY", "READY", "PENDING", "FAILED", "READY"])
    #expect(models[0][2].double?.isNaN == true)
    #expect(models[0][3].double == 0.9957651869158879)
    #expect(models[2][3] == .null)
  }

  @Test func datasetsBelongToRuns() throws {
    let rows = try store.rows("datasets", ["run_id", "name", "digest", "context", "source_type"])
    #expect(rows.contains { $0[1] == .string("wine") && $0[3] == .string("training") })
    let runs = Set(try store.rows("runs", ["run_id"]).map { $0[0] })
    #expect(rows.allSatisfy { runs.contains($0[0]) })
  }

  @Test func keysHaveTheTypeOfAllTheirValues() throws {
    let schema = try store.provider("runs").schema
    #expect(schema["params.max_iter"]?.type == .int || schema["params.seed"]?.type == .int)
    #expect(schema["params.eta0"]?.type == .float)
    #expect(schema["params.eta0"]?.isInferred == true)
    #expect(schema["tags.mlflow.user"]?.type == .string)
    #expect(schema["tags.alert"]?.type == .bool)
    let field = try #require(schema["params.eta0"])
    let rows = try store.rows("runs", ["params.eta0", field.storedTextName])
    for row in rows where row[0] != .null {
      #expect(Double(row[1].text ?? "") == row[0].double)
    }
    #expect(rows.contains { $0[1] == .string("10.0") })
  }
}
