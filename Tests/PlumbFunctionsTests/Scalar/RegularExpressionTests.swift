import PlumbColumns
import PlumbFunctions
import Testing

/// Regular expressions: meaning, places of mistakes, bounded time.
@Suite(.serialized) struct RegularExpressionTests {
  @Test func findsAnywhere() throws {
    let regex = try RegularExpression.compile("(?i)prod")
    #expect(try regex.matches("in PROD now"))
    #expect(try !regex.matches("staging"))
    #expect(try !regex.matches(""))
    #expect(try RegularExpression.compile("").matches(""))
  }

  @Test func lettersAreUnicode() throws {
    #expect(try RegularExpression.compile("^\\w+$").matches("übung"))
    #expect(try RegularExpression.compile("(?i)^ÜBUNG$").matches("übung"))
    #expect(try RegularExpression.compile("^.$").matches("€"))
  }

  @Test func mistakesNameTheirPlace() {
    let error = #expect(throws: FunctionError.self) { try RegularExpression.compile("aé(b") }
    #expect(error?.message.hasSuffix("missing closing parenthesis, at character 5") == true)
    #expect(throws: FunctionError.self) { try RegularExpression.compile("\\C") }
    #expect(throws: FunctionError.self) {
      try RegularExpression.compile(String(repeating: "a", count: 30_000))
    }
    #expect(throws: FunctionError.self) {
      try RegularExpression.compile(
        String(repeating: "(", count: 5_000) + String(repeating: ")", count: 5_000))
    }
    #expect(throws: FunctionError.self) {
      try RegularExpression.compile("(((a{999}){999}){999}){9}")
    }
  }

  /// Patterns that make a backtracking matcher take exponential, cubic or quadratic time.
  static let evilPatterns = [
    "(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*,){11}P",
    "a*a*a*a*a*a*b", ".*.*.*.*.*x", "(?=(a+))\\1+b", "(a?){60}a{60}$", "(\\w+\\s*)+:",
    "(?:(?:a{1,50}){1,50}){1,50}c", "(a|b|ab)*c", "(x+x+)+y", "((a|a?)+)+$",
  ]
  static let evilTexts = [30, 100, 1_000, 3_000, 20_000, 1_000_000].flatMap { count in
    ["a", "a,", "xy", "a b "].map { part in
      String(repeating: part, count: count / part.utf8.count) + "!"
    }
  }

  /// Each ends with an answer or an error; without the limits some would take longer than the
  /// universe is old.
  @Test(.timeLimit(.minutes(1)), arguments: evilPatterns)
  func everyMatchEnds(_ pattern: String) throws {
    let regex = try RegularExpression.compile(pattern)
    for text in Self.evilTexts {
      do {
        _ = try regex.matches(text)
      } catch {
        let isLimit = ["takes too long", "is too large"].contains { error.message.contains($0) }
        #expect(isLimit, "\(pattern): \(error.message)")
      }
    }
  }

  @Test func tooLongAMatchIsAnError() throws {
    let regex = try RegularExpression.compile("(a|aa)+$")
    let error = #expect(throws: FunctionError.self) {
      try regex.matches(String(repeating: "a", count: 3_000) + "!")
    }
    #expect(error?.message.contains("takes too long") == true)
  }

  @Test func hardButFeasibleMatchesSucceed() throws {
    let long = String(repeating: "word ", count: 100_000) + "end."
    #expect(try RegularExpression.compile("end\\.$").matches(long))
    #expect(try RegularExpression.compile("^(\\w+ )*end").matches("a b c d end"))
    #expect(try RegularExpression.compile("w(.*)d\\.").matches(long))
    #expect(try !RegularExpression.compile("[0-9]+").matches(long))
  }

  @Test func emptyMatchesAdvanceByCharacters() throws {
    let result = try callScalar(
      "replace_regex", [Column(["aéb"]), Column(["x*"]), Column(["-"])])
    #expect(result.value(at: 0) == .string("-a-é-b-"))
  }

  @Test func aCancelledRunStops() throws {
    let control = RunControl()
    control.cancel()
    #expect(throws: FunctionError.self) {
      try callScalar(
        "matches", [Column(["a"]), Column(constant: .string("a"), type: .string, count: 1)],
        control: control)
    }
  }

  @Test func eachDistinctTextIsMatchedOnce() throws {
    let texts = Column((0..<1_000).map { "key\($0 % 3)" }).slice(1, 998)
    let pattern = Column(constant: .string("[12]$"), type: .string, count: 998)
    let result = try callScalar("matches", [texts, pattern])
    #expect(result.values == (1..<999).map { .bool($0 % 3 != 0) })
  }
}
