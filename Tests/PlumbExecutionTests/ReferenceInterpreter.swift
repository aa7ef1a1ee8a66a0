import PlumbColumns
import PlumbExecution
import PlumbFunctions
import PlumbPlan

/// Runs plans on rows of values, one row at a time and with no regard to speed: what the executor
/// is compared with.
struct ReferenceInterpreter {
  typealias Row = [String: Value]

  /// The rows of a plan, by column.
  func rows(_ plan: LogicalPlan) throws -> [Row] {
    switch plan {
    case .scan(let node): return try scan(node)
    case .filter(let node):
      return try rows(node.input).filter { try value(node.condition, $0) == .bool(true) }
    case .project(let node):
      return try rows(node.input).map { row in
        var result: Row = [:]
        for item in node.items { result[item.name] = try value(item.expression, row) }
        return result
      }
    case .sort(let node): return try sorted(rows(node.input), node.keys)
    case .limit(let node):
      return Array(try rows(node.input).dropFirst(node.skip).prefix(node.count ?? .max))
    case .tail(let node): return Array(try rows(node.input).suffix(node.count))
    case .distinct(let node):
      var seen: Set<[Value]> = []
      return try rows(node.input).filter { row in
        seen.insert(try node.keys.map { try value($0, row) }).inserted
      }
    case .union(let node): return try rows(node.left) + rows(node.right)
    case .join(let node): return try join(node)
    case .asof(let node): return try asof(node)
    case .window(let node): return try window(node)
    case .unpivot(let node): return try unpivot(node)
    case .explode(let node): return try explode(node)
    case .fill(let node): return try fill(node)
    case .pareto(let node): return try pareto(node)
    case .plot(let node): return try rows(node.input)
    case .aggregate(let node): return try aggregate(node)
    case .top(let node): return try top(node)
    case .pivot(let node): return try pivot(node)
    case .sample, .describe: throw Unsupported()
    }
  }

  /// The plan has an operation that has tests of its own.
  struct Unsupported: Error {}

  func value(_ expression: ResolvedExpression, _ row: Row) throws -> Value {
    try ExpressionReference(row: row, isScalar: false).value(expression)
  }

  private func scan(_ node: LogicalPlan.Scan) throws -> [Row] {
    guard let provider = node.provider as? MemoryTable else { throw Unsupported() }
    let table = provider.table
    return (0..<table.rowCount).map { index in
      var row: Row = [:]
      for name in node.columns { row[name] = table[name]?.value(at: index) ?? .null }
      return row
    }
  }

  /// A stable sort by insertion of what `compareValues` says; null and NaN last in any direction.
  func sorted(_ rows: [Row], _ keys: [OrderKey]) throws -> [Row] {
    let keyed = try rows.map { row in
      (row, try keys.map { try value($0.expression, row) })
    }
    let order = keyed.indices.sorted { a, b in
      for (place, key) in keys.enumerated() {
        let order = compare(keyed[a].1[place], keyed[b].1[place], key.isDescending)
        if order != 0 { return order < 0 }
      }
      return a < b
    }
    return order.map { keyed[$0].0 }
  }

  func compare(_ a: Value, _ b: Value, _ isDescending: Bool) -> Int {
    let isLast = (rank(a), rank(b))
    if isLast != (0, 0) { return isLast.0 - isLast.1 }
    return isDescending ? compareValues(b, a) : compareValues(a, b)
  }

  private func rank(_ value: Value) -> Int {
    if value.isNull { return 2 }
    if case .float(let double) = value, double.isNaN { return 1 }
    return 0
  }

  /// Whether a key can match: it is neither null nor NaN.
  private func isMatchable(_ values: [Value]) -> Bool { values.allSatisfy { rank($0) == 0 } }

  // MARK: Joins

  private func join(_ node: LogicalPlan.Join) throws -> [Row] {
    let left = try rows(node.left)
    let right = try rows(node.right)
    let rightKeys = try right.map { row in try node.keys.map { try value($0.right, row) } }
    var isMatched = Array(repeating: false, count: right.count)
    var result: [Row] = []
    for row in left {
      let key = try node.keys.map { try value($0.left, row) }
      let matches =
        isMatchable(key)
        ? right.indices.filter { isMatchable(rightKeys[$0]) && rightKeys[$0] == key } : []
      if node.isUnique, matches.count > 1 { throw Unsupported() }
      for match in matches { isMatched[match] = true }
      switch node.kind {
      case .semi: if !matches.isEmpty { result.append(row) }
      case .anti: if matches.isEmpty { result.append(row) }
      case .inner, .right:
        for match in matches { result.append(joined(row, right[match], node.rightColumns)) }
      case .left, .full:
        if matches.isEmpty { result.append(joined(row, nil, node.rightColumns)) }
        for match in matches { result.append(joined(row, right[match], node.rightColumns)) }
      }
    }
    guard node.kind == .right || node.kind == .full else { return result }
    for index in right.indices where !isMatched[index] {
      var row: Row = [:]
      for field in node.left.schema.fields { row[field.name] = .null }
      for (pair, key) in zip(node.keys, rightKeys[index]) {
        if let name = pair.left.columnName, let other = pair.right.columnName,
          !node.rightColumns.contains(where: { $0.name == other })
        {
          row[name] = key
        }
      }
      result.append(joined(row, right[index], node.rightColumns))
    }
    return result
  }

  private func joined(_ left: Row, _ right: Row?, _ columns: [RightColumn]) -> Row {
    var row = left
    for column in columns { row[column.outputName] = right?[column.name] ?? .null }
    return row
  }

  private func asof(_ node: LogicalPlan.AsofJoin) throws -> [Row] {
    let right = try rows(node.right).filter { row in
      isMatchable(try node.keys.map { try value($0.right, row) } + [try value(node.rightTime, row)])
    }
    return try rows(node.left).map { row in
      let key = try node.keys.map { try value($0.left, row) }
      let time = try value(node.leftTime, row)
      guard isMatchable(key + [time]) else { return joined(row, nil, node.rightColumns) }
      var best: (distance: Double, isLater: Bool, row: Row)?
      for candidate in right
      where try node.keys.map({ try value($0.right, candidate) }) == key {
        let other = try value(node.rightTime, candidate)
        let order = compareValues(other, time)
        let distance = abs(number(other) - number(time))
        if let tolerance = node.tolerance, distance > number(tolerance) { continue }
        switch node.direction {
        case .backward: guard order <= 0 else { continue }
        case .forward: guard order >= 0 else { continue }
        case .nearest: break
        }
        // Of equal times the last behind and the first ahead; of equal distances the earlier.
        guard let known = best else {
          best = (distance, order > 0, candidate)
          continue
        }
        if distance < known.distance
          || (distance == known.distance && known.isLater && order <= 0)
          || (distance == known.distance && !known.isLater && order <= 0
            && (node.direction != .forward))
        {
          best = (distance, order > 0, candidate)
        }
      }
      return joined(row, best?.row, node.rightColumns)
    }
  }

  func number(_ value: Value) -> Double {
    switch value {
    case .int(let v), .timestamp(let v), .duration(let v): Double(v)
    case .float(let v): v
    default: .nan
    }
  }

  // MARK: Shapes

  private func unpivot(_ node: LogicalPlan.Unpivot) throws -> [Row] {
    try rows(node.input).flatMap { row in
      node.columns.map { name in
        var result = row
        for column in node.columns { result[column] = nil }
        result[node.keyName] = .string(name)
        result[node.valueName] = (row[name] ?? .null).coerced(to: node.valueType)
        return result
      }
    }
  }

  private func explode(_ node: LogicalPlan.Explode) throws -> [Row] {
    try rows(node.input).flatMap { row -> [Row] in
      guard case .list(let members, _) = row[node.column], !members.isEmpty else {
        return [row.merging([node.column: .null]) { $1 }]
      }
      return members.map { member in row.merging([node.column: member]) { $1 } }
    }
  }

  private func fill(_ node: LogicalPlan.Fill) throws -> [Row] {
    let input = try rows(node.input)
    let origin = 946_857_600_000_000
    func bucket(_ row: Row) -> Int? {
      guard case .timestamp(let time) = row[node.timeColumn] else { return nil }
      let offset = time - origin
      let remainder = offset % node.stepMicroseconds
      return time - (remainder < 0 ? remainder + node.stepMicroseconds : remainder)
    }
    var result: [Row] = []
    for group in try groups(input, node.groups.map { name in { $0[name] ?? .null } }) {
      let timed = group.filter { bucket($0) != nil }
      let buckets = timed.compactMap(bucket)
      if let first = buckets.min(), let last = buckets.max() {
        for start in stride(from: first, through: last, by: node.stepMicroseconds) {
          let present = timed.filter { bucket($0) == start }
          if present.isEmpty {
            var row: Row = [:]
            for name in group[0].keys { row[name] = .null }
            for name in node.groups { row[name] = group[0][name] }
            row[node.timeColumn] = .timestamp(start)
            result.append(row)
          } else {
            let order = present.enumerated().sorted {
              let times = (
                number($0.element[node.timeColumn] ?? .null),
                number($1.element[node.timeColumn] ?? .null)
              )
              return times.0 == times.1 ? $0.offset < $1.offset : times.0 < times.1
            }
            result += order.map(\.element)
          }
        }
      }
      result += group.filter { bucket($0) == nil }
    }
    return result
  }

  /// Rows by their keys, groups in order of first appearance.
  func groups(_ rows: [Row], _ keys: [(Row) throws -> Value]) throws -> [[Row]] {
    var numbers: [[Value]: Int] = [:]
    var result: [[Row]] = []
    for row in rows {
      let key = try keys.map { try $0(row) }
      if let number = numbers[key] {
        result[number].append(row)
      } else {
        numbers[key] = result.count
        result.append([row])
      }
    }
    return result
  }

  private func pareto(_ node: LogicalPlan.Pareto) throws -> [Row] {
    let input = try rows(node.input)
    let keys = try input.map { row in try node.objectives.map { try value($0.expression, row) } }
    func isAsGood(_ a: [Value], _ b: [Value]) -> Bool {
      zip(node.objectives, zip(a, b)).allSatisfy { objective, pair in
        compare(pair.0, pair.1, objective.isDescending) <= 0
      }
    }
    return input.indices.filter { index in
      isMatchable(keys[index])
        && !input.indices.contains { other in
          isMatchable(keys[other]) && isAsGood(keys[other], keys[index])
            && !isAsGood(keys[index], keys[other])
        }
    }.map { input[$0] }
  }

  // MARK: Groups

  private func aggregate(_ node: LogicalPlan.Aggregate) throws -> [Row] {
    let input = try rows(node.input)
    var all = try groups(input, node.keys.map { key in { try value(key.expression, $0) } })
    if node.keys.isEmpty { all = [input] }
    return try all.map { group in
      var row: Row = [:]
      for key in node.keys {
        row[key.name] = try group.first.map { try value(key.expression, $0) } ?? .null
      }
      for call in node.calls { row[call.name] = try aggregate(call, group) }
      return row
    }
  }

  /// The aggregate of some rows.
  private func aggregate(_ call: AggregateCall, _ rows: [Row]) throws -> Value {
    var seen = rows
    if let condition = call.condition {
      seen = try seen.filter { try value(condition, $0) == .bool(true) }
    }
    let values = try call.arguments.first.map { argument in
      try seen.map { try value(argument, $0) }.filter { !$0.isNull }
    }
    return try ReferenceAggregate.value(call.function.name, values, rowCount: seen.count)
  }

  private func pivot(_ node: LogicalPlan.Pivot) throws -> [Row] {
    let input = try rows(node.input)
    var all = try groups(input, node.keys.map { key in { try value(key.expression, $0) } })
    if node.keys.isEmpty { all = [input] }
    return try all.map { group in
      var row: Row = [:]
      for key in node.keys {
        row[key.name] = try group.first.map { try value(key.expression, $0) } ?? .null
      }
      for (wanted, name) in node.values {
        row[name] = try aggregate(
          node.call, try group.filter { try value(node.column, $0) == wanted })
      }
      return row
    }
  }

  private func top(_ node: LogicalPlan.Top) throws -> [Row] {
    let input = try rows(node.input)
    return try groups(input, node.groups.map { key in { try value(key, $0) } }).flatMap {
      group -> [Row] in
      let present = try group.filter { isMatchable([try value(node.key.expression, $0)]) }
      let ordered = try sorted(present, [node.key])
      guard node.withTies, node.count > 0, ordered.count > node.count else {
        return Array(ordered.prefix(node.count))
      }
      let last = try value(node.key.expression, ordered[node.count - 1])
      return Array(ordered.prefix(node.count))
        + (try ordered.dropFirst(node.count).filter {
          compareValues(try value(node.key.expression, $0), last) == 0
        })
    }
  }

  // MARK: Windows

  private func window(_ node: LogicalPlan.Window) throws -> [Row] {
    var input = try rows(node.input)
    for index in input.indices { input[index]["\u{0}row"] = .int(index) }
    var result = input
    for group in try groups(input, node.groups.map { key in { try value(key, $0) } }) {
      let ordered = try sorted(group, node.sort)
      for (place, row) in ordered.enumerated() {
        guard case .int(let target) = row["\u{0}row"] ?? .null else { continue }
        for call in node.calls {
          result[target][call.name] = try windowValue(call, ordered, place, node.sort)
        }
      }
    }
    for index in result.indices { result[index]["\u{0}row"] = nil }
    return result
  }

  private func windowValue(
    _ call: WindowFunctionCall, _ rows: [Row], _ place: Int, _ sort: [OrderKey]
  ) throws -> Value {
    switch call.kind {
    case .function(let function, _, let arguments, _, _):
      switch function.name {
      case "row_number": return .int(place + 1)
      case "rank":
        let key = try sort.map { try value($0.expression, rows[place]) }
        let first = try rows.firstIndex { row in
          try zip(sort, key).allSatisfy {
            compare(try value($0.expression, row), $1, false) == 0
          }
        }
        return .int((sort.isEmpty ? 0 : first ?? place) + 1)
      case "lag": return place > 0 ? try value(arguments[0], rows[place - 1]) : .null
      default: throw Unsupported()
      }
    case .aggregate(let aggregate, let frame):
      let lower = frame.map { $0.lower.map { max(0, place + $0) } ?? 0 } ?? 0
      let upper = frame.map { min(rows.count - 1, place + $0.upper) } ?? rows.count - 1
      let seen = lower <= upper ? Array(rows[lower...upper]) : []
      return try self.aggregate(aggregate, seen)
    }
  }
}

/// Aggregates over values that are not null.
enum ReferenceAggregate {
  static func value(_ name: String, _ values: [Value]?, rowCount: Int) throws -> Value {
    let present = values ?? []
    let ordered = present.filter { if case .float(let double) = $0 { !double.isNaN } else { true } }
    switch name {
    case "count": return .int(values == nil ? rowCount : present.count)
    case "min": return ordered.min { compareValues($0, $1) < 0 } ?? .null
    case "max":
      var best = Value.null
      for value in ordered where best.isNull || compareValues(value, best) > 0 { best = value }
      return best
    case "first": return present.first ?? .null
    case "last": return present.last ?? .null
    default: throw ReferenceInterpreter.Unsupported()
    }
  }
}
