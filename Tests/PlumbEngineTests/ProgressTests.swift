import PlumbColumns
import PlumbDiagnostics
import Synchronization
import Testing

@testable import PlumbEngine

@Suite struct ProgressTests {
  private final class Reports: Sendable {
    let all = Mutex<[RunControl.Progress]>([])
  }

  @Test func aQuerySaysWhatItIsAtAndHowFar() throws {
    let reports = Reports()
    var options = SessionOptions()
    options.progress = { report in reports.all.withLock { $0.append(report) } }
    let session = Session(options)
    let text = "table([{a: 2}, {a: 1}, {a: 3}]) | where a > 1 | sort a | summarize n = count()"
    let (program, _) = session.check(SourceFile(name: "test", text: text))
    #expect(session.run(try #require(program)) { _ in } == .finished)
    let all = reports.all.withLock { $0 }
    #expect(all.contains { $0.done == 3 && $0.total == 3 && $0.unit == "rows" })
    #expect(all.contains { $0.activity == "summarizing" })
  }

  @Test func completionSaysNothing() throws {
    let reports = Reports()
    var options = SessionOptions()
    options.progress = { report in reports.all.withLock { $0.append(report) } }
    let session = Session(options)
    let text = "let t = table([{a: \"x\"}, {a: \"y\"}])"
    let (program, _) = session.check(SourceFile(name: "test", text: text))
    #expect(session.run(try #require(program)) { _ in } == .finished)
    reports.all.withLock { $0 = [] }
    let entry = "t | where a == "
    #expect(session.completions(in: entry, at: entry.utf8.count).candidates.count == 2)
    #expect(reports.all.withLock { $0 }.isEmpty)
  }
}
