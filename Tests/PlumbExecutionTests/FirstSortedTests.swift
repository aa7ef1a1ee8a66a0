import PlumbColumns
import PlumbColumnsTesting
import PlumbExecution
import PlumbPlan
import Testing

/// The first rows of a sort are those that a sort of all rows begins with: over many rows, so that
/// candidates are chosen again and again, with ties, nulls and NaN, rising and falling.
@Suite struct FirstSortedTests {
  private static let rowCount = 60_000

  private func table(_ random: inout SeededGenerator) -> Table {
    let few = (0..<Self.rowCount).map { _ in
      random.once(in: 9) ? Value.null : .int(Int.random(in: 0...2, using: &random))
    }
    let floats = (0..<Self.rowCount).map { row -> Value in
      switch Int.random(in: 0..<8, using: &random) {
      case 0: .null
      case 1: .float(.nan)
      case 2: .float(row % 2 == 0 ? 0 : -0.0)
      case 3: .float(row % 2 == 0 ? .infinity : -.infinity)
      default: .float(Double.random(in: -1...1, using: &random))
      }
    }
    let nearlyAllNull = (0..<Self.rowCount).map { _ in
      random.once(in: 5_000) ? .int(.min) : Value.null
    }
    let fields = [
      Schema.Field("few", .int), Schema.Field("float", .float), Schema.Field("nulls", .int),
      Schema.Field("rising", .timestamp), Schema.Field("word", .string), Schema.Field("row", .int),
    ]
    return Table(
      schema: Schema(fields),
      columns: [
        Column(few, type: .int), Column(floats, type: .float), Column(nearlyAllNull, type: .int),
        Column((0..<Self.rowCount).map { .timestamp($0 * 7) }, type: .timestamp),
        Column(few.map { "\($0)" }), Column(Array(0..<Self.rowCount)),
      ], rowCount: Self.rowCount)
  }

  @Test(arguments: propertySeeds(3))
  func areThoseOfASortOfAllRows(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let table = table(&random)
    let names = table.schema.fields.dropLast()
    for round in 0..<30 {
      let keys = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        let field = names[Int.random(in: 0..<names.count, using: &random)]
        return OrderKey(
          .column(field.name, field.type), isDescending: Bool.random(using: &random))
      }
      let sorted = LogicalPlan.sort(
        LogicalPlan.Sort(input: PlanComparison.scan(table), keys: keys))
      let skip = [0, 0, 3, 5_000][Int.random(in: 0..<4, using: &random)]
      let count = [0, 1, 10, 700, 20_000, .max][Int.random(in: 0..<6, using: &random)]
      let all = try PlanComparison.run(sorted, (65_536, 65_536, 1))
      let first = try PlanComparison.run(
        .limit(LogicalPlan.Limit(input: sorted, skip: skip, count: count)),
        [(65_536, 65_536, 1), (1_000, 1_000, 3)][round % 2])
      let expected = all["row"]?.values.dropFirst(skip).prefix(count)
      #expect(
        first["row"]?.values == expected.map(Array.init),
        "seed \(seed), round \(round): \(keys), skip \(skip), count \(count)")
      #expect(first.schema.fields == all.schema.fields)
    }
  }
}
