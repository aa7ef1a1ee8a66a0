import PlumbColumns

/// Tables with a column of every type, for what is written and read again.
enum RoundTripTables {
  static let schema = Schema([
    Schema.Field("i", .int), Schema.Field("small", .int), Schema.Field("f", .float),
    Schema.Field("b", .bool), Schema.Field("s", .string), Schema.Field("unique", .string),
    Schema.Field("t", .timestamp), Schema.Field("d", .duration),
    Schema.Field("list", .list(.string)),
    Schema.Field("grid", .list(.list(.int))),
    Schema.Field(
      "events", .list(.record([DataType.Field("at", .int), DataType.Field("n", .string)]))),
    Schema.Field("metrics.val/acc", .float), Schema.Field("odd \"name\"", .int),
    Schema.Field("nothing", .string),
  ])

  static func make(_ rows: Int) -> Table {
    let columns = schema.fields.enumerated().map { index, field in
      Column((0..<rows).map { value(index, $0) }, type: field.type)
    }
    return Table(schema: schema, columns: columns, rowCount: rows)
  }

  private static func value(_ column: Int, _ row: Int) -> Value {
    switch column {
    case 0: return row % 10 == 3 ? .null : .int(row &* 0x9E37_79B9_7F4A)
    case 1: return .int(row % 5 - 2)
    case 2:
      return .float([0.1, -0.0, .nan, .infinity, -.infinity, 1e300][row % 6] * Double(row + 1))
    case 3: return row % 3 == 0 ? .null : .bool(row % 2 == 0)
    case 4: return row % 7 == 0 ? .null : .string(["", "größe 🎉", "a\nb", "x"][row % 4])
    case 5: return .string("value-\(row)")
    case 6: return row % 4 == 1 ? .null : .timestamp(1_700_000_000_000_000 - row * 3_600_000_001)
    case 7: return .duration(row * 1_500_000 - 10)
    case 8:
      if row % 5 == 0 { return .null }
      return .list((0..<(row % 4)).map { $0 == 1 ? .null : .string("t\($0)") }, element: .string)
    case 9:
      let inner = (0..<(row % 3)).map { outer -> Value in
        outer == 1 ? .null : .list((0..<outer).map { .int($0 + row) }, element: .int)
      }
      return .list(inner, element: .list(.int))
    case 10:
      let element = DataType.record([DataType.Field("at", .int), DataType.Field("n", .string)])
      let members = (0..<(row % 3)).map { index -> Value in
        if index == 1, row % 2 == 0 { return .null }
        return .record([
          Value.RecordField("at", .int(index)),
          Value.RecordField("n", index == 0 ? .null : .string("e\(row)")),
        ])
      }
      return row % 6 == 4 ? .null : .list(members, element: element)
    case 11: return row % 2 == 0 ? .float(Double(row) / 3) : .null
    case 12: return .int(row)
    default: return .null
    }
  }
}
