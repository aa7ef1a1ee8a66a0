import PlumbColumns
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import Testing

/// Runs a plan in several ways and compares each with the reference.
enum PlanComparison {
  /// Batch and morsel rows, and threads.
  static let configurations: [(batchRows: Int, morselRows: Int, threadCount: Int)] = [
    (1, 1, 4), (3, 7, 4), (3, 5, 1), (16_384, 65_536, 1), (64, 64, 3),
  ]

  static func check(_ plan: LogicalPlan, _ comment: Comment) throws {
    let expected: [ReferenceInterpreter.Row]
    do {
      expected = try ReferenceInterpreter().rows(plan)
    } catch {
      for configuration in configurations {
        #expect(throws: ExecutionError.self, comment) { try run(plan, configuration) }
      }
      return
    }
    for configuration in configurations {
      let table = try run(plan, configuration)
      #expect(table.rowCount == expected.count, "\(comment), \(configuration)")
      #expect(table.columns.allSatisfy { $0.count == table.rowCount }, comment)
      guard table.rowCount == expected.count else { return }
      for row in 0..<table.rowCount {
        let wanted = plan.schema.fields.map { expected[row][$0.name] ?? .null }
        guard table.row(row) == wanted else {
          Issue.record(
            "row \(row): \(table.row(row)), expected \(wanted); \(comment), \(configuration)")
          return
        }
      }
    }
  }

  static func run(
    _ plan: LogicalPlan, _ configuration: (batchRows: Int, morselRows: Int, threadCount: Int)
  ) throws -> Table {
    let control = RunControl(threadCount: configuration.threadCount)
    let executor = Executor(
      control: control, environment: Environment(nowMicroseconds: 0, control: control),
      options: ExecutionOptions(
        batchRows: configuration.batchRows, morselRows: configuration.morselRows))
    return try executor.execute(plan)
  }

  /// A scan of a table in memory.
  static func scan(_ table: Table) -> LogicalPlan {
    .scan(
      LogicalPlan.Scan(
        provider: MemoryTable(name: "t", table: table), columns: table.schema.fields.map(\.name),
        schema: table.schema))
  }
}
