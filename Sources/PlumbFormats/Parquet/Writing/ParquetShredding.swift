import PlumbColumns

/// A column as Parquet stores it: values without nulls, and the levels that put them in their
/// places (Melnik et al., "Dremel", 2010).
struct ParquetLeafValues {
  /// The names from the table's column on.
  let path: [String]
  /// The levels of a value that is there.
  let definition: Int
  let repetition: Int
  /// For each slot; without lists a slot is a row.
  let definitions: [UInt8]
  let repetitions: [UInt8]
  let values: Column
}

/// Takes lists and records apart into the columns within them.
struct ParquetShredding {
  private(set) var leaves: [ParquetLeafValues] = []

  /// Where slots stand within a column on the way down; dead ones end at a null or an empty list.
  private struct Slots {
    var rows: [UInt32]
    var definitions: [UInt8]
    var repetitions: [UInt8]
    var definition = 0
    var repetition = 0

    static let dead = UInt32.max
  }

  /// The names of the groups of a list, as the format's specification has them.
  static let listName = "list"
  static let elementName = "element"

  init(_ name: String, _ column: Column) {
    let count = column.count
    let slots = Slots(
      rows: (0..<count).map { UInt32(truncatingIfNeeded: $0) },
      definitions: [UInt8](repeating: 0, count: count),
      repetitions: [UInt8](repeating: 0, count: count))
    add(column.materialized(), [name], slots)
  }

  private mutating func add(_ column: Column, _ path: [String], _ slots: Slots) {
    var slots = slots
    slots.definition += 1
    for slot in slots.rows.indices where slots.rows[slot] != Slots.dead {
      if column.isNull(Int(slots.rows[slot])) {
        slots.rows[slot] = Slots.dead
      } else {
        slots.definitions[slot] += 1
      }
    }
    switch column.storage {
    case .list(let offsets, let elements):
      add(
        elements.materialized(), path + [Self.listName, Self.elementName],
        Self.opened(slots, offsets))
    case .record(let columns):
      guard case .record(let fields) = column.type else { return }
      for (field, column) in zip(fields, columns) {
        add(column.materialized(), path + [field.name], slots)
      }
    case .int8, .int16, .int32, .int64, .float, .bool, .text8, .text16, .text32, .constant:
      let rows = slots.rows.filter { $0 != Slots.dead }
      leaves.append(
        ParquetLeafValues(
          path: path, definition: slots.definition, repetition: slots.repetition,
          definitions: slots.definitions, repetitions: slots.repetitions,
          values: rows.count == column.count
            ? column.withValidity(nil) : column.gathered(Values(rows)).withValidity(nil)))
    }
  }

  /// A slot for each element of lists; one that is dead for an empty list.
  private static func opened(_ slots: Slots, _ offsets: Values<Int>) -> Slots {
    var result = Slots(
      rows: [], definitions: [], repetitions: [], definition: slots.definition + 1,
      repetition: slots.repetition + 1)
    for slot in slots.rows.indices {
      let row = slots.rows[slot]
      let range = row == Slots.dead ? 0..<0 : offsets[Int(row)]..<offsets[Int(row) + 1]
      guard !range.isEmpty else {
        result.rows.append(Slots.dead)
        result.definitions.append(slots.definitions[slot])
        result.repetitions.append(slots.repetitions[slot])
        continue
      }
      for (index, element) in range.enumerated() {
        result.rows.append(UInt32(truncatingIfNeeded: element))
        result.definitions.append(slots.definitions[slot] + 1)
        result.repetitions.append(
          index == 0 ? slots.repetitions[slot] : UInt8(result.repetition))
      }
    }
    return result
  }
}
