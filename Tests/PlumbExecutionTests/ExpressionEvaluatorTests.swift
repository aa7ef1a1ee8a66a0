import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import Testing

/// What expressions give and how they fail, case by case.
@Suite struct ExpressionEvaluatorTests {
  private let x = ResolvedExpression.column("x", .int)
  private let name = ResolvedExpression.column("name", .string)
  private let schema = Schema([Schema.Field("x", .int), Schema.Field("name", .string)])

  private func evaluate(
    _ expression: ResolvedExpression, x: [Int?] = [], name: [String?] = [],
    queries: QueryResults = QueryResults(), isScalar: Bool = false,
    control: RunControl = RunControl()
  ) throws -> [Value] {
    let count = max(x.count, name.count)
    let numbers = x.isEmpty ? Array(repeating: 0, count: count) : x
    let texts = name.isEmpty ? Array(repeating: "", count: count) : name
    let batch = Batch(
      columns: [
        Column(numbers.map { $0.map(Value.int) ?? .null }, type: .int),
        Column(texts.map { $0.map(Value.string) ?? .null }, type: .string),
      ], count: count)
    let evaluator = try ExpressionEvaluator(
      expression, schema: schema,
      environment: Environment(nowMicroseconds: 0, control: control), queries: queries,
      isScalar: isScalar)
    return try evaluator.evaluate(batch).values
  }

  private func failure(_ body: () throws -> [Value]) -> ExecutionError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? ExecutionError
    }
  }

  private func int(_ value: Int) -> ResolvedExpression { .literal(.int(value), .int) }

  private func text(_ value: String) -> ResolvedExpression { .literal(.string(value), .string) }

  private func quotient(_ a: ResolvedExpression, _ b: ResolvedExpression) -> ResolvedExpression {
    .arithmetic(.floorDivide, a, b, Operation(.int))
  }

  // MARK: Errors

  @Test func overflowNamesTheOperands() {
    let file = SourceFile(name: "a.plumb", text: "x * 3")
    let range = SourceRange(file, 0, 5)
    let expression = ResolvedExpression.arithmetic(.multiply, x, int(3), Operation(.int, range))
    let error = failure { try evaluate(expression, x: [1, nil, Int.max, 2]) }
    #expect(error?.code == .integerOverflow)
    #expect(error?.message == "the int `9223372036854775807 * 3` does not fit in 64 bits")
    #expect(error?.hint == "count as float: `float(x)`")
    #expect(error?.range == range)
  }

  @Test func overflowAtANullRowIsNone() throws {
    // The narrow layout keeps what a builder put at null rows; take it from a wide column.
    let numbers = Column(
      type: .int, count: 3, storage: .int64(Values([1, Int.max, 3])),
      validity: Bitmap([true, false, true]))
    let evaluator = try ExpressionEvaluator(
      .arithmetic(.add, x, int(1), Operation(.int)), schema: Schema([Schema.Field("x", .int)]),
      environment: testEnvironment)
    let result = try evaluator.evaluate(Batch(columns: [numbers], count: 3))
    #expect(result.values == [.int(2), .null, .int(4)])
  }

  @Test func divisionByZeroIsNullInAColumnAndAnErrorInAScalar() throws {
    #expect(
      try evaluate(quotient(int(7), x), x: [2, 0, nil, -2]) == [
        .int(3), .null, .null, .int(-4),
      ])
    let error = failure { try evaluate(quotient(int(7), x), x: [2, 0], isScalar: true) }
    #expect(error?.code == .divisionByZero)
    #expect(error?.message == "`7 // 0`: an int is divided by zero")
    #expect(throws: ExecutionError.self) {
      try evaluateConstant(quotient(int(1), int(0)), environment: testEnvironment)
    }
    let folded = try evaluateConstant(
      quotient(int(1), int(0)), environment: testEnvironment, isScalar: false)
    #expect(folded.isNull)
  }

  @Test func leastIntegerByMinusOneOverflows() throws {
    let error = failure { try evaluate(quotient(x, int(-1)), x: [Int.min]) }
    #expect(error?.code == .integerOverflow)
    let remainder = ResolvedExpression.arithmetic(.remainder, x, int(-1), Operation(.int))
    #expect(try evaluate(remainder, x: [Int.min]) == [.int(0)])
  }

  @Test func durationsScaleUpToTheirLimits() throws {
    func scaled(_ microseconds: Int, _ factor: Double) throws -> Value {
      try evaluateConstant(
        .arithmetic(
          .multiply, .literal(.duration(microseconds), .duration), .literal(.float(factor), .float),
          Operation(.duration)), environment: testEnvironment)
    }
    #expect(try scaled(.min, 1) == .duration(.min))
    #expect(try scaled(3, 0.5) == .duration(2))
    #expect(try scaled(3, .nan).isNull)
    #expect(try scaled(3, .infinity).isNull)
    #expect(throws: ExecutionError.self) { try scaled(.min, -1) }
  }

  @Test func negativeExponentsOfIntsAreErrors() {
    let power = ResolvedExpression.arithmetic(.power, int(2), x, Operation(.int))
    let error = failure { try evaluate(power, x: [3, -1]) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message == "an int to the power of -1 is no int")
  }

  @Test func floatsFloorAsPythonDoes() throws {
    func value(_ symbol: ArithmeticOperator, _ a: Double, _ b: Double) throws -> Double {
      let result = try evaluateConstant(
        .arithmetic(
          symbol, .literal(.float(a), .float), .literal(.float(b), .float), Operation(.float)),
        environment: testEnvironment)
      guard case .float(let double) = result else { return .nan }
      return double
    }
    #expect(try value(.floorDivide, -7.5, 2) == -4)
    #expect(try value(.remainder, -7.5, 2) == 0.5)
    #expect(try value(.remainder, 7.5, -2) == -0.5)
    #expect(try value(.floorDivide, 1, 0.1) == 9)
    #expect(try value(.floorDivide, 1, 0) == .infinity)
    #expect(try value(.remainder, 1, 0).isNaN)
    #expect(try value(.remainder, 1, .infinity) == 1)
    #expect(try value(.remainder, -1, .infinity) == .infinity)
    #expect(try value(.floorDivide, -1, .infinity) == -1)
    #expect(try value(.power, 2, -1) == 0.5)
  }

  // MARK: Only the rows that need it

  @Test func laterOperandsSeeOnlyOpenRows() throws {
    let square = ResolvedExpression.arithmetic(.multiply, x, x, Operation(.int))
    let isSmall = ResolvedExpression.compare(.less, x, int(1000))
    let guarded = ResolvedExpression.and([isSmall, .compare(.greater, square, int(4))])
    #expect(
      try evaluate(guarded, x: [1, 3, Int.max, nil]) == [
        .bool(false), .bool(true), .bool(false), .null,
      ])
    let either = ResolvedExpression.or([.not(isSmall), .compare(.greater, square, int(4))])
    #expect(try evaluate(either, x: [1, 3, Int.max]) == [.bool(false), .bool(true), .bool(true)])
  }

  @Test func branchesSeeOnlyTheirRows() throws {
    let square = ResolvedExpression.arithmetic(.multiply, x, x, Operation(.int))
    let choice = ResolvedExpression.conditional(
      [ResolvedExpression.Branch(.compare(.less, x, int(1000)), square)],
      otherwise: .literal(.null, .int), .int)
    #expect(try evaluate(choice, x: [3, Int.max, nil, 4]) == [.int(9), .null, .null, .int(16)])
    let first = ResolvedExpression.coalesce(
      [
        x,
        .call(
          call("fail", .int) { (_) throws(FunctionError) in
            throw FunctionError("was called")
          }),
      ], .int)
    #expect(try evaluate(first, x: [1, 2]) == [.int(1), .int(2)])
    #expect(failure { try evaluate(first, x: [1, nil]) }?.message == "was called")
  }

  @Test func textsOfBranchesKeepTheirRows() throws {
    let choice = ResolvedExpression.conditional(
      [
        ResolvedExpression.Branch(.compare(.greater, x, int(1)), name),
        ResolvedExpression.Branch(.compare(.equal, x, int(1)), text("one")),
      ], otherwise: .arithmetic(.add, name, text("!"), Operation(.string)), .string)
    #expect(
      try evaluate(choice, x: [0, 1, 2, nil], name: ["a", "b", "c", "d"]) == [
        .string("a!"), .string("one"), .string("c"), .string("d!"),
      ])
  }

  // MARK: Calls

  private func call(
    _ name: String, _ type: DataType, nulls: ScalarFunction.NullBehavior = .propagate,
    _ arguments: [ResolvedExpression] = [], lambdas: [Int: Lambda] = [:],
    kernel: @escaping @Sendable (KernelCall) throws(FunctionError) -> Column
  ) -> ScalarCall {
    let overload = ScalarFunction.Overload(
      [], result: .always(type), nulls: nulls, kernel: kernel)
    let function = ScalarFunction(
      name, topic: "test", summary: "", overloads: [overload], examples: [])
    return ScalarCall(
      function: function, overload: overload, arguments: arguments, lambdas: lambdas, type: type)
  }

  @Test func nullsPropagateThroughCalls() throws {
    let twice = call("twice", .int, [x, int(2)]) { call in
      let values = call.arguments[0].integers()
      return call.integerColumn(
        Buffer((0..<call.count).map { call.isValid($0) ? values[$0] * 2 : -1 }))
    }
    #expect(try evaluate(.call(twice), x: [4, nil, 5]) == [.int(8), .null, .int(10)])
    let never = call("never", .int, [x, .literal(.null, .int)]) { (_) throws(FunctionError) in
      throw FunctionError("was called")
    }
    #expect(try evaluate(.call(never), x: [4, 5]) == [.null, .null])
  }

  @Test func callsOfConstantsRunOnOneRow() throws {
    let counted = call("counted", .int, [int(7)]) { call in
      Column(Array(repeating: call.count, count: call.count))
    }
    #expect(try evaluate(.call(counted), x: [0, 0, 0]) == [.int(1), .int(1), .int(1)])
  }

  @Test func lambdasSeeTheRowsAroundThem() throws {
    let element = Schema.Field("e1", .int)
    let lambda = Lambda(
      parameters: [element],
      body: .arithmetic(.add, .column("e1", .int), x, Operation(.int)))
    // A list of one's own: [10, 20] in each row, each element plus the row's x.
    let mapped = call("map", .list(.int), [.literal(.null, .null)], lambdas: [0: lambda]) {
      (call) throws(FunctionError) in
      guard let applier = call.functions[0] else { throw FunctionError("no function") }
      let elements = Column((0..<call.count * 2).map { $0 % 2 == 0 ? 10 : 20 })
      let rows = Values((0..<call.count * 2).map { UInt32($0 / 2) })
      return Column(
        type: call.resultType, count: call.count,
        storage: .list(
          offsets: Values((0...call.count).map { $0 * 2 }),
          elements: try applier([elements], rows)))
    }
    #expect(
      try evaluate(.call(mapped), x: [1, nil, 3]) == [
        .list([.int(11), .int(21)], element: .int), .list([.null, .null], element: .int),
        .list([.int(13), .int(23)], element: .int),
      ])
    let error = failure { try evaluate(.call(mapped), x: [1, Int.max]) }
    #expect(error?.code == .integerOverflow)
  }

  @Test func catalogueFunctionsRun() throws {
    let function = try #require(FunctionCatalog.builtin.scalars["upper"])
    let upper = ScalarCall(
      function: function, overload: function.overloads[0], arguments: [name], type: .string)
    #expect(
      try evaluate(.call(upper), name: ["a", nil, "b", "a"]) == [
        .string("A"), .null, .string("B"), .string("A"),
      ])
  }

  @Test func functionsOfTheProgramSeeNulls() throws {
    let function = RowFunction(name: "f") { values in
      values[0].isNull ? .string("none") : .string("some")
    }
    let expression = ResolvedExpression.rowFunction(function, [x], .string, Operation(.string))
    #expect(try evaluate(expression, x: [1, nil]) == [.string("some"), .string("none")])
  }

  // MARK: Text and sets

  @Test func patternsMatchOncePerText() throws {
    let matches = ResolvedExpression.matches(name, pattern: text("^a+$"), Operation(.bool))
    #expect(
      try evaluate(matches, name: ["aa", "b", nil, "aa"]) == [
        .bool(true), .bool(false), .null, .bool(true),
      ])
    let own = ResolvedExpression.matches(text("abc"), pattern: name, Operation(.bool))
    #expect(
      try evaluate(own, name: ["b", "^b", nil]) == [.bool(true), .bool(false), .null])
    let broken = ResolvedExpression.matches(name, pattern: text("[a"), Operation(.bool))
    #expect(failure { try evaluate(broken, name: ["a"]) }?.code == .patternFailed)
  }

  @Test func tablesFollowTheDictionaryFromBatchToBatch() throws {
    let expressions: [ResolvedExpression] = [
      .compare(.equal, name, text("b")), .compare(.lessOrEqual, name, text("b")),
      .isInSet(name, ValueSet([.string("b"), .null])),
    ]
    for expression in expressions {
      let evaluator = try ExpressionEvaluator(
        expression, schema: Schema([Schema.Field("name", .string)]),
        environment: testEnvironment)
      for texts in [["a", "b"], ["b", "a", "c"], (0..<2000).map { "t\($0)" } + ["b"]] {
        let column = Column(texts)
        for batch in [column, column.slice(1, texts.count - 1), column.slice(0, 1)] {
          let expected = batch.values.map { value -> Value in
            guard case .string(let text) = value else { return .null }
            if case .compare(.lessOrEqual, _, _) = expression { return .bool(text <= "b") }
            return .bool(text == "b")
          }
          let result = try evaluator.evaluate(Batch(columns: [batch], count: batch.count))
          #expect(result.values == expected)
        }
      }
    }
  }

  @Test func queriesGiveSetsAndValues() throws {
    let provider = MemoryTable(name: "t", table: .empty(schema))
    let query = QueryReference(
      .scan(.init(provider: provider, columns: ["x"], schema: schema)))
    var queries = QueryResults()
    queries[query] = Column([.int(2), .null], type: .int)
    #expect(
      try evaluate(.isInQuery(x, query), x: [1, 2, nil], queries: queries) == [
        .bool(false), .bool(true), .bool(true),
      ])
    let error = failure { try evaluate(.scalarQuery(query, .int), x: [1], queries: queries) }
    #expect(error?.code == .notOneValue)
    #expect(error?.message == "a table of 2 rows is used as a value")
    queries[query] = Column([5])
    #expect(
      try evaluate(.scalarQuery(query, .int), x: [1, 2], queries: queries) == [.int(5), .int(5)])
  }

  @Test func interpolationWritesEveryType() throws {
    let list = ResolvedExpression.list([x, int(2)], element: .int)
    let expression = ResolvedExpression.interpolation(
      [
        .text("x="), .value(x, format: "03d"), .text(" "), .value(name, format: ""), .text(" "),
        .value(list, format: ""),
      ], Operation(.string))
    #expect(
      try evaluate(expression, x: [7, nil], name: ["é", nil]) == [
        .string("x=007 é [7, 2]"), .string("x=null null [null, 2]"),
      ])
    let bad = ResolvedExpression.interpolation(
      [.value(name, format: ".2f")], Operation(.string))
    #expect(failure { try evaluate(bad, name: ["a"]) }?.code == .invalidArgument)
  }

  @Test func nothingOfAnEmptyBatchFails() throws {
    let overflow = ResolvedExpression.arithmetic(.add, int(.max), int(1), Operation(.int))
    #expect(try evaluate(overflow).isEmpty)
    #expect(throws: ExecutionError.self) { try evaluate(overflow, x: [1]) }
  }

  @Test func constantsAreNotLaidOut() throws {
    let expression = ResolvedExpression.compare(.less, int(1), int(2))
    let evaluator = try ExpressionEvaluator(
      expression, schema: schema, environment: testEnvironment)
    let batch = Batch(columns: [Column([1, 2, 3]), Column(["", "", ""])], count: 3)
    #expect(try evaluator.evaluate(batch).constantValue == .bool(true))
    let column = try ExpressionEvaluator(name, schema: schema, environment: testEnvironment)
    #expect(column.columnIndex == 1)
    #expect(evaluator.columnIndex == nil)
  }

  @Test func cancellingStopsLongWork() {
    let control = RunControl()
    control.cancel()
    let function = RowFunction(name: "f") { $0[0] }
    let expression = ResolvedExpression.rowFunction(function, [x], .int, Operation(.int))
    #expect(failure { try evaluate(expression, x: [1], control: control) }?.code == .interrupted)
  }

  @Test func threadsShareAnEvaluator() async throws {
    let expression = ResolvedExpression.and([
      .isInSet(name, ValueSet((0..<50).map { .string("t\($0 * 3)") })),
      .compare(.greater, name, text("t2")),
      .matches(name, pattern: text("[05]$"), Operation(.bool)),
    ])
    let evaluator = try ExpressionEvaluator(
      expression, schema: Schema([Schema.Field("name", .string)]), environment: testEnvironment)
    let column = Column((0..<5000).map { "t\($0 % 300)" })
    let expected = try evaluator.evaluate(Batch(columns: [column], count: 5000)).values
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for start in stride(from: 0, to: 4000, by: 250) {
        group.addTask {
          let batch = Batch(columns: [column.slice(start, 1000)], count: 1000)
          return try evaluator.evaluate(batch).values
            == Array(expected[start..<(start + 1000)])
        }
      }
      for try await isEqual in group { #expect(isEqual) }
    }
  }
}
