import PlumbDiagnostics

/// `save profile of TABLE [by KEY, …] "FILE.profile"`: another way to write
/// `TABLE | save "FILE.profile" by = ["KEY"]`.
extension Parser {
  /// Whether the statement at the present token saves a profile.
  var beginsProfileSaving: Bool {
    isWord(token, "save") && isWord(peek(), "profile") && isWord(peek(2), "of")
  }

  /// The statement as the pipeline that it stands for.
  mutating func parseProfileSaving() throws(SyntaxFailure) -> Statement {
    let start = position
    for _ in 0..<3 { advance() }
    let table = try parseTableReference()
    let options = try parseProfileKeys()
    let pathStart = position
    guard isContinued, beginsOperand(token) else {
      throw expected("the file's name", help: "write `save profile of TABLE \"ref.profile\"`")
    }
    let path = try parseExpression()
    if case .string(let text) = path, !text.value.lowercased().hasSuffix(".profile") {
      throw failure(
        .unexpectedToken, "the file of a profile is called `.profile`", at: path.range,
        label: "such as `\"ref.profile\"`")
    }
    let stage = Stage.save(SaveStage(path: path, options: options, range: range(from: pathStart)))
    return .expression(
      .pipeline(Pipeline(head: table, stages: [stage], range: range(from: start))))
  }

  /// `by KEY, …` as the option that it stands for.
  private mutating func parseProfileKeys() throws(SyntaxFailure) -> [Option] {
    let word = range(token)
    guard takeWord("by") else { return [] }
    let start = position
    var names: [Expression] = []
    repeat {
      let name = try expectName("a key's name")
      names.append(.string(StringLiteral(value: name.text, range: name.range)))
    } while take(.comma)
    let list = Expression.List(elements: names, range: range(from: start))
    return [Option(name: Name(text: "by", range: word), value: .list(list))]
  }
}
