/// A run of rows of several columns: what operators hand on.
package struct Batch: Sendable {
  package let columns: [Column]
  package let count: Int

  package init(columns: [Column], count: Int) {
    self.columns = columns
    self.count = count
  }

  /// The batch of some of the rows, which are not copied.
  package func slice(_ start: Int, _ count: Int) -> Batch {
    Batch(columns: columns.map { $0.slice(start, count) }, count: count)
  }
}
