import PlumbColumns
import PlumbPlan

extension Executor {
  /// The rows that no other row beats on every objective, in their old order.
  ///
  /// Sorted with the best first, a row can only be beaten by one before it, and by one that is
  /// not beaten itself (Kung, Luccio, Preparata 1975).
  func pareto(_ node: LogicalPlan.Pareto, _ demand: Demand) throws(ExecutionError) -> Table {
    let table = try table(
      node.input, demand.adding(node.objectives.map(\.expression)))
    let keys = try sortKeys(node.objectives, of: table)
    let columns = keys.map(\.column)
    let matchable = matchableRows(columns, count: table.rowCount)
    var kept = keys
    if let matchable {
      let gathered = try gather(columns, matchable)
      kept = zip(gathered, keys).map { (column: $0, isDescending: $1.isDescending) }
    }
    let count = matchable?.count ?? table.rowCount
    let order = try attempt { () throws(RunControl.Interruption) in
      try sortedRows(by: kept, count: count, control: control)
    }
    var ranks: [Values<Int>] = []
    for key in kept { ranks.append(try places(key, count)) }
    let best = try skyline(ranks, order)
    let rows = best.map { matchable?[Int($0)] ?? $0 }.sorted()
    return try gather(table, Values(rows), demand)
  }

  /// The place of each row in the order of one objective, equal values sharing one; the best is 0.
  private func places(_ key: SortKey, _ count: Int) throws(ExecutionError) -> Values<Int> {
    let order = try attempt { () throws(RunControl.Interruption) in
      try sortedRows(by: [key], count: count, control: control)
    }
    let places = Buffer<Int>(count: count)
    var place = 0
    for index in 0..<count {
      let row = Int(order[index])
      if index > 0, !valuesEqual(key.column, Int(order[index - 1]), key.column, row, nanEqual: true)
      {
        place += 1
      }
      places.base[row] = place
    }
    return Values(places)
  }

  private func skyline(
    _ places: [Values<Int>], _ order: Values<UInt32>
  ) throws(ExecutionError) -> [UInt32] {
    if places.count == 2 { return skylineOfTwo(places[0], places[1], order) }
    var best: [UInt32] = []
    var comparisons = 0
    for index in 0..<order.count {
      let row = Int(order[index])
      var isBeaten = false
      for other in best {
        comparisons += 1
        if comparisons & 0xFFFF == 0 { try attempt(control.check) }
        if beats(Int(other), row, places) {
          isBeaten = true
          break
        }
      }
      if !isBeaten { best.append(order[index]) }
    }
    return best
  }

  private func beats(_ a: Int, _ b: Int, _ places: [Values<Int>]) -> Bool {
    var isBetter = false
    for column in places {
      if column[a] > column[b] { return false }
      if column[a] < column[b] { isBetter = true }
    }
    return isBetter
  }

  /// One pass: a row is beaten when one better in the first objective is as good in the second,
  /// or one equal in the first is better in the second.
  private func skylineOfTwo(
    _ first: Values<Int>, _ second: Values<Int>, _ order: Values<UInt32>
  ) -> [UInt32] {
    var best: [UInt32] = []
    var leastBefore = Int.max
    var least = Int.max
    var current = -1
    for index in 0..<order.count {
      let row = Int(order[index])
      if first[row] != current {
        leastBefore = min(leastBefore, least)
        least = second[row]
        current = first[row]
      }
      if leastBefore > second[row], least == second[row] { best.append(order[index]) }
    }
    return best
  }
}
