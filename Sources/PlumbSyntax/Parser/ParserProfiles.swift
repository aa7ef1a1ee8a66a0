import PlumbDiagnostics

/// `save profile of TABLE "FILE.profile"`: another way to write `TABLE | save "FILE.profile"`.
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
    let stage = Stage.save(SaveStage(path: path, options: [], range: range(from: pathStart)))
    return .expression(
      .pipeline(Pipeline(head: table, stages: [stage], range: range(from: start))))
  }
}
