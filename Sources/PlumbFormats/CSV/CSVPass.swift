import PlumbColumns
import Synchronization

/// One pass over the records of a file: its runs shared out to threads, the segments in order.
struct CSVPass {
  let file: CSVFile
  let parser: CSVParser
  let plans: [CSVPlan]
  let given: [Bool]
  let workers: [CSVWorker]
  let control: RunControl

  init(
    _ file: CSVFile, columns: [Int], plans: [CSVPlan], given: [Bool], options: CSVOptions,
    workers: [CSVWorker], control: RunControl
  ) {
    self.file = file
    self.plans = plans
    self.given = given
    self.workers = workers
    self.control = control
    parser = CSVParser(
      file: file.text.file, delimiter: file.dialect.delimiter, columns: columns,
      pads: options.pads, null: options.null)
  }

  /// Reads all records. Runs that did not begin at a record are read again, one after the other.
  func segments() throws(ImportError) -> [CSVSegment] {
    let ranges = try file.ranges(control)
    let rowEstimate = 1 << 20 / file.recordBytes()
    let guessed = try parse(ranges, rowEstimate)
    var segments: [CSVSegment] = []
    var position = file.dialect.dataStart
    for segment in guessed {
      guard let segment, segment.start == position else { break }
      try check(segment)
      segments.append(segment)
      position = segment.end
    }
    while position < file.text.file.count {
      try control.checkImport()
      let segment = parser.parse(
        position..<min(position + 1 << 20, file.text.file.count), plans: plans, given: given,
        worker: workers[0], rowEstimate: estimate(position..<(position + 1 << 20), rowEstimate))
      try check(segment)
      segments.append(segment)
      position = segment.end
    }
    return segments
  }

  private func estimate(_ range: Range<Int>, _ rowsPerMegabyte: Int) -> Int {
    rowsPerMegabyte * range.count >> 20 + rowsPerMegabyte / 8 + 64
  }

  private func check(_ segment: CSVSegment) throws(ImportError) {
    guard let (fault, offset) = segment.fault else { return }
    throw fault.error(at: offset, file.text.file, file.path)
  }

  private func parse(
    _ ranges: [Range<Int>], _ rowEstimate: Int
  ) throws(ImportError) -> [CSVSegment?] {
    let results = Mutex([CSVSegment?](repeating: nil, count: ranges.count))
    let interruption = Mutex<ImportError?>(nil)
    let next = Atomic<Int>(0)
    let doneBytes = Atomic<Int>(0)
    let threads = min(workers.count, ranges.count)
    parallelFor(threadCount: threads, taskCount: threads) { thread in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < ranges.count else { return }
        do throws(ImportError) {
          try control.checkImport()
        } catch {
          interruption.withLock { $0 = error }
          return
        }
        let range = ranges[index]
        let segment = parser.parse(
          range, plans: plans, given: given, worker: workers[thread],
          rowEstimate: estimate(range, rowEstimate))
        let isFaulty = segment.fault != nil
        results.withLock { $0[index] = segment }
        // Nothing after a fault is needed: it is an error, or the runs must be read again.
        if isFaulty { next.store(ranges.count, ordering: .relaxed) }
        let done = doneBytes.wrappingAdd(range.count, ordering: .relaxed).newValue
        control.report(
          RunControl.Progress(
            activity: "reading \(file.path)", done: done, total: file.text.file.count,
            unit: "bytes"))
      }
    }
    if let error = interruption.withLock({ $0 }) { throw error }
    return results.withLock { $0 }
  }
}
