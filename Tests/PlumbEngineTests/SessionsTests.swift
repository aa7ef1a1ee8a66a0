import Foundation
import PlumbEngine
import Testing

/// Sessions of one process do not disturb each other.
struct SessionsTests {
  /// Each on its own thread, with tables, variables and errors of its own.
  @Test func sideBySide() throws {
    let count = 4
    let done = DispatchGroup()
    let problems = Problems()
    for number in 0..<count {
      done.enter()
      Thread.detachNewThread {
        defer { done.leave() }
        let session = Session()
        for round in 0..<25 {
          let code = """
            let rows = table([{x: \(number)}, {x: \(round)}]) | derive y = x * 2
            def f(v) = v + \(number)
            var n = 0
            while n < 10 { n = f(n) + 1 }
            rows | summarize s = sum(y), t = \(number)
            """
          let sums = try? session.run(code)[0].integers("s")
          if sums != [2 * (number + round)] { problems.add("\(number), \(round): \(sums ?? [])") }
          do throws(PlumbError) {
            _ = try session.run("let own = \(number)\n1 // (own - \(number))")
            problems.add("no error")
          } catch {
            if error.messages.count != 1 { problems.add("\(error)") }
          }
        }
      }
    }
    done.wait()
    #expect(problems.all == [])
  }

  /// Cancelling one leaves the other alone.
  @Test func cancellationIsOnesOwn() throws {
    let (stopped, other) = (Session(), Session())
    let done = DispatchGroup()
    let problems = Problems()
    done.enter()
    Thread.detachNewThread {
      defer { done.leave() }
      do throws(PlumbError) {
        _ = try stopped.run("while true { let a = 1 }")
        problems.add("not stopped")
      } catch {
        if !error.description.contains("interrupted") { problems.add("\(error)") }
      }
    }
    let code = "var n = 0\nwhile n < 20000 { n = n + 1 }\nn"
    usleep(100_000)
    stopped.cancel()
    guard case .value(.integer(20_000))? = try other.run(code).first else {
      Issue.record("the other session was disturbed")
      return
    }
    // A cancellation before the run has begun stops nothing.
    repeat { stopped.cancel() } while done.wait(timeout: .now() + .milliseconds(20)) == .timedOut
    #expect(problems.all == [])
  }

  /// What threads have found wrong.
  private final class Problems: @unchecked Sendable {
    private let lock = NSLock()
    private var texts: [String] = []

    func add(_ text: String) { lock.withLock { texts.append(text) } }
    var all: [String] { lock.withLock { texts } }
  }
}
