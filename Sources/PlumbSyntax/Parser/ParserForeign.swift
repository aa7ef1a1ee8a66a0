import PlumbDiagnostics

/// Operators and statements of other languages: each gets a pointed answer.
extension Parser {
  /// An operator word of another language after an operand.
  ///
  /// Reports it and gives up the stage; nil when the word is none and the expression ends here.
  mutating func foreignInfix() throws(SyntaxFailure) -> InfixOperator? {
    let word = text(token).lowercased()
    switch word {
    case "is": return try foreignIs()
    case "and", "or", "in", "between", "not":
      // The reserved words are lower case, so this one is not.
      guard beginsOperand(peek()) || peek().kind == .in else { return nil }
      throw failure(
        .foreignOperator, "operators are written in lower case", label: "write `\(word)`",
        fix: word)
    case "like", "ilike", "rlike", "matches", "contains":
      guard beginsOperand(peek()), !peek().startsLine else { return nil }
      throw failure(
        .foreignOperator, "there is no operator `\(text(token))`",
        label: "write `~` and a regular expression")
    case "div", "mod", "xor":
      guard beginsOperand(peek()), !peek().startsLine else { return nil }
      let meant = word == "div" ? "//" : word == "mod" ? "%" : "!="
      throw failure(
        .foreignOperator, "there is no operator `\(text(token))`", label: "write `\(meant)`",
        fix: meant)
    case "desc", "asc", "descending", "ascending":
      guard peek().kind != .assign else { return nil }
      throw failure(
        .foreignWord, "there is no word `\(text(token))`",
        label: word.hasPrefix("d")
          ? "a `-` before the key means descending" : "ascending is the order without a `-`")
    default: return nil
    }
  }

  /// `count(distinct x)`, the present token being the word.
  mutating func foreignDistinct() -> SyntaxFailure {
    var end = position + 1
    while tokens[end].kind != .rightParenthesis, tokens[end].kind != .comma,
      tokens[end].kind != .endOfFile
    {
      end += 1
    }
    let argument = file.text(peek().start..<tokens[end - 1].end)
    let shown = argument.utf8.count <= 40 ? argument : "…"
    let callee = isFirstArgument ? text(tokens[position - 2]) : ""
    let isList = ForeignWords.function(callee)?.hasPrefix("list(") == true || callee == "list"
    return failure(
      .foreignWord, "there is no `\(text(token))` in a call",
      label: "write `\(isList ? "list_distinct" : "count_distinct")(\(shown))`")
  }

  /// `x not null`.
  mutating func foreignNotNull() -> SyntaxFailure {
    failure(
      .foreignOperator, "`not` stands before a condition", at: range(token).union(range(peek())),
      label: "write `!= null`", fix: "!= null")
  }

  /// `x is null`, `x is not null`.
  private mutating func foreignIs() throws(SyntaxFailure) -> InfixOperator? {
    let negated = peek().kind == .not || text(peek()).lowercased() == "not"
    let operand = peek(negated ? 2 : 1)
    guard operand.kind == .null || text(operand).lowercased() == "null" else { return nil }
    let meant = negated ? "!= null" : "== null"
    let place = range(token).union(range(operand))
    throw failure(
      .foreignOperator, "there is no operator `is`", at: place, label: "write `\(meant)`",
      fix: meant)
  }

  /// A statement that begins as in SQL or PRQL; reports it and skips all of it.
  mutating func parseForeignStatement() -> Bool {
    guard kind == .name else { return false }
    let word = text(token).lowercased()
    let next = peek()
    let goesOn = beginsOperand(next) || next.kind == .star
    guard goesOn, !next.startsLine, next.kind != .leftParenthesis else { return false }
    switch word {
    case "select":
      report(
        .foreignWord, "a query begins with its table", at: range(token),
        label: "write `\(tableAfterFrom() ?? "TABLE") | where … | select …`")
    case "from":
      report(
        .foreignWord, "a pipeline begins with the table itself", at: range(token),
        label: "write `\(text(next))`")
    case "with" where isWord(peek(2), "as") || isWord(peek(2), "AS"):
      report(
        .foreignWord, "there is no `\(text(token))`", at: range(token),
        label: "write `let \(text(next)) = …`")
    case "insert", "update", "delete", "create", "alter":
      guard next.kind == .name, StatementKeyword(rawValue: text(token)) == nil else { return false }
      report(
        .foreignWord, "there is no `\(text(token))`", at: range(token),
        label: "sources are read and never changed")
    default:
      return false
    }
    skipForeignStatement()
    return true
  }

  /// The name after the first `FROM` near the present token.
  private func tableAfterFrom() -> String? {
    for distance in 1..<64 where text(peek(distance)).lowercased() == "from" {
      let table = peek(distance + 1)
      return table.kind == .name || table.kind == .quotedName ? text(table) : nil
    }
    return nil
  }

  /// Skips a statement and the lines below it that begin with clauses of other languages.
  private mutating func skipForeignStatement() {
    repeat {
      advance()
      skipStatement()
    } while kind == .name && isForeignClause(text(token)) && !peek().startsLine
      && peek().kind != .assign && peek().kind != .endOfFile
  }

  private func isForeignClause(_ word: String) -> Bool {
    let word = word.lowercased()
    switch word {
    case "from", "on", "group", "having", "union", "with", "as": return true
    default: return StageKeyword(rawValue: word) != nil || ForeignWords.stage(word) != nil
    }
  }
}
