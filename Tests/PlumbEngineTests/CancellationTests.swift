import Foundation
import PlumbDiagnostics
import PlumbEngine
import PlumbSyntax
import Testing

/// `Session.cancel()` from another thread stops what is under way and leaves a session that works.
struct CancellationTests {
  /// Cancels what `body` does after a while; gives the seconds from then to its end.
  private func seconds(
    _ session: Session, afterMilliseconds: Int, _ body: () -> Void
  ) -> Double {
    let cancelled = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var start = ContinuousClock.now
    Thread.detachNewThread {
      usleep(UInt32(afterMilliseconds) * 1_000)
      start = ContinuousClock.now
      session.cancel()
      cancelled.signal()
    }
    body()
    let end = ContinuousClock.now
    cancelled.wait()
    return (end - start) / .seconds(1)
  }

  @Test(arguments: [
    "while true { let x = 1 }", "while true { let r = t | sort -x | count }",
    "while true { let r = t | window m = median(f) sort x rows -2000..0 }",
    "while true { let r = t | summarize n = count(), m = median(f) by x }",
    "while true { let r = t | join t on x | count }",
    "while true { let r = t | derive c = x % 500 | pivot sum(f) by c per x }",
    "let r = table([{a: 1}]) | derive a = range(100000) | explode a | derive l = range(10000) | explode l",
  ])
  func runs(_ code: String) throws {
    let session = Session()
    _ = try session.run(
      "let t = table([{x: 0}]) | derive x = range(20000) | explode x | derive f = x / 7")
    let file = SourceFile(name: "<program>", text: code)
    let program = try #require(session.check(file).program)
    var outcome: RunOutcome?
    let seconds = seconds(session, afterMilliseconds: 300) {
      outcome = session.run(program) { _ in }
    }
    guard case .interrupted? = outcome else {
      Issue.record("\(code): \(String(describing: outcome))")
      return
    }
    // A build without optimization, beside other tests; scripts/bench measures the real one.
    #expect(seconds < 5, "\(code)")
    #expect(try session.run("t | count")[0].integers("count") == [20_000])
  }

  @Test func openingAndChecking() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var text = "a,b\n"
    for row in 0..<400_000 { text += "\(row),text \(row)\n" }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let session = Session()
    var failure: PlumbError?
    let opening = seconds(session, afterMilliseconds: 50) {
      do throws(PlumbError) { try session.open(path) } catch { failure = error }
    }
    #expect(failure?.messages.first?.text.contains("interrupted") == true)
    #expect(opening < 5)
    var messages: [Message] = []
    let checking = seconds(session, afterMilliseconds: 50) {
      messages = session.check("read(\"\(path)\") | count")
    }
    #expect(messages.first?.text.contains("interrupted") == true)
    #expect(checking < 5)
    #expect(try session.run("1").count == 1)
  }
}
