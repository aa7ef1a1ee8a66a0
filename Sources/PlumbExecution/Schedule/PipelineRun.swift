import PlumbColumns
import PlumbDiagnostics
import PlumbSystem
import Synchronization

extension Executor {
  /// Runs a pipeline into sinks, one per thread, in the order of their rows; at least one.
  func run<Sink: BatchSink>(
    _ pipeline: Pipeline, _ makeSink: @Sendable () throws(ExecutionError) -> Sink
  ) throws(ExecutionError) -> [Sink] {
    let shares = shares(of: pipeline.ranges)
    let batchRows = max(1, options.batchRows) * (pipeline.beginsWithFilter ? 4 : 1)
    let rowCount = pipeline.sourceRowCount
    let seen = SeenRows()
    // What follows is work of the operator that reads the pipeline.
    defer { control.reportActivity() }
    return try runWorkers(shares.count, control: control) {
      (worker, scope) throws(ExecutionError) -> Sink in
      let sink = try makeSink()
      let runner = PipelineRunner(steps: pipeline.steps, sink: sink, scope: scope)
      for range in shares[worker] {
        var start = range.lowerBound
        while start < range.upperBound {
          try scope.check()
          let count = min(batchRows, range.upperBound - start)
          try runner.run(pipeline.source.batch, start..<(start + count))
          start += count
          control.reportRows(seen.add(count), of: rowCount)
        }
      }
      runner.book(in: report, workerCount: shares.count)
      return sink
    }
  }

  /// Cuts ranges into contiguous shares of whole morsels, one for each thread that is worth its
  /// start; at least one.
  private func shares(of ranges: [Range<Int>]) -> [[Range<Int>]] {
    let total = ranges.reduce(0) { $0 + $1.count }
    return shares(of: total).map { ranges.trimmed(skip: $0.lowerBound, limit: $0.count) }
  }
}

/// The rows of a source that all threads have taken so far.
private final class SeenRows: Sendable {
  private let count = Atomic<Int>(0)

  func add(_ rows: Int) -> Int { count.add(rows, ordering: .relaxed).newValue }
}

/// One thread's way through the steps, with the time that each takes.
private final class PipelineRunner<Sink: BatchSink> {
  private let steps: [PipelineStep]
  private let sink: Sink
  private let scope: WorkerScope
  private var rowCounts: [Int]
  private var nanoseconds: [Int]
  /// When the step at work took over.
  private var clock = 0

  init(steps: [PipelineStep], sink: Sink, scope: WorkerScope) {
    self.steps = steps
    self.sink = sink
    self.scope = scope
    rowCounts = Array(repeating: 0, count: steps.count)
    nanoseconds = Array(repeating: 0, count: steps.count)
  }

  /// Takes rows of the source through all steps.
  ///
  /// When a value cannot be converted, the error says in which row of the source it is.
  func run(_ source: Batch, _ rows: Range<Int>) throws(ExecutionError) {
    do throws(ExecutionError) {
      try push(source.slice(rows.lowerBound, rows.count), step: 0)
    } catch {
      guard error.code == .conversionFailed else { throw error }
      for row in rows {
        do throws(ExecutionError) { try push(source.slice(row, 1), step: 0) } catch {
          throw error.inRow(row + 1)
        }
      }
      throw error
    }
  }

  private func push(_ batch: Batch, step: Int) throws(ExecutionError) {
    guard step < steps.count else { return try sink.consume(batch) }
    clock = monotonicNanoseconds()
    try steps[step].operation.apply(batch) { (result) throws(ExecutionError) in
      settle(step)
      guard result.count > 0 else { return }
      rowCounts[step] += result.count
      if result.count > batch.count { try scope.check() }
      try push(result, step: step + 1)
      clock = monotonicNanoseconds()
    }
    settle(step)
  }

  /// Books the time since the step took over.
  private func settle(_ step: Int) {
    let now = monotonicNanoseconds()
    nanoseconds[step] += now - clock
    clock = now
  }

  func book(in report: ExecutionReport?, workerCount: Int) {
    guard let report else { return }
    for (index, step) in steps.enumerated() {
      guard let entry = step.entry else { continue }
      report.add(
        entry, rowCount: rowCounts[index],
        seconds: Double(nanoseconds[index]) / 1e9 / Double(workerCount))
    }
  }
}

extension [Range<Int>] {
  /// The rows of the ranges from the `skip`-th on, at most `limit` of them.
  func trimmed(skip: Int, limit: Int?) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var skip = skip
    var left = limit ?? .max
    for range in self {
      if skip >= range.count {
        skip -= range.count
        continue
      }
      guard left > 0 else { break }
      let start = range.lowerBound + skip
      let length = Swift.min(range.upperBound - start, left)
      result.append(start..<(start + length))
      left -= length
      skip = 0
    }
    return result
  }
}
