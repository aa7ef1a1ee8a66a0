import Glibc
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbSyntax
import Synchronization

extension Kernel {
  /// How long requests that are on their way when a cell fails are waited for.
  private static let abortDelayMicroseconds: UInt32 = 10_000

  /// Runs a cell and replies; gives the cells that wait and must not run, because this one failed.
  func execute(_ request: KernelRequest) -> [KernelRequest] {
    let content = request.content
    let code = content["code"]?.string ?? ""
    let isSilent = content["silent"]?.bool ?? false
    let isStored = !isSilent && (content["store_history"]?.bool ?? true)
    let count = executionCount.withLock { count in
      if isStored { count += 1 }
      return count
    }
    let output = CellOutput(publisher, request.header, count: count, isSilent: isSilent)
    if !isSilent {
      publisher.publish(
        "execute_input", ["code": .string(code), "execution_count": .int(count)],
        parent: request.header)
    }
    var reply: JSONTree = ["status": "ok", "execution_count": .int(count), "payload": []]
    if let help = HelpCell(code) {
      reply["payload"] = [
        [
          "source": "page", "start": 0,
          "data": ["text/plain": .string(session.helpText(on: help.subject))],
        ]
      ]
    } else {
      if !isSilent { progress.begin(parent: request.header) }
      run(code, count: count, output)
      progress.end()
    }
    publisher.streams.flush()
    if isStored { history.append(line: count, input: code, output: output.resultText) }
    if let failure = output.failure {
      if !isSilent { publisher.publish("error", failure, parent: request.header) }
      reply["status"] = "error"
      for member in failure.members ?? [] { reply[member.name] = member.value }
      reply["user_expressions"] = [:]
      let aborted = (content["stop_on_error"]?.bool ?? true) ? waitingCells() : []
      publisher.reply(request, reply)
      return aborted
    }
    reply["user_expressions"] = userExpressions(content["user_expressions"])
    publisher.reply(request, reply)
    return []
  }

  private func run(_ code: String, count: Int, _ output: CellOutput) {
    let file = SourceFile(name: "<cell \(count)>", text: code)
    let start = ContinuousClock.now
    let (outcome, wasAsked) = interrupter.interruptible { () -> RunOutcome in
      let (program, diagnostics) = session.check(file, continuesLastResult: true)
      for diagnostic in diagnostics.displayed { output.take(.diagnostic(diagnostic)) }
      guard let program else { return .rejected }
      output.statementCount = program.statementCount
      return session.run(program) { output.take($0) }
    }
    // What stopped because of the interruption was interrupted, whatever it says itself.
    if outcome == .interrupted || (wasAsked && outcome != .finished) {
      let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
      output.interrupt(after: milliseconds)
    }
  }

  /// Takes the cells that wait out of the queue; other requests stay.
  ///
  /// A client that runs all cells has sent them by now or is about to: the thread that reads is
  /// given a moment for them. Cells that come after the reply are an answer to it, and run.
  private func waitingCells() -> [KernelRequest] {
    usleep(Self.abortDelayMicroseconds)
    let waiting = queue.takeAll()
    queue.putBack(waiting.filter { $0.type != "execute_request" })
    return waiting.filter { $0.type == "execute_request" }
  }

  /// Expressions that the client wants to know beside the cell, each with its own outcome.
  private func userExpressions(_ expressions: JSONTree?) -> JSONTree {
    var results: JSONTree = [:]
    for member in expressions?.members ?? [] {
      let output = CellOutput(publisher, [], count: 0, isSilent: true)
      run(member.value.string ?? "", count: 0, output)
      if let failure = output.failure {
        var result: JSONTree = ["status": "error"]
        for part in failure.members ?? [] { result[part.name] = part.value }
        results[member.name] = result
      } else {
        results[member.name] = [
          "status": "ok", "data": output.lastResult ?? ["text/plain": ""], "metadata": [:],
        ]
      }
    }
    return results
  }
}
