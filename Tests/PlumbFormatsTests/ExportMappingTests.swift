import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Exports of trackers as the tables `runs`, `metrics` and `pipeline_runs`.
@Suite struct ExportMappingTests {
  private static let exports = YAMLImporterTests.fixtures.deletingLastPathComponent()
    .appending(path: "exports")

  private func open(_ file: String, _ name: String) throws -> (OpenTable, [String]) {
    let text = try String(
      contentsOf: TableMappingTests.mappings.appending(path: "\(name).yaml"), encoding: .utf8)
    let source = try MappedSource.open(
      OpenRequest(path: Self.exports.appending(path: file).path),
      mappings: [try TableMapping(yaml: text, name: name)], importers: .builtin)
    let provider = try #require(source.tables.first)
    let table = try provider.scan(
      ScanRequest(columns: provider.schema.fields.map(\.name)), control: RunControl())
    return (OpenTable(name: provider.name, schema: provider.schema, table: table), source.warnings)
  }

  private struct OpenTable {
    let name: String
    let schema: Schema
    let table: Table

    subscript(column: String) -> [Value]? { table[column]?.values }
  }

  @Test func runsOfWeightsAndBiases() throws {
    let (runs, warnings) = try open("wandb-runs.json", "wandb-runs")
    #expect(runs.name == "runs" && warnings.isEmpty)
    #expect(runs["run_id"] == ["1k2m3n", "4p5q6r", "7s8t9u"])
    #expect(runs["status"] == ["FINISHED", "FAILED", "RUNNING"])
    #expect(runs["user"] == ["ada", "lin", "ada"])
    #expect(runs["params.lr"] == [.float(0.01), .float(0.1), .float(0.03)])
    #expect(runs["params.model.depth"] == [.int(3), .int(5), .null])
    #expect(runs["metrics.val.auc"] == [.float(0.91), .null, .null])
    #expect(runs["metrics.epochs"] == [.float(10), .null, .null])
    let loss = try #require(runs["metrics.loss"])
    #expect(loss[0] == .float(0.25) && loss[1].double?.isNaN == true && loss[2] == .null)
    #expect(runs.schema["params.lr"]?.family == "params")
    #expect(runs.schema.family("metrics")?.missingType == .float)
    #expect(runs["end_time"]?[2] == .null && runs["end_time"]?[0] != .null)
    #expect(
      !runs.schema.fields.contains { $0.name.contains("_wandb") || $0.name.contains("weights") })
  }

  @Test func historyOfWeightsAndBiases() throws {
    let (metrics, warnings) = try open("wandb-history.jsonl", "wandb-history")
    #expect(metrics.name == "metrics" && warnings.isEmpty)
    #expect(metrics["run_id"] == ["1k2m3n", "1k2m3n", "1k2m3n", "4p5q6r"])
    #expect(metrics["key"] == ["loss", "val.auc", "loss", "loss"])
    let values = try #require(metrics["value"])
    #expect(values[..<3] == [.float(0.9), .float(0.6), .float(0.5)])
    #expect(values[3].double?.isNaN == true)
    #expect(metrics["step"] == [.int(0), .int(0), .int(1), .int(0)])
    #expect(metrics["timestamp"]?[0] == .timestamp(1_790_841_600_250_000))
  }

  @Test func runsOfMLflowAsCSV() throws {
    let (runs, _) = try open("runs.csv", "runs")
    #expect(runs["run_id"] == ["a1b2", "c3d4"])
    #expect(runs["name"] == ["first", "second"])
    #expect(runs["user"] == ["ada", "lin"])
    #expect(runs["metrics.val/loss"] == [.float(0.2), .null])
    #expect(runs["params.optimizer"] == ["adam", "sgd"])
    #expect(runs["tags.mlflow.runName"] == ["first", "second"])
    #expect(runs.schema["start_time"]?.type == .timestamp)
  }

  @Test func historiesOfLightningAreNamedByTheirFiles() throws {
    let (metrics, warnings) = try open("lightning", "history")
    #expect(
      metrics["run_id"] == [
        "version_0", "version_0", "version_0", "version_0", "version_0",
        "version_1", "version_1",
      ])
    #expect(
      metrics["key"] == [
        "lr-Adam", "train_loss", "val_acc", "lr-Adam", "train_loss",
        "train_loss", "train_loss",
      ])
    #expect(metrics["step"]?.last == .int(99))
    #expect(warnings.isEmpty)
  }

  @Test func openLineageRunsWithTheirData() throws {
    let (runs, warnings) = try open("openlineage.ndjson", "openlineage")
    #expect(runs.name == "pipeline_runs")
    #expect(runs["pipeline_run_id"] == ["r-1", "r-2"])
    #expect(runs["status"] == ["succeeded", "failed"])
    #expect(runs["trigger"] == ["nightly", .null])
    #expect(runs["commit"] == ["abc123", .null])
    let texts = { (texts: [String]) in Value.list(texts.map { .string($0) }, element: .string) }
    #expect(
      runs["inputs"] == [
        texts(["postgres://db:5432/crm.customers", "s3://features/churn/day=1"]), texts([]),
      ])
    #expect(
      runs["outputs"] == [texts(["s3://models/churn/7", "s3://models/churn/7-card"]), texts([])])
    #expect(
      warnings == [
        "1 record of `\(Self.exports.appending(path: "openlineage.ndjson").path)` has no "
          + "`run.runId` and belongs to no row"
      ])
  }
}
