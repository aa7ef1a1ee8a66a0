/// Builds a column of any type from values, one by one. For edges, not for bulk data.
package struct ColumnBuilder {
  private let type: DataType
  private var values: [Value] = []

  package init(type: DataType, capacity: Int = 0) {
    self.type = type
    values.reserveCapacity(capacity)
  }

  package var count: Int { values.count }

  /// Appends a value of the builder's type, an int where a float is due, or null.
  package mutating func append(_ value: Value) { values.append(value.coerced(to: type)) }

  /// The column of what was added.
  package consuming func finish() -> Column {
    switch type {
    case .null: return .nulls(.null, count: values.count)
    case .bool: return finishBools()
    case .int, .timestamp, .duration: return finishIntegers()
    case .float: return finishFloats()
    case .string: return finishTexts()
    case .list(let element): return finishLists(element)
    case .record(let fields): return finishRecords(fields)
    }
  }

  private func finishBools() -> Column {
    var builder = BoolColumnBuilder(capacity: values.count)
    for value in values {
      if case .bool(let bool) = value { builder.append(bool) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private func finishIntegers() -> Column {
    var builder = IntegerColumnBuilder(type: type, capacity: values.count)
    for value in values {
      switch value {
      case .int(let integer), .timestamp(let integer), .duration(let integer):
        builder.append(integer)
      default: builder.appendNull()
      }
    }
    return builder.finish()
  }

  private func finishFloats() -> Column {
    var builder = FloatColumnBuilder(capacity: values.count)
    for value in values {
      if case .float(let double) = value { builder.append(double) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private func finishTexts() -> Column {
    var builder = TextColumnBuilder(capacity: values.count)
    for value in values {
      if case .string(let text) = value { builder.append(text) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private func finishLists(_ element: DataType) -> Column {
    var elements = ColumnBuilder(type: element)
    var offsets = [0]
    var validity = ValidityBuilder()
    for value in values {
      if case .list(let members, _) = value {
        for member in members { elements.append(member) }
        validity.appendValid()
      } else {
        validity.appendNull()
      }
      offsets.append(elements.count)
    }
    return Column(
      type: type, count: values.count,
      storage: .list(offsets: Values(offsets), elements: elements.finish()),
      validity: validity.finish())
  }

  private func finishRecords(_ fields: [DataType.Field]) -> Column {
    var builders = fields.map { ColumnBuilder(type: $0.type, capacity: values.count) }
    var validity = ValidityBuilder()
    for value in values {
      if case .record(let members) = value, members.count == fields.count {
        for index in builders.indices { builders[index].append(members[index].value) }
        validity.appendValid()
      } else {
        for index in builders.indices { builders[index].append(.null) }
        validity.appendNull()
      }
    }
    return Column(
      type: type, count: values.count, storage: .record(builders.map { $0.finish() }),
      validity: validity.finish())
  }
}
