import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbOutput
import PlumbPlan
import PlumbStdlib
import PlumbSyntax

extension Session {
  /// What the word before an offset of UTF-8 may become, the likeliest first.
  ///
  /// Knows the columns at that point of the pipeline, functions, tables, variables, and the values
  /// of text columns after `==`. Opens and changes nothing; may be called while nothing runs.
  package func completions(in text: String, at offset: Int) -> Completions {
    let cursor = CursorContext(text, offset: offset)
    let completer = Completer(session: self, cursor: cursor)
    return Completions(
      range: cursor.range, candidates: withLargeStack { completer.candidates() })
  }

  /// What `help` has something on.
  package var helpSubjects: [CompletionCandidate] {
    help.entries.map {
      CompletionCandidate($0.name, .option, type: $0.kind.rawValue, summary: $0.summary)
    }
  }
}

/// Finds the candidates at a cursor.
private struct Completer {
  let session: Session
  let cursor: CursorContext

  func candidates() -> [CompletionCandidate] {
    if let owner = cursor.path.first, let members = namedMembers(of: owner) {
      return members.matching(cursor.word)
    }
    switch cursor.place {
    case .nothing: return []
    case .statement: return (tables + variables + statementWords + functions).matching(cursor.word)
    case .stage: return (Self.stages + tableFunctions).matching(cursor.word)
    case .operand: return operands
    case .afterOperand: return followers.matching(cursor.word)
    case .table: return (tables + tableVariables + joinKinds).matching(cursor.word)
    case .module:
      return StandardLibrary.modules.map { CompletionCandidate($0.name, .module) }
        .matching(cursor.word)
    case .path: return quoted(FileCompletion.candidates(cursor.word))
    case .text: return values.matching(cursor.word)
    case .key: return quoted(keys.matching(cursor.word))
    }
  }

  // MARK: Names of the session

  private var tables: [CompletionCandidate] {
    session.tables.map { table in
      let rows = table.rowCount.map { Self.count($0, "row") } ?? "table"
      return CompletionCandidate(
        Self.spelled(table.name), .table, type: rows, summary: table.summary)
    }
  }

  private var variables: [CompletionCandidate] {
    session.variables.filter { $0.name != "_" }.map {
      CompletionCandidate($0.name, .variable, type: $0.type)
    }
  }

  private var tableVariables: [CompletionCandidate] { variables.filter { $0.type == "table" } }

  /// Functions of the program, which may be stages.
  private var tableFunctions: [CompletionCandidate] {
    variables.filter { $0.type == "function" }.map {
      CompletionCandidate($0.text, .function, summary: "a function of yours")
    }
  }

  /// What a name before a point has: a module its functions, a source its tables.
  private func namedMembers(of owner: String) -> [CompletionCandidate]? {
    if cursor.path.count == 1, case .module(let module)? = session.scope.lookup(owner) {
      return module.localNames.compactMap { name in
        module.lookup(name).map { CompletionCandidate(name, .function, type: $0.typeText) }
      }
    }
    let prefix = cursor.path.joined(separator: ".") + "."
    let members = session.tables.filter { $0.name.hasPrefix(prefix) }
    guard !members.isEmpty else { return nil }
    return members.map {
      CompletionCandidate(
        Self.spelled(String($0.name.dropFirst(prefix.count))), .table, summary: $0.summary)
    }
  }

  // MARK: Words of the language

  static let stages = StageKeyword.allCases.compactMap { stage in
    stage.definition.map { CompletionCandidate(stage.rawValue, .stage, summary: $0.summary) }
  }

  private var statementWords: [CompletionCandidate] {
    guard !cursor.word.isEmpty else { return [] }
    return StatementCatalog.all.map {
      CompletionCandidate($0.name, .keyword, summary: $0.summary)
    }
  }

  private var joinKinds: [CompletionCandidate] {
    guard cursor.stage == .join, cursor.stageWords.count == 1 else { return [] }
    return JoinStage.Kind.allCases.map { CompletionCandidate($0.rawValue, .keyword) }
  }

  /// What may follow a value: clauses and options of the stage, operators that are words.
  private var followers: [CompletionCandidate] {
    guard let stage = cursor.stage else {
      return cursor.word.isEmpty ? [] : Self.operators
    }
    var words: [CompletionCandidate] = []
    if cursor.stageWords.count == 1 {
      words += stage.leadingWords.map { CompletionCandidate($0, .keyword) }
    }
    words += stage.clauses.filter { !cursor.stageWords.contains($0) }.map {
      CompletionCandidate($0, .keyword)
    }
    words += (stage.options ?? []).filter { !cursor.stageWords.contains($0) }.map {
      CompletionCandidate($0 + " = ", .option)
    }
    return cursor.word.isEmpty && stage != .where ? words : words + Self.operators
  }

  private static let operators = ["and", "or", "in", "not in", "between"].map {
    CompletionCandidate($0, .keyword)
  }

  // MARK: Values

  private var operands: [CompletionCandidate] {
    let columns = columns.matching(cursor.word)
    if !cursor.path.isEmpty { return columns }
    if cursor.word.isEmpty {
      let values = values
      if !values.isEmpty { return values }
      let aggregates = cursor.beginsItem ? Self.functions(session.functions, in: place) : []
      let isStart = columns.isEmpty && cursor.input == nil
      return (isStart ? tables + variables : []) + aggregates + columns
    }
    var others = variables + functions
    if cursor.input == nil || cursor.stage == nil { others = tables + others }
    let matching = others.matching(cursor.word)
    let inColumns = Set(columns.map(\.text))
    return columns + matching.filter { !inColumns.contains($0.text) }
      + Self.constants.matching(cursor.word)
  }

  private static let constants = ["true", "false", "null", "if", "case", "not"].map {
    CompletionCandidate($0, .keyword)
  }

  /// Which functions may be called at the cursor.
  private var place: RowContext.Place {
    switch cursor.stage {
    case .summarize, .pivot: .group
    case .window: .window
    default: .row
    }
  }

  private var functions: [CompletionCandidate] {
    Self.functions(session.functions, in: place) + Self.scalars(session.functions)
  }

  /// Aggregates, and window functions where they may be called.
  static func functions(
    _ catalog: FunctionCatalog, in place: RowContext.Place
  ) -> [CompletionCandidate] {
    guard place != .row else { return [] }
    var found = catalog.aggregates.values.map {
      function($0.name, $0.overloads.first?.parameters ?? [], $0.summary)
    }
    if place == .window {
      found += catalog.windows.values.map {
        function($0.name, $0.overloads.first?.parameters ?? [], $0.summary)
      }
    }
    return found.sorted { $0.text < $1.text }
  }

  static func scalars(_ catalog: FunctionCatalog) -> [CompletionCandidate] {
    catalog.scalars.values.map {
      function($0.name, $0.overloads.first?.parameters ?? [], $0.summary)
    }.sorted { $0.text < $1.text }
  }

  private static func function(
    _ name: String, _ parameters: [Parameter], _ summary: String
  ) -> CompletionCandidate {
    let list = parameters.map { parameter in
      parameter.name + (parameter.isRepeated ? ", …" : "")
        + (parameter.defaultValue.map { " = \(plainText($0))" } ?? "")
    }
    return CompletionCandidate(
      name + "(", .function, type: "(\(list.joined(separator: ", ")))", summary: summary)
  }

  // MARK: Columns

  private var pipeline: PipelineColumns? {
    guard let input = cursor.inputText else { return nil }
    return session.completionCache.columns(of: input, after: cursor.textBefore) {
      session.plan(of: input, after: cursor.textBefore).map(PipelineColumns.init)
    }
  }

  private var columns: [CompletionCandidate] {
    guard let pipeline else { return [] }
    let schema = pipeline.schema
    if !cursor.path.isEmpty { return members(of: cursor.path.joined(separator: "."), schema) }
    var found = schema.visibleFields.filter { $0.family == nil }.map {
      Self.column(Self.spelled($0.name), $0, pipeline.summary($0.name))
    }
    for family in schema.families {
      let count = schema.fields.count { $0.family == family.name && !$0.isHidden }
      found.append(
        CompletionCandidate(
          family.name + ".", .family, type: Self.count(count, "key"),
          summary: pipeline.summary(family.name)))
    }
    guard cursor.word.utf8.count >= 2 else { return found }
    return found
      + schema.visibleFields.filter { $0.family != nil }.map {
        Self.column(Self.spelled($0.name), $0)
      }
  }

  private static func column(
    _ text: String, _ field: Schema.Field, _ summary: String = ""
  ) -> CompletionCandidate {
    CompletionCandidate(text, .column, type: field.type.description, summary: summary)
  }

  /// The columns under a prefix: keys of a family, fields of a record.
  private func members(of prefix: String, _ schema: Schema) -> [CompletionCandidate] {
    if let field = schema[prefix], case .record(let members) = field.type {
      return members.map {
        CompletionCandidate(Self.spelledName($0.name), .column, type: $0.type.description)
      }
    }
    let start = prefix + "."
    return schema.visibleFields.filter { $0.name.hasPrefix(start) }.map {
      Self.column(Self.spelledName(String($0.name.dropFirst(start.count))), $0)
    }
  }

  /// The keys of a family, as text.
  private var keys: [CompletionCandidate] {
    guard let schema = pipeline?.schema, let owner = cursor.keyOwner else { return [] }
    return schema.visibleFields.filter { $0.family == owner }.map {
      Self.column(String($0.key), $0)
    }
  }

  /// The values of the column that the cursor's operand is compared with, the most frequent first.
  private var values: [CompletionCandidate] {
    guard let column = cursor.compared, let input = cursor.inputText,
      let field = pipeline?.schema[column.joined(separator: ".")], field.type == .string
    else { return [] }
    let spelled = column.map(Self.spelledName).joined(separator: ".")
    let found = session.completionCache.values(of: spelled, in: input, after: cursor.textBefore) {
      session.frequentValues(of: spelled, in: input, after: cursor.textBefore)
    }
    return found.map { text, count in
      CompletionCandidate(
        Self.literal(text, quote: cursor.quote ?? "\""), .value,
        type: Self.count(count, "row"))
    }
  }

  // MARK: Spelling

  private static func count(_ number: Int, _ what: String) -> String {
    number == 1 ? "1 \(what)" : "\(grouped(number)) \(what)s"
  }

  /// A flat name such as `metrics.val/acc` as it is written.
  private static func spelled(_ name: String) -> String {
    guard let dot = name.firstIndex(of: ".") else { return spelledName(name) }
    return spelledName(String(name[..<dot])) + "."
      + spelledName(String(name[name.index(after: dot)...]))
  }

  /// A name, in backquotes if it needs them.
  private static func spelledName(_ name: String) -> String {
    let letters = Array(name.utf8)
    func isLetter(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
    }
    let isPlain =
      letters.first.map(isLetter) ?? false
      && letters.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2E }
    return isPlain ? name : "`\(name)`"
  }

  private static func literal(_ text: String, quote: Character) -> String {
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\\": result += "\\\\"
      default:
        if Character(scalar) == quote { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
    }
    return result + String(quote)
  }

  /// Candidates for the inside of a string that is open; what is whole closes it.
  private func quoted(_ candidates: [CompletionCandidate]) -> [CompletionCandidate] {
    let quote = String(cursor.quote ?? "\"")
    return candidates.map {
      CompletionCandidate(
        quote + $0.text + ($0.text.hasSuffix("/") ? "" : quote), $0.kind, type: $0.type,
        summary: $0.summary)
    }
  }
}
