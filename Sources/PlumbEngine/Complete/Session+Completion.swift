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
    if let found = bareKeyCompletions(in: text, at: offset) { return found }
    let cursor = CursorContext(text, offset: offset)
    let completer = Completer(session: self, cursor: cursor)
    return Completions(
      range: cursor.range, candidates: withLargeStack { completer.candidates() })
  }

  /// What a key may become that lacks the backquotes which it needs, such as `metrics.val/a`; nil
  /// where no key begins so.
  private func bareKeyCompletions(in text: String, at offset: Int) -> Completions? {
    let bytes = Array(text.utf8.prefix(offset))
    func isInKey(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte >= 0x80
        || "_./-:%@".utf8.contains(byte)
    }
    var start = bytes.count
    while start > 0, isInKey(bytes[start - 1]) { start -= 1 }
    guard let dot = bytes[start...].firstIndex(of: UInt8(ascii: ".")), dot > start else {
      return nil
    }
    let key = String(decoding: bytes[(dot + 1)...], as: UTF8.self)
    guard !key.isEmpty, NameSpelling.key(key).hasPrefix("`") else { return nil }
    let completer = Completer(session: self, cursor: CursorContext(text, offset: dot + 1))
    let found = withLargeStack { completer.members(beginningWith: key) }
    return found.isEmpty ? nil : Completions(range: dot + 1..<bytes.count, candidates: found)
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

  /// The columns under the path at the cursor whose names begin with a text.
  func members(beginningWith text: String) -> [CompletionCandidate] {
    guard cursor.place == .operand, !cursor.path.isEmpty, cursor.word.isEmpty else { return [] }
    let matcher = WordMatcher(text)
    return columns.filter { matcher.rank(of: $0.text).map { $0 < 2 } ?? false }
  }

  // MARK: Names of the session

  private var tables: [CompletionCandidate] {
    session.tables.map { table in
      let rows = table.rowCount.map { counted($0, "row") } ?? "table"
      return CompletionCandidate(
        NameSpelling.column(table.name), .table, type: rows, summary: table.summary)
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
        NameSpelling.column(String($0.name.dropFirst(prefix.count))), .table, summary: $0.summary)
    }
  }

  // MARK: Words of the language

  /// The stages, those that most questions need before the others.
  static let stages = {
    let usual: [StageKeyword] = [.where, .select, .derive, .summarize, .sort, .take, .top, .count]
    return (usual + StageKeyword.allCases.filter { !usual.contains($0) }).compactMap { stage in
      stage.definition.map { CompletionCandidate(stage.rawValue, .stage, summary: $0.summary) }
    }
  }()

  private var statementWords: [CompletionCandidate] {
    guard !cursor.word.isEmpty else { return [] }
    return StatementCatalog.all.map {
      CompletionCandidate($0.name, .keyword, summary: $0.summary)
    }
  }

  private var joinKinds: [CompletionCandidate] {
    guard cursor.stage == .join, cursor.stageWords.count == 1 else { return [] }
    return JoinStage.Kind.allCases.map { word($0.rawValue, of: .join) }
  }

  /// What may follow a value: clauses and options of the stage, operators.
  private var followers: [CompletionCandidate] {
    guard let stage = cursor.stage else {
      return cursor.word.isEmpty ? [] : Self.wordOperators
    }
    if stage == .plot { return plotWords }
    var words: [CompletionCandidate] = []
    if cursor.stageWords.count == 1 { words += stage.leadingWords.map { word($0, of: stage) } }
    words += stage.clauses.filter { !cursor.stageWords.contains($0) }.map { word($0, of: stage) }
    words += (stage.options ?? []).filter { !cursor.stageWords.contains($0) }.map {
      CompletionCandidate($0 + " = ", .option, summary: meaning($0, of: stage))
    }
    guard cursor.word.isEmpty else { return words + Self.wordOperators }
    return stage == .where ? Self.symbolOperators + words + Self.wordOperators : words
  }

  /// The kinds of charts; after one, the channels and settings that are not given yet.
  private var plotWords: [CompletionCandidate] {
    let isKind = cursor.stageWords.count == 1
    return (StageKeyword.plot.definition?.parts ?? []).compactMap { part in
      let words = part.name.split(separator: " ").map(String.init)
      guard let name = words.first, isKind == (words.count == 1) else { return nil }
      if isKind { return CompletionCandidate(name, .keyword, summary: part.meaning) }
      guard !cursor.stageWords.contains(name) else { return nil }
      return CompletionCandidate(name + " = ", .option, summary: part.meaning)
    }
  }

  /// A clause word or the like of a stage.
  private func word(_ text: String, of stage: StageKeyword) -> CompletionCandidate {
    CompletionCandidate(text, .keyword, summary: meaning(text, of: stage))
  }

  /// What the stage's definition says of a clause or an option, in one sentence.
  private func meaning(_ word: String, of stage: StageKeyword) -> String {
    let part = stage.definition?.parts.first { $0.name.split(separator: " ").first ?? "" == word }
    guard let text = part?.meaning else { return "" }
    return text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
  }

  private static let symbolOperators = [
    ("==", "Equal; null equals null."), ("!=", "Not equal."), ("<", "Less."),
    ("<=", "Less or equal."), (">", "Greater."), (">=", "Greater or equal."),
    ("~", "A regular expression is found in the text."),
  ].map { CompletionCandidate($0.0, .keyword, summary: $0.1) }

  private static let wordOperators = [
    ("in", "Is one of a list, a range or a table."), ("not in", "Is none of them."),
    ("between", "Lies between two values, both included."),
    ("and", "Both are true."), ("or", "One of the two is true."),
  ].map { CompletionCandidate($0.0, .keyword, summary: $0.1) }

  // MARK: Values

  private var operands: [CompletionCandidate] {
    let columns = columns
    if !cursor.path.isEmpty { return columns }
    // What a group or a window computes begins with a function of its own.
    let first = cursor.beginsItem ? Self.functions(session.functions, in: place) : []
    if cursor.word.isEmpty {
      let values = values
      if !values.isEmpty { return values }
      let isStart = columns.isEmpty && cursor.input == nil
      return (isStart ? tables + variables : []) + first + columns
    }
    let isOutsideOfStage = cursor.input == nil || cursor.stage == nil
    var ranked = RankedCandidates(cursor.word)
    for candidate in first + columns { ranked.add(candidate) }
    for candidate in (isOutsideOfStage ? tables : []) + variables { ranked.add(candidate) }
    for candidate in first.isEmpty ? functions : Self.scalars(session.functions) {
      ranked.add(candidate)
    }
    for candidate in Self.constants { ranked.add(candidate) }
    var seen: Set<String> = []
    return ranked.all.filter { seen.insert($0.text).inserted }
  }

  private static let constants = ["true", "false", "null", "if", "case", "not"].map {
    CompletionCandidate($0, .keyword)
  }

  /// Which functions may be called at the cursor.
  private var place: RowContext.Place {
    switch cursor.stage {
    case .summarize, .pivot, .plot: .group
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
      session.plan(of: input, after: cursor.textBefore).map { PipelineColumns($0) }
    }
  }

  private var columns: [CompletionCandidate] {
    guard let pipeline else { return [] }
    if cursor.path.isEmpty { return pipeline.matching(cursor.word) }
    return pipeline.members(of: cursor.path.joined(separator: ".")).matching(cursor.word)
  }

  /// The keys of a family, as text.
  private var keys: [CompletionCandidate] {
    guard let owner = cursor.keyOwner else { return [] }
    return pipeline?.keys(of: owner) ?? []
  }

  /// The values of the column that the cursor's operand is compared with, the most frequent first.
  private var values: [CompletionCandidate] {
    guard let column = cursor.compared, let input = cursor.inputText, let pipeline,
      let field = pipeline.schema[column.joined(separator: ".")], field.type == .string
    else { return [] }
    let quote = cursor.quote ?? "\""
    if let known = pipeline.knownTexts(of: field.name) {
      return known.map { CompletionCandidate(Self.literal($0, quote: quote), .value) }
    }
    let spelled = NameSpelling.column(field.name)
    let found = session.completionCache.values(of: spelled, in: input, after: cursor.textBefore) {
      session.frequentValues(of: spelled, in: input, after: cursor.textBefore)
    }
    return found.map { text, count in
      CompletionCandidate(
        Self.literal(text, quote: quote), .value, type: counted(count, "row"))
    }
  }

  // MARK: Spelling

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
        result += escapingControlCharacters(String(Character(scalar)))
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
