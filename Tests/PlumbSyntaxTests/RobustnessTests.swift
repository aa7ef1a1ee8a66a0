import Foundation
import PlumbColumnsTesting
import PlumbDiagnostics
import PlumbSyntax
import Testing

@Suite struct RobustnessTests {
  private static let pieces =
    StageKeyword.allCases.map(\.rawValue) + StatementKeyword.allCases.map(\.rawValue) + [
      "a", "b", "`c d`", "$x", "1", "2.5", "7d", "@2026-01-01", "\"s\"", "r'\\d'", "f\"", "{", "}",
      "(", ")", "[", "]", ",", ";", ":", ".", "..", "=", "==", "!=", "<", "<=", "~", "!~", "+", "-",
      "*", "/", "//", "%", "**", "|", "??", "=>", "&&", "||", "!", "<>", "?", "@", "\\", "\"", "'",
      "`", "\n", "\n\n", " ", "\t", "#c\n", "##d\n", "and", "or", "not", "in", "between", "if",
      "then",
      "else", "case", "fn", "true", "null", "by", "per", "on", "over", "rows", "with", "ties",
      "every",
      "into", "against", "as", "from", "except", "tags.*", "/x/", "é", "“", "\u{A0}", "is", "desc",
      "0x", "1e",
      "\"\"\"", "f\"{a:.3f}\"", "{{", "}}",
    ]

  /// Random pieces of programs never crash the parser; what parses can be formatted.
  @Test func tokenSoup() {
    let seed = propertySeed()
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      var text = ""
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        text += Self.pieces.randomElement(using: &generator) ?? ""
        if Bool.random(using: &generator) { text += " " }
      }
      let parsed = Parsed(text)
      #expect(
        parsed.diagnostics.hasErrors == parsed.tree.contains("(malformed)")
          || parsed.diagnostics.hasErrors, "seed \(seed): \(text)")
      _ = parsed.rendered
      _ = completeness(of: text)
      if !parsed.diagnostics.hasErrors { expectStable(text) }
    }
  }

  /// Programs of the reference with pieces put in, left out and exchanged.
  @Test func damagedPrograms() throws {
    let seed = propertySeed()
    var generator = SeededGenerator(seed: seed)
    let programs = try Snippets.all + Examples.all.map(Examples.text)
    for _ in 0..<1_500 {
      var bytes = Array((programs.randomElement(using: &generator) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        default:
          bytes.insert(
            contentsOf: Array((Self.pieces.randomElement(using: &generator) ?? "").utf8), at: place)
        }
      }
      let parsed = Parsed(bytes: bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(
        !parsed.tree.contains("(malformed)") || parsed.diagnostics.hasErrors,
        "seed \(seed): \(text)")
      _ = parsed.rendered
      if !parsed.diagnostics.hasErrors { expectStable(text) }
    }
  }

  @Test(arguments: [
    ("(", "E0113"), ("[", "E0113"), ("{a: ", "E0113"), ("f(", "E0113"), ("-", "E0113"),
    ("not ", "E0113"), ("fn (x) => ", "E0113"), ("if a then b else ", "E0113"),
    ("t | where (", "E0113"), ("if a { ", "E0113"), ("a ** ", "E0113"), ("case { a: ", "E0113"),
    ("def f() { ", "E0113"), ("1 + 2 * (", "E0113"), ("a[", "E0113"),
    ("(t | where a in (u | select b) and (", "E0113"),
  ]) func deepNesting(_ piece: String, _ code: String) {
    let parsed = Parsed(String(repeating: piece, count: 100_000))
    #expect(parsed.codes.first == code)
    #expect(parsed.codes.count == 1)
  }

  @Test func largeProgram() {
    let bytes = [UInt8](repeating: UInt8(ascii: " "), count: maximumSourceBytes + 1)
    #expect(Parsed(bytes: bytes).codes == ["E0109"])
  }

  @Test func closedDeepNesting() {
    let count = 100_000
    let text = String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
    #expect(codes(String(repeating: "f\"{", count: count)) == ["E0104", "E0113"])
    #expect(codes(text + "\nlet x =\nlet y = 1") == ["E0113", "E0110"])
    #expect(
      codes(String(repeating: "(", count: 150) + "1" + String(repeating: ")", count: 150)) == [])
  }

  @Test(arguments: [" + 1", ".a", "[0]", "(1)", " ?? 1", " * 2 - 1"]) func longChains(
    _ piece: String
  ) {
    #expect(codes("a" + String(repeating: piece, count: 100_000)) == ["E0113"])
    #expect(codes("a" + String(repeating: piece, count: 150)) == [])
  }

  /// The deepest trees that are allowed fit on a small stack, in an unoptimized build too.
  @Test func smallStack() {
    let pieces = [
      "(", "f(x, ", "(t | where a or b and c == d ?? 1 + 2 * (", "if a { ", "not (a or ",
    ]
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      for piece in pieces { _ = Parsed(String(repeating: piece, count: 1_000)).tree }
      done.signal()
    }
    thread.stackSize = 2 << 20
    thread.start()
    #expect(done.wait(timeout: .now() + 60) == .success)
  }

  /// Work that grows with the square of a line would take hours on a megabyte, not seconds.
  @Test(arguments: [
    "a + ", "\"abc", "(", "[1, 2], ", "f\"{a}\" + ", "| where a ", ", ", "# ", "é", "/", "x = 1; ",
    "t | filter a; ", "`", "$", "'a' ", "0", "if a { ", "@", "while(", "a, /", "$ ", "a or ",
  ]) func longLines(_ piece: String) {
    let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
    let start = ContinuousClock.now
    let parsed = Parsed(text)
    #expect(parsed.rendered.utf8.count < 20_000)
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  @Test func tenMegabyteLine() {
    let text = String(repeating: "[1, 2, 'abc'], ", count: 700_000)
    #expect(Parsed(text).codes.count == 1)
    let junk = String(repeating: "= ) ", count: 2_500_000)
    #expect(Parsed(junk).codes.count <= 10)
  }
}
