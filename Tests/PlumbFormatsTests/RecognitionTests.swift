import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Exports that are known by their records, and which importer a folder has.
@Suite struct RecognitionTests {
  private static let exports = YAMLImporterTests.fixtures.deletingLastPathComponent()
    .appending(path: "exports")

  private func mapping(_ name: String) throws -> TableMapping {
    let text = try String(
      contentsOf: TableMappingTests.mappings.appending(path: "\(name).yaml"), encoding: .utf8)
    return try TableMapping(yaml: text, name: name)
  }

  private static let names = [
    "openlineage", "openlineage-pipelines", "wandb-runs", "wandb-history", "runs", "history",
    "argocd", "mlflow-webhooks",
  ]

  @Test(arguments: [
    ("openlineage.ndjson", ["pipeline_runs", "pipelines"]),
    ("openlineage-client.ndjson", ["pipeline_runs", "pipelines"]),
    ("wandb-runs.json", ["runs"]), ("wandb-history.jsonl", ["metrics"]), ("runs.csv", []),
    ("lightning", []), ("nowhere.json", []),
  ])
  func anExportIsKnownByItsRecords(_ file: String, _ tables: [String]) throws {
    let path = Self.exports.appending(path: file).path
    let found = MappedSource.recognized(path, among: try Self.names.map { try mapping($0) })
    #expect(found.map(\.table) == tables)
  }

  @Test(arguments: [
    "", "[", "[]", "{", "1 2 3", #"{"eventTime": 1}"#, #"{"_step": null, "_timestamp": 1}"#,
    #"{"eventTime": 1, "run": {"runId": "#,
  ])
  func otherRecordsAreNot(_ text: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.write("x.jsonl", Array(text.utf8))
    let mappings = try Self.names.map { try mapping($0) }
    #expect(MappedSource.recognized(path, among: mappings).isEmpty)
  }

  @Test func oneEventAmongOthersIsEnough() throws {
    let folder = try ScratchFolder()
    let event =
      #"{"eventTime": "x", "run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"}}"#
    let path = try folder.write("x.json", Array(#"[{"a": 1}, \#(event)]"#.utf8))
    #expect(MappedSource.recognized(path, among: [try mapping("openlineage")]).count == 1)
  }

  @Test func theEventsOfTheClientLibraryArePipelines() throws {
    let path = Self.exports.appending(path: "openlineage-client.ndjson").path
    let source = try MappedSource.open(
      OpenRequest(path: path),
      mappings: [try mapping("openlineage-pipelines"), try mapping("openlineage")],
      importers: .builtin)
    #expect(source.tables.map(\.name) == ["pipelines", "pipeline_runs"])
    #expect(
      source.warnings == ["1 record of `\(path)` has no `run.runId` and belongs to no row"])
    let table = try source.tables[0].scan(
      ScanRequest(columns: source.tables[0].schema.fields.map(\.name)), control: RunControl())
    #expect(table["status"]?.values == ["FINISHED", "FAILED", "RUNNING"])
    #expect(table["parent"]?.values == ["nightly", "nightly", .null])
    #expect(table["end_time"]?.values.last == .null)
    #expect(
      table["inputs"]?.values[0]
        == .list(
          ["postgres://db:5432/crm.customers", "s3://features/churn/day=1"], element: .string))
  }

  @Test func whatMLflowWritesAsCSVIsRuns() throws {
    for file in ["mlflow-search-runs.csv", "mlflow-experiment.csv"] {
      let source = try MappedSource.open(
        OpenRequest(path: Self.exports.appending(path: file).path), mappings: [try mapping("runs")],
        importers: .builtin)
      let runs = source.tables[0]
      #expect(runs.name == "runs" && source.warnings.isEmpty)
      #expect(runs.schema["params.seed"]?.type == .int)
      #expect(runs.schema["metrics.accuracy"]?.family == "metrics")
      #expect(runs.schema["start_time"]?.type == .timestamp)
      #expect(runs.schema["tags.mlflow.source.git.commit"]?.type == .string)
    }
  }

  @Test(arguments: [
    (["day=1/a.parquet", "b.csv"], "parquet"), (["a=1/b=2/c.CSV"], "csv"),
    (["x.ndjson", "y.md"], "json"), (["x.feather"], "arrow"),
  ])
  func aFolderIsOfTheKindOfItsFiles(_ files: [String], _ importer: String) throws {
    let folder = try ScratchFolder()
    for file in files {
      let path = URL(filePath: folder.path).appending(path: file)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: path)
    }
    #expect(try ImporterCatalog.builtin.importer(of: folder.path).name == importer)
  }
}
