import PlumbDiagnostics
import PlumbSyntax
import Testing

@Suite struct ExpressionTests {
  @Test func precedence() {
    #expect(tree("a or b and not c == d") == "(or a (and b (not (== c d))))")
    #expect(
      tree("a == b ?? c .. d + e * -f ** g") == "(== a (?? b (.. c (+ d (* e (- (** f g)))))))")
    #expect(tree("a - b - c") == "(- (- a b) c)")
    #expect(tree("a / b * c // d % e") == "(% (// (* (/ a b) c) d) e)")
    #expect(tree("a ** b ** c") == "(** a (** b c))")
    #expect(tree("-a ** -b") == "(- (** a (- b)))")
    #expect(tree("- - a") == "(- (- a))")
    #expect(tree("-a.b[0](c)") == "(- (call ([] (. a b) 0) c))")
    #expect(tree("a ?? b ?? c") == "(?? (?? a b) c)")
    #expect(tree("not not a and b") == "(and (not (not a)) b)")
    #expect(tree("not a in b") == "(not (in a b))")
    #expect(tree("-9..0") == "(.. (- 9) 0)")
  }

  @Test func comparisons() {
    #expect(tree("a < b <= c") == "(chain a < b <= c)")
    #expect(tree("a == b") == "(== a b)")
    #expect(tree("a == b != c == d") == "(chain a == b != c == d)")
    #expect(tree("a not in [b]") == "(not-in a (list b))")
    #expect(tree("a in 1..10 and b") == "(and (in a (.. 1 10)) b)")
    #expect(tree("a between b and c and d") == "(and (between a b c) d)")
    #expect(tree("a not between b + 1 and c ?? d") == "(not-between a (+ b 1) (?? c d))")
    #expect(tree("a ~ b or c !~ d") == "(or (~ a b) (!~ c d))")
    #expect(tree("a in (t | select b)") == "(in a (paren (pipe t (select b))))")
  }

  @Test func longChainsOfAndAreBalanced() {
    let text = (0..<10_000).map { "a == \($0)" }.joined(separator: " or ")
    #expect(Parsed(text).codes == [])
    #expect(tree("a or b or c or d or e") == "(or (or (or a b) c) (or d e))")
  }

  @Test func numbers() {
    #expect(tree("[42, 1_000_000, 0xff, 0XFF_FF, 007]") == "(list 42 1000000 255 65535 7)")
    #expect(
      tree("[0.5, 1e-3, 1E5, 1_0.2_5, nan, inf, -inf]")
        == "(list 0.5 0.001 100000.0 10.25 nan inf (- inf))")
    #expect(tree("-9223372036854775808") == "-9223372036854775808")
    #expect(tree("9223372036854775807") == "9223372036854775807")
    #expect(tree("1..5") == "(.. 1 5)")
    #expect(tree("1.5..2.5") == "(.. 1.5 2.5)")
    #expect(tree("[nan(1), inf.x, `nan`]") == "(list (call nan 1) (. inf x) nan)")
    #expect(codes("9223372036854775808") == ["E0106"])
    #expect(codes("-9223372036854775808 ** 2") == ["E0106"])
    #expect(codes("0x") == ["E0106"])
    #expect(codes("0xfg") == ["E0106"])
    #expect(codes("1__0") == ["E0106"])
    #expect(codes("1_") == ["E0106"])
    #expect(codes("1.") == ["E0106"])
    #expect(codes(".5") == ["E0106"])
    #expect(codes("1.x") == ["E0106"])
    #expect(codes("1e999") == ["E0106"])
  }

  @Test func durations() {
    #expect(
      tree("[5us, 250ms, 15s, 30m, 12h, 7d, 2w, 1.5h]")
        == "(list 5us 250000us 15000000us 1800000000us 43200000000us 604800000000us 1209600000000us 5400000000us)"
    )
    #expect(tree("0.1s") == "100000us")
    #expect(codes("3mo") == ["E0108"])
    #expect(codes("3min") == ["E0108"])
    #expect(codes("3abc") == ["E0108"])
    #expect(codes("99999999999w") == ["E0108"])
    #expect(codes("0.0000001s") == ["E0108"])
    #expect(codes("1e3s") == ["E0108"])
  }

  @Test func timestamps() {
    #expect(tree("@1970-01-01") == "@0")
    #expect(tree("@2026-11-23") == "@1795392000000000")
    #expect(tree("@2026-11-23T10:30") == "@1795429800000000")
    #expect(tree("@2026-11-23T10:30:00.250Z") == "@1795429800250000")
    #expect(tree("@2026-11-23T10:30+02:00") == "@1795422600000000")
    #expect(tree("@1969-12-31T23:59:59.999999") == "@-1")
    #expect(tree("@0001-01-01") == "@-62135596800000000")
    #expect(tree("@2024-02-29 - 1d") == "(- @1709164800000000 86400000000us)")
    #expect(tree("@2026-11-23-1d") == "(- @1795392000000000 86400000000us)")
    #expect(tree("@2026-11-23T10:30-1d") == "(- @1795429800000000 86400000000us)")
    #expect(tree("@2026-01-01..@2026-01-02") == "(.. @1767225600000000 @1767312000000000)")
    for text in [
      "@2026-13-01", "@2026-02-29", "@2026-00-10", "@0000-01-01", "@2026-11-23T24:00",
      "@2026-11-23T10:60", "@2026", "@", "@today", "@2026-11", "@2026-11-23T10", "@2026-1-2",
      "@2026-11-23T10:30:00.1234567", "@2026-11-23x",
    ] {
      #expect(codes(text) == ["E0107"], "\(text)")
    }
  }

  @Test func strings() {
    #expect(
      tree(#"["a\n\t\\\"\'\0\x41\u00e9\u{1F600}", 'a"b', r"\d+", r'\']"#)
        == "(list \"a\\n\t\\\\\\\"'\u{0}Aé😀\" \"a\\\"b\" \"\\\\d+\" \"\\\\\")")
    #expect(tree("\"\"\"a \"quoted\"\r\nline\"\"\"") == "\"a \\\"quoted\\\"\\nline\"")
    #expect(tree("r\"\"\"\\d\"\"\"") == "\"\\\\d\"")
    #expect(tree("\"\"") == "\"\"")
    #expect(tree("\"\"\"\"\"\"") == "\"\"")
    #expect(codes("\"a\\\nb\"") == ["E0104", "E0104"])
    #expect(codes(#""\d""#) == ["E0105"])
    #expect(codes(#""\u{110000}""#) == ["E0105"])
    #expect(codes(#""\xg1""#) == ["E0105"])
    #expect(codes(#""\u12""#) == ["E0105"])
    #expect(codes("\"abc") == ["E0104"])
    #expect(codes("\"abc\nb") == ["E0104"])
    #expect(codes("\"\"\"abc") == ["E0104"])
    #expect(codes("`abc\nb") == ["E0104"])
  }

  @Test func interpolation() {
    #expect(tree(#"f"{auc:.3f} on {model}""#) == #"(f {auc:.3f} " on " {model})"#)
    #expect(tree(#"f"{{}} {m["a"]} {f"{x}"}""#) == #"(f "{} " {([] m "a")} " " {(f {x})})"#)
    #expect(tree("f'{ {a: 1}.a :>10}'") == "(f {(. (record a:1) a):>10})")
    #expect(tree("f\"\"\"a\n{b\n+ c}\"\"\"") == "(f \"a\\n\" {(+ b c)})")
    #expect(tree("f\"\"") == "(f)")
    #expect(tree(#"f"a\n{x}\{""#) == #"(f "a\n" {x} "{")"#)
    #expect(codes("f\"{\"") != [])
    #expect(codes("f\"{a") == ["E0104"])
    #expect(codes("f\"{a\nb") == ["E0104"])
    #expect(codes("f\"a") == ["E0104"])
    #expect(codes("f\"{}\"") == ["E0126"])
    #expect(codes("f\"a}\"") == ["E0126"])
    #expect(codes("f\"{a:.3f\"") == ["E0126"])
    #expect(codes("f\"{a b}\"") == ["E0110"])
    #expect(codes("f\"{t | take 3}\"") == ["E0121"])
  }

  @Test func compounds() {
    #expect(tree("[]") == "(list)")
    #expect(tree("[1, 2,]") == "(list 1 2)")
    #expect(tree("{}") == "(record)")
    #expect(tree("{a: 1, \"b c\": 2, `d`: 3, if: 4}") == "(record a:1 `b c`:2 d:3 if:4)")
    #expect(tree("if a then b else if c then d else e") == "(cond a b (cond c d e))")
    #expect(tree("case { a > 1: 2, else: 3 }") == "(case (> a 1):2 else:3)")
    #expect(tree("fn (x, y: int = 2) => x + y") == "(fn [x y:int=2] (+ x y))")
    #expect(tree("fn () => 1") == "(fn [] 1)")
    #expect(tree("(fn (x) => x)(3)") == "(call (paren (fn [x] x)) 3)")
    #expect(
      tree("f(a, t | take 3, b = u | count)") == "(call f a (pipe t (take 3)) b=(pipe u (count)))")
    #expect(tree("fn (x) => x | take 3") == "(pipe (fn [x] x) (take 3))")
    #expect(tree("metrics.`val/acc`.in.x") == "(. (. (. metrics `val/acc`) in) x)")
    #expect(tree("a[-1][\"b\"]") == "([] ([] a (- 1)) \"b\")")
    #expect(tree("$x + `odd name`") == "(+ $x `odd name`)")
  }

  /// Words that are keywords in some place are names in all others.
  @Test(arguments: [
    "by", "per", "on", "over", "sort", "rows", "with", "every", "into", "against", "key", "value",
    "count", "user", "end", "where", "select", "let", "check", "from", "as", "seed", "left",
    "first",
  ]) func contextualWordsAreNames(_ word: String) {
    #expect(tree("x + \(word) * 2") == "(+ x (* \(word) 2))")
    #expect(tree("t | derive \(word) = \(word) + 1") == "(pipe t (derive \(word)=(+ \(word) 1)))")
    #expect(tree("t | where \(word) == 1") == "(pipe t (where (== \(word) 1)))")
    #expect(tree("t | select a, \(word)") == "(pipe t (select a \(word)))")
    #expect(tree("t | sort -\(word), \(word)") == "(pipe t (sort desc \(word) \(word)))")
    #expect(
      tree("t | summarize n = max(\(word)) by \(word)")
        == "(pipe t (summarize n=(call max \(word)) by \(word)))")
    #expect(
      tree("t | window n = max(\(word)) by \(word) sort \(word) rows ..0")
        == "(pipe t (window n=(call max \(word)) by \(word) sort \(word) rows ..0))")
    #expect(tree("\(word) = 3") == "(set \(word) 3)")
    #expect(tree("\(word) | take 3") == "(pipe \(word) (take 3))")
    #expect(tree("\(word).x") == "(. \(word) x)")
    #expect(tree("x + \(word)(3)") == "(+ x (call \(word) 3))")
    #expect(tree("m.\(word)") == "(. m \(word))")
    #expect(tree("f(\(word) = 1)") == "(call f \(word)=1)")
  }
}
