import PlumbDiagnostics
import PlumbSyntax
import Testing

@Suite struct NewlineTests {
  @Test func lineEndsEndStatements() {
    #expect(tree("a\nb") == "a\nb")
    #expect(tree("a;b; c") == "a\nb\nc")
    #expect(tree("a\r\nb\r\n") == "a\nb")
    #expect(tree("a\n-b") == "a\n(- b)")
    #expect(tree("a\n(b)") == "a\n(paren b)")
    #expect(tree("a\n[b]") == "a\n(list b)")
    #expect(tree("f\n(b)") == "f\n(paren b)")
    #expect(tree("a\nnot b") == "a\n(not b)")
    #expect(tree("t | distinct\nb") == "(pipe t (distinct))\nb")
    #expect(tree("t | count\nb") == "(pipe t (count))\nb")
    #expect(tree("return\nb") == "(return)\nb")
  }

  @Test func bracketsJoinLines() {
    #expect(tree("(a\n+ b\n- c\n)") == "(paren (- (+ a b) c))")
    #expect(tree("[a\n,\nb\n]") == "(list a b)")
    #expect(tree("f(\na,\nb = c\n)") == "(call f a b=c)")
    #expect(tree("{a:\n1\n,\nb: 2}") == "(record a:1 b:2)")
    #expect(tree("case {\na: 1,\nelse: 2\n}") == "(case a:1 else:2)")
    #expect(tree("(t\n| where a\n-b)") == "(paren (pipe t (where (- a b))))")
  }

  @Test(arguments: [
    "and", "or", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "~", "!~", "??", "..", "+", "-",
    "*", "/", "//", "%", "**",
  ]) func operatorAtLineEnd(_ symbol: String) {
    #expect(tree("a \(symbol)\nb") == tree("a \(symbol) b"))
    #expect(tree("a \(symbol)\n\n# comment\n\nb") == tree("a \(symbol) b"))
  }

  @Test(arguments: [
    "and", "or", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "~", "!~", "??", "..", "+", "*",
    "/", "//", "%", "**",
  ]) func operatorAtLineStart(_ symbol: String) {
    #expect(tree("a\n\(symbol) b") == tree("a \(symbol) b"))
    #expect(tree("a\n\n  # comment\n\n  \(symbol) b") == tree("a \(symbol) b"))
  }

  @Test func otherContinuations() {
    #expect(tree("a\nbetween b and c") == "(between a b c)")
    #expect(tree("a\nnot between b and c") == "(not-between a b c)")
    #expect(tree("a ==\nnull") == "(== a null)")
    #expect(tree("not\na") == "(not a)")
    #expect(tree("t\n\n# comment\n| where a\n\n| take\n3") == "(pipe t (where a) (take 3))")
    #expect(tree("t |\nwhere a |\n\ntake 3") == "(pipe t (where a) (take 3))")
    #expect(tree("let\nx\n=\n1") == "(let x 1)")
    #expect(tree("x =\n1") == "(set x 1)")
    #expect(tree("if a { b }\nelse { c }") == "(if a {b} else {c})")
    #expect(tree("if a then b\nelse c") == "(cond a b c)")
    #expect(tree("t | select a,\nb") == "(pipe t (select a b))")
    #expect(tree("t | summarize n = count() by\nk") == "(pipe t (summarize n=(call count) by k))")
  }

  @Test func blocksCountLinesAgain() {
    #expect(tree("if a {\nb\n-c\n}") == "(if a {b; (- c)})")
    #expect(tree("def f(x) {\nreturn x\n}\nf(1)") == "(def f [x] {(return x)})\n(call f 1)")
  }

  @Test func whatALineCannotBeginWith() {
    #expect(codes("t | summarize n = count()\nby k") == ["E0110"])
    #expect(codes("t | join u\non k\n| take 1") == ["E0110"])
    #expect(codes("t | where a\nby k") == ["E0125"])
    #expect(codes("t | summarize n = count()\nby = 1") == [])
    #expect(codes("a\n, b") == ["E0110"])
    #expect(codes("a\n.b") == ["E0110"])
  }

  @Test func firstLineAndComments() {
    #expect(tree("#!/usr/bin/env plumb\na # b\n# c") == "a")
    #expect(tree("\u{FEFF}a") == "a")
    #expect(tree("") == "")
    #expect(tree("# nothing") == "")
  }

  @Test func lastResult() {
    let parsed = Parsed("| where a", continuesLastResult: true)
    #expect(parsed.tree == "(pipe _ (where a))")
    #expect(codes("| where a") == ["E0122"])
    #expect(codes("a; | where a") == ["E0122"])
  }

  @Test func completenessAtThePrompt() {
    for text in ["", "# a", "a", "a + b", "t | take 3", "if a { b }", "f(1)", "| take 3", "a;"] {
      #expect(completeness(of: text) == .complete, "\(text)")
    }
    for text in [
      "a +", "(a", "f(1,", "t |", "t | where", "if a {", "if a { b", "let x", "let x =", "[1,\n2",
      "\"\"\"abc", "r'''abc", "f\"\"\"a {b}", "if a then b", "def f(x)", "def f(x) =", "{a: 1",
      "for x in t", "a and not", "check \"a\" \"b\" {\n t |",
    ] {
      #expect(completeness(of: text) == .needsMore, "\(text)")
    }
    for text in [
      "a b", "t | filter a", ")", "\"abc", "`abc", "a && b", "(1 2", "f\"{a", "t | | x (",
    ] {
      #expect(completeness(of: text) == .hasErrors, "\(text)")
    }
  }
}
