import PlumbDiagnostics
import PlumbSyntax
import Testing

@Suite struct StatementTests {
  @Test func bindings() {
    #expect(tree("let x = t | take 3") == "(let x (pipe t (take 3)))")
    #expect(tree("var x = 1") == "(var x 1)")
    #expect(tree("x = t | take 3") == "(set x (pipe t (take 3)))")
    #expect(tree("`odd name` = 3") == "(set `odd name` 3)")
    #expect(tree("let let = 1") == "(let let 1)")
  }

  @Test func functions() {
    #expect(
      tree("## Doc of f.\n##  More.\ndef f(t, n = 3, m: int = 4) = t | take n")
        == "(def f [t n=3 m:int=4] (pipe t (take n)) ## \"Doc of f.\\n More.\")")
    #expect(tree("## Not directly above.\n\ndef f() = 1") == "(def f [] 1)")
    #expect(tree("# No doc.\ndef f() = 1") == "(def f [] 1)")
    #expect(tree("x ## no doc\ndef f() = 1") == "x\n(def f [] 1)")
    #expect(
      tree("def grade(x: float) { if x > 0.9 { return \"A\" }; return \"B\" }")
        == "(def grade [x:float] {(if (> x 0.9) {(return \"A\")}); (return \"B\")})")
  }

  @Test func parameters() {
    #expect(
      tree("param since: timestamp = ago(30d) \"oldest run\"")
        == "(param since :timestamp (call ago 2592000000000us) \"oldest run\")")
    #expect(tree("param n = 3") == "(param n 3)")
    #expect(tree("param n: int") == "(param n :int)")
    #expect(codes("param n") == ["E0127"])
  }

  @Test func control() {
    #expect(
      tree("if a { b } else if c { d } else { e }") == "(if a {b} c {d} else {e})")
    #expect(tree("if a in {b: 1} { c }") == "(if (in a (record b:1)) {c})")
    #expect(tree("for m in t | sort name { m }") == "(for m (pipe t (sort name)) {m})")
    #expect(tree("for m in t | distinct { m }") == "(for m (pipe t (distinct)) {m})")
    #expect(tree("for i in 1..3 { i }") == "(for i (.. 1 3) {i})")
    #expect(tree("while a < 3 { break; continue }") == "(while (< a 3) {(break); (continue)})")
    #expect(
      tree("while (a) { b }\nwhile(a) { b }") == "(while (paren a) {b})\n(while (paren a) {b})")
    #expect(
      tree("return (t | take 3)\nreturn t | take 3")
        == "(return (paren (pipe t (take 3))))\n(return (pipe t (take 3)))")
    #expect(tree("if a then b else c | take 3") == "(pipe (cond a b c) (take 3))")
  }

  @Test func sources() {
    #expect(tree("import drift") == "(import drift)")
    #expect(tree("import \"a.plumb\" as own") == "(import \"a.plumb\" as own)")
    #expect(tree("open \"a.db\"") == "(open \"a.db\")")
    #expect(tree("open \"a.db\" as b, deleted = true") == "(open \"a.db\" as b deleted=true)")
    #expect(
      tree("load d from \"d.csv\", types = {v: \"int\"}, mapping = \"x\"")
        == "(load d \"d.csv\" types=(record v:\"int\") mapping=\"x\")")
    #expect(codes("load \"a.csv\"") == ["E0110"])
    #expect(codes("load d \"a.csv\"") == ["E0110"])
    #expect(codes("open \"a\" deleted = true") == ["E0110"])
  }

  @Test func checks() {
    #expect(tree("expect n > 0, \"none\"") == "(expect (> n 0) \"none\")")
    #expect(tree("expect (t | count) > 0") == "(expect (> (paren (pipe t (count))) 0))")
    #expect(
      tree("check \"a\" \"b\" (severity = \"high\", scope = t | take 3) { t | take 1 }")
        == "(check \"a\" \"b\" severity=\"high\" scope=(pipe t (take 3)) {(pipe t (take 1))})")
    #expect(tree("check f\"a-{x}\" { true }") == "(check (f \"a-\" {x}) {true})")
    #expect(codes("check { true }") == ["E0110"])
    #expect(codes("check \"a\" \"b\" (\"high\") { true }") == ["E0110"])
    #expect(codes("expect t | count") == ["E0121"])
  }

  @Test func inspection() {
    #expect(tree("explain t | take 3") == "(explain (pipe t (take 3)))")
    #expect(tree("profile t") == "(profile t)")
    #expect(tree("explain(t)") == "(call explain t)")
    #expect(tree("explain (t)") == "(explain (paren t))")
    #expect(tree("open(\"a\")\ncheck(1)") == "(call open \"a\")\n(call check 1)")
  }
}
