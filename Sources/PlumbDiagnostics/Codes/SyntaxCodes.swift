extension DiagnosticCode {
  /// The codes of syntax errors, sorted; they come from the lexer and the parser.
  package static let syntaxCodes: [DiagnosticCode] = [
    .invalidUTF8, .controlCharacter, .unexpectedCharacter, .unterminatedString, .badEscape,
    .badNumber, .badTimestamp, .badDuration, .sourceTooLarge, .unexpectedToken, .unclosedBracket,
    .unmatchedBracket, .nestingTooDeep, .unknownStage, .foreignWord, .foreignOperator,
    .bindingForComparison, .ambiguousOperators, .unknownOption, .duplicateClause,
    .misplacedPipeline, .missingHead, .argumentOrder, .badTarget, .missingSeparator,
    .badInterpolation, .missingOption, .misplacedSpread,
  ]

  /// The program is not UTF-8 text.
  package static let invalidUTF8 = DiagnosticCode("E0101", "the program is not UTF-8 text")

  /// The program contains a control character, so it is probably not text.
  package static let controlCharacter = DiagnosticCode(
    "E0102", "the program contains a control character, so it is probably not text")

  /// A character has no meaning outside a string.
  package static let unexpectedCharacter = DiagnosticCode(
    "E0103", "a character has no meaning outside a string")

  /// A string or a quoted name has no closing quote.
  package static let unterminatedString = DiagnosticCode(
    "E0104", "a string or a quoted name has no closing quote")

  /// A backslash in a string is followed by something that is no escape.
  package static let badEscape = DiagnosticCode(
    "E0105", "a backslash in a string is followed by something that is no escape")

  /// A number is malformed or does not fit.
  package static let badNumber = DiagnosticCode("E0106", "a number is malformed or does not fit")

  /// A timestamp is malformed or names no day of the calendar.
  package static let badTimestamp = DiagnosticCode(
    "E0107", "a timestamp is malformed or names no day of the calendar")

  /// A duration is malformed or does not fit.
  package static let badDuration = DiagnosticCode(
    "E0108", "a duration is malformed or does not fit")

  /// The program is larger than the limit.
  package static let sourceTooLarge = DiagnosticCode(
    "E0109", "the program is larger than the limit")

  /// Something else was expected at this place.
  package static let unexpectedToken = DiagnosticCode(
    "E0110", "something else was expected at this place")

  /// A bracket or block is never closed.
  package static let unclosedBracket = DiagnosticCode("E0111", "a bracket or block is never closed")

  /// A closing bracket has no opening one.
  package static let unmatchedBracket = DiagnosticCode(
    "E0112", "a closing bracket has no opening one")

  /// An expression, a pipeline or a block is nested too deeply.
  package static let nestingTooDeep = DiagnosticCode(
    "E0113", "an expression, a pipeline or a block is nested too deeply")

  /// A pipeline has no stage of this name.
  package static let unknownStage = DiagnosticCode("E0114", "a pipeline has no stage of this name")

  /// A word of another language stands where Plumb has its own.
  package static let foreignWord = DiagnosticCode(
    "E0115", "a word of another language stands where Plumb has its own")

  /// An operator of another language stands where Plumb has its own.
  package static let foreignOperator = DiagnosticCode(
    "E0116", "an operator of another language stands where Plumb has its own")

  /// `=` binds a name; a comparison is written `==`.
  package static let bindingForComparison = DiagnosticCode(
    "E0117", "`=` binds a name; a comparison is written `==`")

  /// Operators follow each other whose order only parentheses can tell.
  package static let ambiguousOperators = DiagnosticCode(
    "E0118", "operators follow each other whose order only parentheses can tell")

  /// A stage or statement has no option of this name.
  package static let unknownOption = DiagnosticCode(
    "E0119", "a stage or statement has no option of this name")

  /// A clause, an option or an argument is given twice.
  package static let duplicateClause = DiagnosticCode(
    "E0120", "a clause, an option or an argument is given twice")

  /// A pipeline stands where only an expression can.
  package static let misplacedPipeline = DiagnosticCode(
    "E0121", "a pipeline stands where only an expression can")

  /// A pipeline has no table before its first `|`.
  package static let missingHead = DiagnosticCode(
    "E0122", "a pipeline has no table before its first `|`")

  /// A positional argument follows a named one.
  package static let argumentOrder = DiagnosticCode(
    "E0123", "a positional argument follows a named one")

  /// The left side of `=` is not a name.
  package static let badTarget = DiagnosticCode("E0124", "the left side of `=` is not a name")

  /// Two statements stand on one line without `;`.
  package static let missingSeparator = DiagnosticCode(
    "E0125", "two statements stand on one line without `;`")

  /// The text between the braces of an f-string is no expression.
  package static let badInterpolation = DiagnosticCode(
    "E0126", "the text between the braces of an f-string is no expression")

  /// A stage or statement lacks a part that it needs.
  package static let missingOption = DiagnosticCode(
    "E0127", "a stage or statement lacks a part that it needs")

  /// A `*` or a name pattern stands where only a column can.
  package static let misplacedSpread = DiagnosticCode(
    "E0128", "a `*` or a name pattern stands where only a column can")
}
