import PlumbDiagnostics
import PlumbSyntax
import Testing

/// The formatted text of a program that has no error.
func formatted(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  switch format(SourceFile(name: "test.plumb", text: text)) {
  case .success(let result): return result
  case .failure(let diagnostics):
    Issue.record(
      "\(DiagnosticRenderer().render(diagnostics))", sourceLocation: sourceLocation)
    return ""
  }
}

/// Expects that formatting keeps the tree and the comments, and that doing it again changes nothing.
func expectStable(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let once = formatted(text, sourceLocation: sourceLocation)
  #expect(formatted(once) == once, sourceLocation: sourceLocation)
  #expect(Parsed(once).tree == Parsed(text).tree, sourceLocation: sourceLocation)
  #expect(comments(once) == comments(text), sourceLocation: sourceLocation)
}

/// The comments of a program without trailing white space, in their order.
private func comments(_ text: String) -> [String] {
  let file = SourceFile(name: "test.plumb", text: text)
  var diagnostics = Diagnostics()
  return lex(file, diagnostics: &diagnostics).comments.map { comment in
    var body = file.text(comment.range)
    while body.last == " " || body.last == "\t" { body.removeLast() }
    return body
  }
}

@Suite struct FormatTests {
  @Test(arguments: Examples.all) func exampleIsStable(_ name: String) throws {
    expectStable(try Examples.text(name))
  }

  @Test(arguments: Snippets.all) func snippetIsStable(_ snippet: String) {
    expectStable(snippet)
  }

  /// Only the pipelines that are wider than the limit change in the examples.
  @Test(arguments: Examples.all) func exampleKeepsItsShape(_ name: String) throws {
    let text = try Examples.text(name)
    let lines = Set(text.split(separator: "\n").map(collapsed))
    for line in formatted(text).split(separator: "\n").map(collapsed) where !lines.contains(line) {
      let isStage = line.drop { $0 == " " }.hasPrefix("|")
      #expect(isStage || text.contains(line + " |"), "\(line)")
    }
  }

  private func collapsed(_ line: Substring) -> String {
    line.split(separator: " ").joined(separator: " ")
  }

  @Test func spaces() {
    #expect(
      formatted("t|where a==1 and  not(b in[1 ,2])|derive c=-a+b*f( 1,x=2 )[ 0 ] .d , e=1 .. 3")
        == "t | where a == 1 and not (b in [1, 2]) | derive c = -a + b * f(1, x = 2)[0].d, e = 1..3\n"
    )
    #expect(
      formatted("t|sort -a,b|window n=count() sort a rows..0")
        == "t | sort -a, b | window n = count() sort a rows ..0\n")
    #expect(formatted("let r={ a :1 , \"b c\":[ ] }") == "let r = {a: 1, \"b c\": []}\n")
    #expect(formatted("case{a:1,else:2}") == "case { a: 1, else: 2 }\n")
    #expect(formatted("def f (x:int=3)=fn(y)=>x-y") == "def f(x: int = 3) = fn (y) => x - y\n")
    #expect(formatted("f\"{ a+b :.3f}\"") == "f\"{ a+b :.3f}\"\n")
    #expect(formatted("a - -1 ; -9223372036854775808") == "a - -1; -9223372036854775808\n")
  }

  @Test func longPipelineGetsAStagePerLine() {
    let long =
      "runs | where status == \"FINISHED\" and start_time >= ago(30d) | sort -start_time | take 1000000000000"
    #expect(long.count == 100)
    #expect(formatted(long) == long + "\n")
    #expect(
      formatted(long + "0")
        == """
        runs
        | where status == "FINISHED" and start_time >= ago(30d)
        | sort -start_time
        | take 10000000000000

        """)
  }

  @Test func brokenPipelineGetsAStagePerLine() {
    #expect(formatted("t |\n where a | take 3") == "t\n| where a\n| take 3\n")
    #expect(
      formatted("let x = t\n| where a in (u | select\n b) | take 3")
        == "let x = t\n  | where a in (u\n      | select\n          b)\n  | take 3\n")
    #expect(
      formatted("t | summarize n = count(),\nm = max(x)\n| take 3")
        == "t\n| summarize n = count(),\n    m = max(x)\n| take 3\n")
  }

  @Test func bracketsKeepTheirLines() {
    #expect(
      formatted("let x = table([\n{a: 1},\n      {a: 2},\n])\n")
        == "let x = table([\n  {a: 1},\n  {a: 2},\n])\n")
    #expect(
      formatted("t\n| where x in [\n1,\n2\n]")
        == "t\n| where x in [\n    1,\n    2\n  ]\n")
  }

  @Test func blocks() {
    #expect(formatted("if a{b}else{c}") == "if a { b } else { c }\n")
    #expect(formatted("if a {\nb }\nelse\n{ c }") == "if a {\n  b\n} else {\n  c\n}\n")
    #expect(formatted("while a{}") == "while a {}\n")
    #expect(
      formatted("def f(x) {\nif x { return 1 }; return 2 }")
        == "def f(x) {\n  if x { return 1 }; return 2\n}\n")
    let wide =
      "def f(x) { " + Array(repeating: "let abcdefghij = 1", count: 5).joined(separator: "; ")
      + " }"
    #expect(
      formatted(wide)
        == "def f(x) {\n" + String(repeating: "  let abcdefghij = 1\n", count: 5) + "}\n")
  }

  @Test func blankLinesAndSeparators() {
    #expect(formatted("\n\na;;b;\n\n\n\nc\n\n") == "a; b\n\nc\n")
    #expect(formatted("if a {\n\n  b\n\n\n  c\n\n}") == "if a {\n  b\n\n  c\n}\n")
    #expect(formatted("") == "")
    #expect(formatted("# a script\n\n\nt") == "# a script\n\nt\n")
    #expect(formatted(";\n\n# a\n\nt") == "# a\n\nt\n")
    #expect(formatted(";; a ;\n; b; c") == "a\nb; c\n")
    #expect(formatted("if a { ; b;; c ; } ; d") == "if a { b; c }; d\n")
    #expect(formatted("\r\na\r\nb\r\n") == "a\nb\n")
  }

  @Test func comments() {
    #expect(
      formatted(
        "#!x\n  # one\n\n\n# two   \nt # three\n# four\n | # five\n# six\n take 3#seven\n#eight")
          == """
          #!x
          # one

          # two
          t  # three
          # four
          # five
          # six
          | take 3  #seven
          #eight

          """)
    #expect(
      formatted("if a { # one\n# two\n}\nlet x = [ # three\n1, # four\n# five\n]")
        == """
        if a {  # one
          # two
        }
        let x = [  # three
          1,  # four
          # five
        ]

        """)
    #expect(formatted("# only") == "# only\n")
    #expect(formatted("a; # x\nb") == "a  # x\nb\n")
    // Behind nothing that is kept.
    #expect(formatted("; # x\n ; # y\n\na") == "# x\n# y\n\na\n")
  }

  /// A comment at any place where a line may end stays, and so does the tree.
  @Test func commentsAnywhere() {
    var tried = 0
    for text in Snippets.all {
      let whole = Parsed(text)
      var diagnostics = Diagnostics()
      let file = SourceFile(name: "test.plumb", text: text)
      for token in lex(file, diagnostics: &diagnostics).tokens {
        let split = String(decoding: file.bytes[..<token.start], as: UTF8.self)
        let rest = String(decoding: file.bytes[token.start...], as: UTF8.self)
        let commented = split + "# a comment  \n" + rest
        let parsed = Parsed(commented)
        guard parsed.diagnostics.isEmpty, parsed.tree == whole.tree else { continue }
        tried += 1
        expectStable(commented)
        expectStable(split + "\n\n  # one\n\n\n# two\n" + rest)
      }
    }
    #expect(tried > 500)
  }

  @Test func errorsAreNotFormatted() {
    guard case .failure(let diagnostics) = format(SourceFile(name: "t", text: "t | | x")) else {
      Issue.record("a program with an error was formatted")
      return
    }
    #expect(diagnostics.hasErrors)
  }
}
