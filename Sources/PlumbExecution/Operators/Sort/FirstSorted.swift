import PlumbColumns
import PlumbPlan

extension Executor {
  /// The most rows that are kept as candidates; for more all rows are put in order.
  private static let mostFirstRows = 1 << 14

  /// The first rows in the order of the keys, of equal rows the earlier ones: one pass that keeps
  /// few candidates, on all threads; nil where all rows are to be put in order.
  func firstSorted(
    _ node: LogicalPlan.Sort, count: Int, _ demand: Demand
  ) throws(ExecutionError) -> Table? {
    guard let first = node.keys.first, LeadingKey.canRead(first.expression.type),
      count <= Self.mostFirstRows
    else { return nil }
    let expressions = node.keys.map(\.expression)
    let pipeline = try pipeline(node.input, demand.adding(expressions))
    let schema = demand.wanted(of: pipeline.schema)
    let work = FirstSortedWork(
      count: count, keys: try evaluators(expressions, schema: pipeline.schema),
      isDescending: node.keys.map(\.isDescending),
      kept: schema.fields.compactMap { pipeline.schema.index(of: $0.name) },
      types: schema.fields.map(\.type) + expressions.map(\.type), control: control)
    let sinks = try run(pipeline) { FirstSortedSink(work) }
    for later in sinks.dropFirst() {
      try attempt(control.check)
      sinks[0].append(later)
    }
    let result = try sinks[0].finish()
    return Table(
      schema: schema, columns: Array(result.columns.prefix(schema.count)), rowCount: result.count)
  }
}

/// What all threads share.
private struct FirstSortedWork: Sendable {
  let count: Int
  let keys: [ExpressionEvaluator]
  let isDescending: [Bool]
  /// The positions of the columns that are handed on.
  let kept: [Int]
  /// The types of a candidate's columns: those that are handed on, then the keys.
  let types: [DataType]
  let control: RunControl
}

/// The rows of one thread that may be among the first.
private final class FirstSortedSink: BatchSink {
  private let work: FirstSortedWork
  /// How many candidates are gathered before the first of them are chosen.
  private let room: Int
  private var candidates: [Batch] = []
  private var candidateCount = 0
  /// The first two keys: by them rows are found that cannot be among the first.
  private var leading: [LeadingKey]
  private var passing = Buffer<UInt32>(count: 0)

  init(_ work: FirstSortedWork) {
    self.work = work
    leading = work.isDescending.prefix(2).map { LeadingKey(isDescending: $0) }
    room = max(1 << 13, work.count * 4)
  }

  func consume(_ batch: Batch) throws(ExecutionError) {
    var keys: [Column] = []
    for key in work.keys { keys.append(try key.evaluate(batch)) }
    guard work.count > 0 else { return }
    if passing.count < batch.count { passing = Buffer(count: batch.count) }
    for index in leading.indices {
      do { try leading[index].read(keys[index], control: work.control) } catch {
        throw ExecutionError(error)
      }
    }
    var count = choose(of: batch.count)
    if count > room / 2 {
      raiseBound(by: count)
      count = choose(of: batch.count)
    }
    guard count > 0 else { return }
    let rows = UnsafePointer(passing.base)
    let columns = work.kept.map { batch.columns[$0] } + keys
    candidates.append(
      Batch(columns: columns.map { $0.gathered(rows, count: count) }, count: count))
    candidateCount += count
    if candidateCount >= room { try chooseFirst() }
  }

  /// Finds the rows of the batch that reach the bounds.
  private func choose(of rowCount: Int) -> Int {
    let passing = passing.base
    let (words, bound) = (leading[0].words.base, leading[0].bound)
    var count = 0
    for row in 0..<rowCount {
      passing[count] = UInt32(truncatingIfNeeded: row)
      count &+= words[row] >= bound ? 1 : 0
    }
    guard leading.count > 1, leading[1].bound > .min else { return count }
    // Of rows that tie with the worst by the first key, those that the second leaves behind go.
    let (others, otherBound) = (leading[1].words.base, leading[1].bound)
    var kept = 0
    for place in 0..<count {
      let row = passing[place]
      passing[kept] = row
      kept &+= words[Int(row)] > bound || others[Int(row)] >= otherBound ? 1 : 0
    }
    return kept
  }

  /// Raises the bound to the worst of the first among some of the rows that pass: no worse a row
  /// can be among the first of all. Where each row is better than those before, as times are, only
  /// few are left.
  private func raiseBound(by count: Int) {
    let sampleCount = min(count, max(1 << 10, work.count * 8))
    guard sampleCount >= work.count, leading[0].isComparable else { return }
    let words = leading[0].words.base
    var sample = (0..<sampleCount).map { words[Int(passing.base[$0 * count / sampleCount])] }
    sample.sort(by: >)
    raise(to: [sample[work.count - 1]])
  }

  /// Raises the bounds; that of the second key is one only among rows with the first's word.
  private func raise(to words: [Int]) {
    guard words[0] >= leading[0].bound else { return }
    if words[0] > leading[0].bound, leading.count > 1 { leading[1].bound = .min }
    leading[0].bound = words[0]
    if words.count > 1 { leading[1].bound = max(leading[1].bound, words[1]) }
  }

  /// Leaves the first of the candidates alone, in the order of the rows, and raises the bounds.
  private func chooseFirst() throws(ExecutionError) {
    let all = joined()
    let first = try firstRows(of: all)
    let rows = Values(
      Buffer(UnsafeBufferPointer(start: first.pointer, count: first.count).sorted()))
    candidates = [all.gathered(rows)]
    candidateCount = rows.count
    guard first.count == work.count else { return }
    let worst = first.slice(first.count - 1, 1)
    var words: [Int] = []
    for (index, key) in leading.enumerated() {
      let column = all.columns[work.kept.count + index].gathered(worst)
      guard let word = key.word(of: column) else { break }
      words.append(word)
    }
    guard let word = words.first else { return }
    // By one key alone a later row must be better; nulls and NaN share the least word.
    if work.keys.count == 1, word != .min, word != .max { words[0] = word + 1 }
    raise(to: words)
  }

  /// The places of the first rows of a batch of candidates, in their order.
  private func firstRows(of all: Batch) throws(ExecutionError) -> Values<UInt32> {
    let keys = zip(all.columns.dropFirst(work.kept.count), work.isDescending).map {
      (column: $0, isDescending: $1)
    }
    do {
      let rows = try sortedRows(by: keys, count: all.count, control: work.control)
      return rows.slice(0, min(work.count, rows.count))
    } catch { throw ExecutionError(error) }
  }

  private func joined() -> Batch {
    if candidates.count == 1 { return candidates[0] }
    return Batch(
      columns: work.types.enumerated().map { index, type in
        Column.concatenated(candidates.map { $0.columns[index] }, type: type)
      }, count: candidateCount)
  }

  /// Appends the candidates of the rows that follow.
  func append(_ later: FirstSortedSink) {
    candidates += later.candidates
    candidateCount += later.candidateCount
  }

  /// The first rows in their order.
  func finish() throws(ExecutionError) -> Batch {
    let all = joined()
    return all.gathered(try firstRows(of: all))
  }
}

extension Batch {
  fileprivate func gathered(_ rows: Values<UInt32>) -> Batch {
    Batch(columns: columns.map { $0.gathered(rows) }, count: rows.count)
  }
}
