import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Databases of the schemas from MLflow 1.0 to 3.5.
struct MLflowSchemaTests {
  static let versions = [
    "v1.0", "v1.8", "v1.20", "v1.30", "v2.3", "v2.9", "v2.22", "v3.0", "v3.5",
  ]

  @Test(arguments: versions)
  func anEmptyStoreHasAllTables(version: String) throws {
    let store = try OpenStore(try MLflowFixture.database("schemas/empty-\(version).db"))
    #expect(store.source.warnings.isEmpty)
    for provider in store.source.tables {
      let columns = provider.schema.fields.map(\.name)
      #expect(try store.scan(provider.name, columns).rowCount == 0, "\(provider.name)")
    }
  }

  @Test(arguments: versions)
  func runsAndTheirMetricsAreRead(version: String) throws {
    let path = try MLflowFixture.database("schemas/empty-\(version).db")
    let writer = try DatabaseWriter(path)
    let run = runID(1)
    try writer.insertRun(run)
    try writer.insertRun(runID(2), stage: "deleted")
    try writer.insertRun(runID(3), experiment: 2, experimentStage: "deleted")
    // Steps out of order: the last value is that of the greatest step.
    for (step, value) in [(2, "0.25"), (0, "1.0"), (1, "0.5")] {
      try writer.insertMetric(
        run, "loss", value, step: step, time: 1_500_000_000_000 + step, isLatest: step == 2)
    }
    try writer.insertMetric(run, "big", "1.7976931348623157e308", step: 0)
    try writer.insertMetric(runID(2), "only deleted", "1.0", step: 0)
    try writer.insert("params", ["key": "'lr'", "value": "'0.1'", "run_uuid": "'\(run)'"])
    try writer.insert("params", ["key": "'x'", "value": "'1'", "run_uuid": "'\(runID(2))'"])
    try writer.insert(
      "tags", ["key": "'mlflow.user'", "value": "'grace'", "run_uuid": "'\(run)'"])

    let store = try OpenStore(path)
    #expect(
      try store.rows(
        "runs",
        [
          "run_id", "name", "experiment", "user", "source_name", "duration", "params.lr",
          "metrics.loss", "metrics_min.loss", "metrics_max.loss", "metrics_first.loss",
          "metrics.big",
        ])
        == [
          [
            .string(run), .string("run \(run)"), "experiment 1", "grace", "train.py",
            .duration(2_000_000), .float(0.1), .float(0.25), .float(0.25), .float(1), .float(1),
            .float(.infinity),
          ]
        ])
    #expect(
      try store.rows("metrics", ["key", "value", "step"]) == [
        ["loss", .float(0.25), .int(2)], ["loss", .float(1), .int(0)],
        ["loss", .float(0.5), .int(1)], ["big", .float(.infinity), .int(0)],
      ])
    let schema = try store.provider("runs").schema
    #expect(schema["metrics.only deleted"] == nil)
    #expect(schema["params.x"] == nil)
    let everything = try OpenStore(path, deleted: true)
    #expect(try everything.rows("runs", ["run_id"]).count == 3)
    #expect(try everything.provider("runs").schema["metrics.only deleted"] != nil)
    #expect(try everything.rows("metrics", ["key"]).count == 5)
  }

  @Test func nullStoodForNaNBeforeTheFlag() throws {
    let path = try MLflowFixture.database("schemas/empty-v1.0.db")
    let writer = try DatabaseWriter(path)
    // Between 1.0 and 1.8 a migration made the values of metrics nullable.
    try writer.execute(
      "CREATE TABLE m (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT, step BIGINT, "
        + "PRIMARY KEY (key, timestamp, step, run_uuid)); DROP TABLE metrics; "
        + "ALTER TABLE m RENAME TO metrics")
    try writer.insertRun(runID(1))
    try writer.insertMetric(runID(1), "loss", "NULL", step: 0)
    try writer.insertMetric(runID(1), "loss", "0.0", step: 1)
    let values = try OpenStore(path).rows("metrics", ["value"]).map { $0[0].double }
    #expect(values[0]?.isNaN == true)
    #expect(values[1] == 0)
  }

  @Test func anUnknownRevisionIsReadWithAWarning() throws {
    let path = try MLflowFixture.database()
    try DatabaseWriter(path).execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
    let store = try OpenStore(path)
    #expect(store.source.warnings.count == 1)
    #expect(store.source.warnings.first?.contains("ffffffffffff") == true)
    #expect(try store.rows("runs", ["run_id"]).count == 162)
  }

  @Test func typesAreInferredOverAllValuesOfAKey() throws {
    let path = try MLflowFixture.database("schemas/empty-v3.5.db")
    let writer = try DatabaseWriter(path)
    let texts: [(String, [String], DataType)] = [
      ("int", ["1", "-20"], .int), ("mixed", ["1", "0.5"], .float),
      ("float", ["1e-05", "nan"], .float), ("inf", ["inf", "-inf"], .float),
      ("bool", ["True", "false"], .bool), ("R bool", ["TRUE", "FALSE"], .bool),
      ("none", ["1", "None"], .string),
      ("zeros", ["007", "8"], .string), ("plus", ["+4912", "1"], .string),
      ("wide", ["12345678901234567890", "1"], .string), ("empty", ["", "1"], .string),
      ("boolint", ["True", "1"], .string), ("most", ["9223372036854775807", "0"], .int),
      ("date", ["2025-01-01", "2025-01-02"], .string), ("hex", ["0x1f", "1"], .string),
      ("huge", ["1e999", "1"], .string), ("short", [".5", "5."], .float),
      ("version", ["1.2.3", "1"], .string), ("minus", ["-", "1"], .string),
      ("negative zero", ["-0", "-0.0"], .float),
    ]
    for number in [1, 2] {
      try writer.insertRun(runID(number))
      for (key, values, _) in texts {
        try writer.insert(
          "params",
          [
            "key": "'\(key)'", "value": "'\(values[number - 1])'",
            "run_uuid": "'\(runID(number))'",
          ])
      }
    }
    let store = try OpenStore(path)
    let schema = try store.provider("runs").schema
    for (key, values, type) in texts {
      let field = try #require(schema["params.\(key)"])
      #expect(field.type == type, "\(key)")
      #expect(field.isInferred == (type != .string), "\(key)")
      #expect(field.family == "params")
      let column = try store.scan("runs", [field.name])
      #expect(column.columns[0].nullCount == 0, "\(key)")
      if field.isInferred {
        let rows = try store.rows("runs", [field.storedTextName])
        #expect(rows == values.map { [.string($0)] }, "\(key)")
      }
    }
    #expect(
      try store.rows("runs", ["params.short", "params.bool", "params.most"])
        == [
          [.float(0.5), .bool(true), .int(.max)], [.float(5), .bool(false), .int(0)],
        ])
  }
}
