import Foundation
import PlumbColumns
import PlumbFormats
import Synchronization
import Testing

/// Reading from an MLflow server that behaves, and from ones that do not.
///
/// `scripts/test.d/remote` compares what a real server gives with its database.
struct MLflowServerTests {
  typealias Request = LoopbackServer.Request
  typealias Reply = LoopbackServer.Reply

  /// Variables that make retries quick.
  private static let impatience = [
    "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "0", "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "2",
  ]

  private func open(
    _ address: String, _ variables: [String: String] = [:], deleted: Bool = false,
    control: RunControl = RunControl()
  ) throws -> any DataSource {
    let all = Self.impatience.merging(variables) { _, new in new }
    let importer = Importer.mlflowServer(MLflowEnvironment { all[$0] })
    return try importer.open(
      OpenRequest(
        path: address, options: deleted ? ["deleted": .bool(true)] : [:], control: control))
  }

  private func rows(
    _ source: any DataSource, _ table: String, _ columns: [String],
    _ conditions: [ScanCondition] = []
  ) throws -> [[Value]] {
    let provider = try #require(source.tables.first { $0.name == table })
    let found = try provider.scan(
      ScanRequest(columns: columns, conditions: conditions), control: RunControl())
    return (0..<found.rowCount).map { found.row($0) }
  }

  private func error(
    _ address: String, _ variables: [String: String] = [:]
  ) throws -> ImportError {
    try #require(#expect(throws: ImportError.self) { _ = try open(address, variables) })
  }

  /// The error that opening gives when every request is answered so.
  private func error(
    answering reply: Reply, _ variables: [String: String] = [:]
  ) throws -> ImportError {
    let server = try LoopbackServer { _ in reply }
    defer { server.stop() }
    return try error(server.address, variables)
  }

  // MARK: A server that behaves

  /// Two experiments, two runs on two pages, a model with two versions.
  @Sendable private static func store(_ request: Request) -> Reply {
    switch request.path.components(separatedBy: "/mlflow/").last {
    case "experiments/search":
      return .json(
        #"""
        {"experiments": [
          {"experiment_id": "987654321012345678", "name": "b", "lifecycle_stage": "active"},
          {"experiment_id": "1", "name": "a", "lifecycle_stage": "active",
           "creation_time": 1000, "tags": [{"key": "owner", "value": "ada"}]}]}
        """#)
    case "runs/search":
      let isFirst = !request.body.contains("page_token")
      return .json(
        isFirst
          ? #"""
          {"runs": [{"info": {"run_id": "r2", "experiment_id": "987654321012345678",
            "status": "RUNNING", "start_time": 3000, "lifecycle_stage": "active"},
            "data": {"metrics": [
              {"key": "loss", "value": "NaN", "timestamp": 5, "step": 9007199254740993}]}}],
           "next_page_token": "x"}
          """#
          : #"""
          {"runs": [{"info": {"run_uuid": "r1", "run_name": "first", "experiment_id": "1",
            "status": "FINISHED", "start_time": "1000", "end_time": 2500},
            "data": {"params": [{"key": "lr", "value": "0.1"}],
              "metrics": [{"key": "loss", "value": 1.7976931348623157e+308, "timestamp": 7}]},
            "inputs": {"dataset_inputs": [{"tags": [{"key": "mlflow.data.context",
              "value": "training"}], "dataset": {"name": "d", "digest": "x"}}]}}]}
          """#)
    case "registered-models/search":
      return .json(
        request.query["filter"] == nil
          ? #"""
          {"registered_models": [{"name": "m", "creation_timestamp": 1,
            "aliases": [{"alias": "champion", "version": "2"}]}]}
          """# : "{}")
    case "model-versions/search":
      return .json(
        request.query["filter"] == nil
          ? #"""
          {"model_versions": [
            {"name": "m", "version": "2", "current_stage": "None", "creation_timestamp": 2},
            {"name": "m", "version": "1", "current_stage": "None", "creation_timestamp": 1}]}
          """# : "{}")
    case "metrics/get-history-bulk":
      return .json(
        #"""
        {"metrics": [
          {"key": "loss", "run_id": "r1", "step": 0, "timestamp": 6, "value": 0.5},
          {"key": "loss", "run_id": "r1", "step": 0, "timestamp": 7, "value": -1.7976931348623157e+308},
          {"key": "loss", "run_id": "r2", "step": 9007199254740993, "timestamp": 5, "value": NaN}]}
        """#)
    default: return .status(404, "")
    }
  }

  @Test func tablesAreThoseOfAStore() throws {
    let server = try LoopbackServer(Self.store)
    defer { server.stop() }
    let source = try open(server.address + "/#/experiments")
    #expect(source.address == server.address && source.format == "mlflow-server")
    #expect(
      try rows(source, "experiments", ["experiment_id", "name", "tags.owner"]) == [
        [.int(1), "a", "ada"], [.int(987_654_321_012_345_678), "b", .null],
      ])
    #expect(
      try rows(source, "runs", ["run_id", "name", "experiment", "end_time", "params.lr"]) == [
        ["r1", "first", "a", .timestamp(2_500_000), .float(0.1)],
        ["r2", .null, "b", .null, .null],
      ])
    let latest = try rows(source, "runs", ["metrics.loss"])
    #expect(latest[0] == [.float(.infinity)])
    #expect(latest[1][0].double?.isNaN ?? false)
    #expect(
      try rows(source, "datasets", ["run_id", "name", "context"]) == [["r1", "d", "training"]])
    #expect(
      try rows(source, "versions", ["model", "version", "aliases"]) == [
        ["m", .int(1), .list([], element: .string)],
        ["m", .int(2), .list(["champion"], element: .string)],
      ])
    // A release before logged models does not know their endpoint.
    #expect(try rows(source, "logged_models", ["model_id"]).isEmpty)
  }

  @Test func historyIsLoadedWhenItIsAskedFor() throws {
    let server = try LoopbackServer(Self.store)
    defer { server.stop() }
    let source = try open(server.address)
    #expect(!server.requests.contains { $0.path.contains("history") })
    let history = try rows(source, "metrics", ["run_id", "key", "value", "step", "timestamp"])
    #expect(
      history.map { $0[0] } == ["r1", "r1", "r2"]
        && history.map { $0[1] } == ["loss", "loss", "loss"]
    )
    #expect(history[1][2] == .float(-.infinity))
    #expect(history[2][2].double?.isNaN ?? false)
    #expect(history[2][3] == .int(9_007_199_254_740_993))
    #expect(history[0][4] == .timestamp(6_000))
  }

  @Test func aFullAnswerIsAskedForInParts() throws {
    // More points than one answer may hold: 25,000 of each of two runs.
    let server = try LoopbackServer { request in
      guard request.path.hasSuffix("get-history-bulk") else {
        guard request.path.hasSuffix("get-history") else { return Self.store(request) }
        let start = request.query["page_token"].flatMap { Int($0) } ?? 0
        let points = (start..<min(start + 25_000, 30_000))
          .map { "{\"key\": \"loss\", \"value\": \($0), \"step\": \($0), \"timestamp\": 1}" }
        let next = start == 0 ? ", \"next_page_token\": \"25000\"" : ""
        return .json("{\"metrics\": [\(points.joined(separator: ","))]\(next)}")
      }
      let point = "{\"run_id\": \"r1\", \"value\": 1, \"step\": 1, \"timestamp\": 1}"
      let points = Array(repeating: point, count: 25_000)
      return .json("{\"metrics\": [\(points.joined(separator: ","))]}")
    }
    defer { server.stop() }
    let source = try open(server.address)
    let history = try rows(source, "metrics", ["run_id", "step"])
    #expect(history.count == 60_000)
    #expect(history[29_999] == ["r1", .int(29_999)] && history[30_000] == ["r2", .int(0)])
  }

  @Test func historyWithoutTheBulkRequest() throws {
    let server = try LoopbackServer { request in
      if request.path.hasSuffix("get-history-bulk") { return .status(404, "") }
      guard request.path.hasSuffix("get-history") else { return Self.store(request) }
      return .json(#"{"metrics": [{"key": "loss", "value": 1, "step": 1, "timestamp": 1}]}"#)
    }
    defer { server.stop() }
    let source = try open(server.address)
    let some = try rows(
      source, "metrics", ["run_id"],
      [ScanCondition(column: "run_id", test: .equal("r2"))])
    #expect(some == [["r2"]])
  }

  // MARK: Who asks

  @Test func aTokenOrAPasswordIsSent() throws {
    for (variables, expected) in [
      (["MLFLOW_TRACKING_TOKEN": "t0ken"], "Bearer t0ken"),
      (
        ["MLFLOW_TRACKING_USERNAME": "ada", "MLFLOW_TRACKING_PASSWORD": "pw"],
        "Basic " + Data("ada:pw".utf8).base64EncodedString()
      ),
      ([:], nil),
    ] as [([String: String], String?)] {
      let server = try LoopbackServer(Self.store)
      defer { server.stop() }
      _ = try open(server.address, variables)
      #expect(server.requests.allSatisfy { $0.headers["authorization"] == expected })
    }
    let server = try LoopbackServer(Self.store)
    defer { server.stop() }
    let source = try open("http://ada:p%40ss@127.0.0.1:\(server.port)")
    #expect(source.address == server.address)
    #expect(
      server.requests.first?.headers["authorization"]
        == "Basic " + Data("ada:p@ss".utf8).base64EncodedString())
  }

  @Test func anotherServerIsNotToldWhoAsks() throws {
    let other = try LoopbackServer(Self.store)
    defer { other.stop() }
    let target = other.address
    let server = try LoopbackServer { request in
      .status(307, "", headers: ["Location: \(target)\(request.path)"])
    }
    defer { server.stop() }
    _ = try open(server.address, ["MLFLOW_TRACKING_TOKEN": "t0ken"])
    #expect(server.requests.first?.headers["authorization"] == "Bearer t0ken")
    #expect(!other.requests.isEmpty)
    #expect(other.requests.allSatisfy { $0.headers["authorization"] == nil })
    #expect(other.requests.first?.method == "POST")
  }

  @Test func theSameServerIsToldAfterARedirection() throws {
    let server = try LoopbackServer { request in
      request.path.hasPrefix("/mlflow/")
        ? Self.store(request) : .status(302, "", headers: ["Location: /mlflow\(request.path)"])
    }
    defer { server.stop() }
    _ = try open(server.address, ["MLFLOW_TRACKING_TOKEN": "t0ken"])
    #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer t0ken" })
  }

  // MARK: Servers that do not behave

  @Test func whoAsksMattersToTheServer() throws {
    let unknown = try error(answering: .status(401, "who are you"))
    #expect(unknown.kind == .notReadable && unknown.message.contains("wants to know who asks"))
    #expect(unknown.remedy?.contains("MLFLOW_TRACKING_TOKEN") ?? false)
    let wrong = try error(
      answering: .status(401, "no"), ["MLFLOW_TRACKING_TOKEN": "s3cret"])
    #expect(wrong.message.contains("does not accept") && !wrong.message.contains("s3cret"))
    let forbidden = try error(
      answering: .status(
        403, #"{"error_code": "PERMISSION_DENIED", "message": "Permission denied"}"#))
    #expect(forbidden.message.contains("Permission denied"))
    let split = try error(answering: .json("{}"), ["MLFLOW_TRACKING_TOKEN": "a\nX: b"])
    #expect(split.kind == .badOption && !split.message.contains("X: b"))
  }

  @Test func whatIsNoServerOfMLflow() throws {
    let page = try error(answering: .status(404, "<html>", type: "text/html"))
    #expect(page.kind == .wrongFormat && page.message.contains("no MLflow server"))
    let login = try error(answering: .status(200, "<html>", type: "text/html"))
    #expect(login.kind == .wrongFormat && login.message.contains("text/html"))
    for address in ["http://", "http://:80", "http://a b", "https://host:99999", "http://[::1"] {
      #expect(try error(address).message.contains("not the address of a server"))
    }
  }

  @Test func aServerThatIsTooOld() throws {
    let server = try LoopbackServer { request in
      switch request.path {
      case "/api/2.0/mlflow/experiments/list": .json(#"{"experiments": []}"#)
      case "/version": .status(200, "1.20.2", type: "text/html")
      default: .status(404, "<html>", type: "text/html")
      }
    }
    defer { server.stop() }
    let error = try error(server.address)
    #expect(error.kind == .wrongFormat && error.message.contains("MLflow 1.20.2 that is too old"))
  }

  @Test func answersThatAreNotInOrder() throws {
    for text in ["{", "[1]", "{\"experiments\": [}", "\u{FF}", "{} {}"] {
      let error = try error(answering: .json(text))
      #expect(error.kind == .corrupt && error.message.contains("at byte"), "\(text)")
    }
    let cut = try error(answering: .cutOff("{\"experiments\": ["))
    #expect(cut.kind == .corrupt && cut.message.contains("ends in the middle"))
    let end = try error(answering: .end)
    #expect(end.message.contains("ended the connection"))
    let again = try error(answering: .json(#"{"next_page_token": "x"}"#))
    #expect(again.message.contains("again and again"))
    let circle = try error(answering: .status(302, "", headers: ["Location: /x"]))
    #expect(circle.message.contains("in a circle"))
  }

  @Test func nothingAnswers() throws {
    let server = try LoopbackServer { _ in .end }
    server.stop()
    let refused = try error(server.address)
    #expect(refused.kind == .notReadable && refused.message.contains("nothing answers"))
    let nameless = try error("http://no-such-host.invalid")
    #expect(nameless.message.contains("no host is called `no-such-host.invalid`"))
    let start = ContinuousClock.now
    let silent = try error(answering: .silence)
    #expect(silent.message.contains("does not answer in time"))
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func aBusyServerIsAskedAgain() throws {
    let count = Mutex(0)
    let server = try LoopbackServer { request in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number % 3 == 0 ? Self.store(request) : .status(number % 3 == 1 ? 429 : 503, "")
    }
    defer { server.stop() }
    let source = try open(server.address)
    #expect(try rows(source, "runs", ["run_id"]).count == 2)
    let busy = try LoopbackServer { _ in .status(503, "") }
    defer { busy.stop() }
    #expect(try error(busy.address).message.contains("cannot answer now (status 503)"))
    #expect(busy.requests.count == 3)
  }

  @Test func anInterruptionEndsAllWaiting() throws {
    for reply in [Reply.silence, .status(503, "", headers: ["Retry-After: 9"])] {
      let server = try LoopbackServer { _ in reply }
      defer { server.stop() }
      let control = RunControl()
      let cancelled = Mutex(ContinuousClock.now)
      Thread.detachNewThread {
        usleep(200_000)
        cancelled.withLock { $0 = ContinuousClock.now }
        control.cancel()
      }
      let error = try #require(
        #expect(throws: ImportError.self) { _ = try open(server.address, control: control) })
      #expect(error.kind == .interrupted)
      #expect(ContinuousClock.now - cancelled.withLock { $0 } < .milliseconds(100))
    }
  }
}
