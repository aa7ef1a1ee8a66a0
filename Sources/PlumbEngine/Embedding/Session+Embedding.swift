import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbSyntax
import Synchronization

/// Ten lines are enough to use Plumb from a Swift program:
///
///     import PlumbEngine
///
///     let session = Session()
///     try session.open("mlflow.db")
///     let question = "param n: int = 3; runs | top n by metrics.accuracy"
///     for message in session.check(question) { print(message.line ?? 0, message.text) }
///     let results = try session.run(question, parameters: ["n": "5"])
///     let names = try results[0].strings("name")
///     let scores = try results[0].doubles("metrics.accuracy")
///     for (name, score) in zip(names, scores) { print(name ?? "unnamed", score ?? .nan) }
///
/// `scripts/test` builds and runs these lines in a package of their own.
extension Session {
  /// Attaches a source: a store's tables, or a file as a table named after it.
  ///
  /// - Parameter alias: A name to put before the tables' names, as in `b.runs`.
  /// - Throws: A ``PlumbError`` when the source cannot be opened.
  public func open(_ address: String, as alias: String? = nil) throws(PlumbError) {
    do throws(ImportError) {
      try open(address: address, alias: alias)
    } catch {
      throw PlumbError([Message(Diagnostic(error, at: nil))])
    }
  }

  /// Checks a program as a whole and tells all that is wrong with it, running nothing.
  public func check(_ code: String, parameters: [String: String] = [:]) -> [Message] {
    let file = SourceFile(name: "<program>", text: code)
    return check(file, parameters: parameters).diagnostics.displayed.map(Message.init)
  }

  /// Runs a program and gives what it shows, in order.
  ///
  /// - Parameter parameters: The values of the program's `param` statements, as text.
  /// - Throws: A ``PlumbError`` with all messages when the program did not pass its checks (then
  ///   nothing ran), failed, or was cancelled.
  public func run(
    _ code: String, parameters: [String: String] = [:]
  ) throws(PlumbError) -> [ProgramResult] {
    let file = SourceFile(name: "<program>", text: code)
    let (program, diagnostics) = check(file, parameters: parameters)
    guard let program else { throw PlumbError(diagnostics.displayed.map(Message.init)) }
    let collected = Mutex<(results: [ProgramResult], messages: [Message])>(([], []))
    let outcome = run(program) { event in
      collected.withLock { collected in
        switch event {
        case .shown(.table(let table, _)): collected.results.append(.table(ResultTable(table)))
        case .shown(.value(let value, _)): collected.results.append(.value(ResultValue(value)))
        case .shown(.text(let text)), .printed(let text): collected.results.append(.text(text))
        case .diagnostic(let diagnostic): collected.messages.append(Message(diagnostic))
        case .audited(let report):
          collected.results.append(.text(ClosingReport.text(report)))
        case .statementFinished: break
        }
      }
    }
    let (results, messages) = collected.withLock { $0 }
    guard case .finished = outcome else { throw PlumbError(messages) }
    return results
  }
}

/// Why a program or a source could not be used: one message or several.
public struct PlumbError: Error, Sendable, CustomStringConvertible {
  /// All that is wrong, in the order of the program.
  public let messages: [Message]

  init(_ messages: [Message]) { self.messages = messages }

  /// The messages as the command shows them.
  public var description: String { messages.map(\.rendered).joined(separator: "\n") }
}
