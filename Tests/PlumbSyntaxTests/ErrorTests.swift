import PlumbDiagnostics
import PlumbSyntax
import Testing

/// One program per mistake: its codes, and a piece of what is said about it.
struct Mistake: CustomStringConvertible, Sendable {
  var text: String
  var codes: [String]
  var says: String
  var description: String { text }

  init(_ text: String, _ codes: String..., says: String = "") {
    self.text = text
    self.codes = codes
    self.says = says
  }

  static let foreign = [
    Mistake("t | filter a", "E0115", says: "write `where`"),
    Mistake("t | mutate a = 1", "E0115", says: "write `derive`"),
    Mistake("t | extend a = 1", "E0115", says: "write `derive`"),
    Mistake("t | project a", "E0115", says: "write `select`"),
    Mistake("t | group by a", "E0115", says: "summarize … by"),
    Mistake("t | aggregate n = 1", "E0115", says: "summarize … by"),
    Mistake("t | limit 3", "E0115", says: "write `take`"),
    Mistake("t | head 3", "E0115", says: "write `take`"),
    Mistake("t | head", "E0115", says: "write `take`"),
    Mistake("t | order by a", "E0115", says: "write `sort`"),
    Mistake("t | arrange a", "E0115", says: "write `sort`"),
    Mistake("t | sort by a", "E0115", says: "leave it out"),
    Mistake("t | sort a desc", "E0115", says: "a `-` before the key"),
    Mistake("t | left join u on k", "E0115", says: "join left"),
    Mistake("t | select distinct a", "E0115", says: "| distinct a"),
    Mistake("t | where a && b", "E0116", says: "write `and`"),
    Mistake("t | where a || b", "E0116", says: "write `or`"),
    Mistake("t | where !a", "E0116", says: "write `not`"),
    Mistake("t | where b == !a", "E0116", says: "write `not`"),
    Mistake("t | where a <> b", "E0116", says: "write `!=`"),
    Mistake("t | where a === b", "E0116", says: "write `==`"),
    Mistake("t | where a is null", "E0116", says: "write `== null`"),
    Mistake("t | where a IS NOT NULL", "E0116", says: "write `!= null`"),
    Mistake("t | where a AND b", "E0116", says: "write `and`"),
    Mistake("t | where NOT a", "E0116", says: "write `not`"),
    Mistake("t | where a like \"x\"", "E0116", says: "write `~`"),
    Mistake("t | where a =~ \"x\"", "E0116", says: "write `~`"),
    Mistake("x ^ 2", "E0116", says: "write `**`"),
    Mistake("x ? 1 : 2", "E0116", says: "if CONDITION then"),
    Mistake("x += 1", "E0116", says: "NAME = NAME +"),
    Mistake("t |> take 3", "E0116", says: "write `|`"),
    Mistake("t | where a = 1", "E0117", says: "write `==`"),
    Mistake("if a = 1 { b }", "E0117", says: "write `==`"),
    Mistake("if a { b } elif c { d }", "E0115", says: "else if"),
    Mistake("from runs", "E0115", says: "write `runs`"),
    Mistake("from runs\nfilter a == 1\ntake 3\nlet x = 1", "E0115"),
    Mistake("SELECT a, b FROM runs WHERE a = 1", "E0115", says: "runs | where … | select …"),
    Mistake("select *\nfrom runs\nwhere a = 1\ngroup by b\nlet x = 1", "E0115"),
    Mistake("t | where count(*) > 1", "E0128", says: "count()"),
    Mistake("t | where x in (1, 2)", "E0110", says: "[a, b]"),
  ]

  static let shape = [
    Mistake("t | wher a", "E0114", says: "did you mean `where`?"),
    Mistake("t | WHERE a", "E0114", says: "did you mean `where`?"),
    Mistake("t | leaders", "E0114", says: "`leaders()`"),
    Mistake("t | ", "E0110", says: "a stage"),
    Mistake("t | | take 3", "E0110", says: "a stage"),
    Mistake("t | 3", "E0110", says: "a stage"),
    Mistake("t | where", "E0110", says: "expected an expression"),
    Mistake("t | where a | | take 3 | filter b", "E0110", "E0115"),
    Mistake("t where a", "E0110", says: "`| where`"),
    Mistake("a b", "E0125", says: "two statements"),
    Mistake("(a", "E0111", says: "`(` is never closed"),
    Mistake("f(a, b\nlet x = 1\ny +", "E0111", "E0110"),
    Mistake("if a {", "E0111", says: "`{` is never closed"),
    Mistake("a)", "E0112", says: "closes nothing"),
    Mistake("}}}", "E0112"),
    Mistake("t | take 3 |\nlet y = 2", "E0110", says: "no stage follows this"),
    Mistake("t | summarize n = count() group by k", "E0110", says: "write `by` alone"),
    Mistake("for m in models sort name { x }", "E0110", says: "a stage begins with `|`"),
    Mistake("where x > 3", "E0122", says: "TABLE | where"),
    Mistake("let x =\nlet y = 2", "E0110", says: "expected an expression"),
    Mistake("[1 2]", "E0110", says: "expected `,` or `]`, found `2`"),
    Mistake("(1, 2)", "E0110", says: "list"),
    Mistake("f(a = 1, 2)", "E0123"),
    Mistake("f(a = 1, a = 2)", "E0120"),
    Mistake("{a: 1, a: 2}", "E0120"),
    Mistake("{a = 1}", "E0110", says: "{name: value}"),
    Mistake("fn (x, x) => 1", "E0208"),
    Mistake("a.b = 3", "E0124", says: "derive"),
    Mistake("$a = 3", "E0124"),
    Mistake("a == not b", "E0118", says: "parentheses"),
    Mistake("a in b == c", "E0118"),
    Mistake("a ~ b ~ c", "E0118"),
    Mistake("1..2..3", "E0118"),
    Mistake("..3", "E0110", says: "`rows`"),
    Mistake("[t | take 3]", "E0121", says: "parentheses"),
    Mistake("if t | count { a }", "E0121"),
    Mistake("let if = 3", "E0110", says: "reserved"),
    Mistake("let x 3", "E0110", says: "`=` and a value"),
    Mistake("def f = 3", "E0110"),
    Mistake("def f(x) 3", "E0110"),
    Mistake("for in t { a }", "E0110", says: "reserved"),
    Mistake("for x of t { a }", "E0110", says: "`in`"),
    Mistake("if a then b", "E0110", says: "`else`"),
    Mistake("größe + 1", "E0103", says: "backquotes"),
    Mistake("a ≤ b", "E0103", says: "write `<=`"),
    Mistake("x = “a”", "E0103", says: "straight quotes"),
    Mistake("a \\\n+ b", "E0103"),
    Mistake("t | where tags.*", "E0128"),
    Mistake("x = /abc/ + 1", "E0110", says: "expected an expression"),
    Mistake("# comment\n// another", "E0110", says: "begins with `#`"),
  ]
}

@Suite struct ErrorTests {
  @Test(arguments: Mistake.foreign + Mistake.shape) func mistake(_ mistake: Mistake) {
    let parsed = Parsed(mistake.text)
    #expect(parsed.codes == mistake.codes, "\(parsed.rendered)")
    #expect(parsed.rendered.contains(mistake.says), "\(parsed.rendered)")
  }

  @Test func severalMistakes() {
    let parsed = Parsed(
      """
      let a = t | filter x | where y = 1 | take
      let b = (1 + ) * 2
      if c && d { e | limit 3 } else { f }
      t | sort -a | wher g
      """)
    #expect(parsed.codes == ["E0115", "E0117", "E0110", "E0110", "E0116", "E0115", "E0114"])
    #expect(
      parsed.tree
        == """
        (let a (pipe t (malformed) (where (== y 1)) (malformed)))
        (malformed)
        (if (and c d) {(pipe e (malformed))} else {f})
        (pipe t (sort desc a) (malformed))
        """)
  }

  @Test func tenErrorsAreShown() {
    let parsed = Parsed(String(repeating: "t | filter x\n", count: 25))
    #expect(parsed.codes.count == 10)
    #expect(parsed.rendered.hasSuffix("… and 15 more errors\n"))
  }

  @Test func textThatIsNone() {
    #expect(Parsed(bytes: [0x61, 0xFF, 0xFE, 0x62]).codes == ["E0101"])
    #expect(Parsed(bytes: [0x61, 0x00, 0x62]).codes == ["E0102"])
    #expect(
      Parsed(bytes: Array("a\n\u{1B}[31m".utf8)).rendered == """
        error[E0102]: the program contains the control character U+001B
          test.plumb:2:1
        2 | \\u{1B}[31m
          | ^^^^^^

        """)
    #expect(Parsed(bytes: Array("SQLite format 3\0abc".utf8)).rendered.contains("database"))
    #expect(Parsed(bytes: [0xFF, 0xFE, 0x61, 0x00]).rendered.contains("UTF-16"))
    for bytes: [UInt8] in [
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    ] {
      #expect(Parsed(bytes: bytes).codes == ["E0101"])
    }
    #expect(Parsed(bytes: Array("\"é€😀\"".utf8)).codes == [])
  }
}
