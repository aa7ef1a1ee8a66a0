import Testing

@testable import PlumbShell

@Suite struct KeyDecoderTests {
  /// The keys of some bytes; what is incomplete at the end is ended as by a pause.
  private func keys(_ text: String, chunk: Int = .max) -> [Key] {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      decoder.feed(rest.prefix(chunk))
      rest = rest.dropFirst(chunk)
      while let key = decoder.next() { keys.append(key) }
    }
    while decoder.isWaiting {
      if let key = decoder.endSequence() { keys.append(key) }
      while let key = decoder.next() { keys.append(key) }
    }
    return keys
  }

  @Test func charactersOfAllLengths() {
    #expect(keys("aé漢😀") == [.character("a"), .character("é"), .character("漢"), .character("😀")])
    #expect(keys("\r\u{1}\u{7F}") == [.character("\r"), .character("\u{1}"), .character("\u{7F}")])
  }

  @Test func specialKeysInTheFormsOfTerminals() {
    let forms: [(String, SpecialKey)] = [
      ("\u{1B}[A", .up), ("\u{1B}OB", .down), ("\u{1B}[C", .right), ("\u{1B}OD", .left),
      ("\u{1B}[H", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home), ("\u{1B}OF", .end),
      ("\u{1B}[4~", .end), ("\u{1B}[8~", .end), ("\u{1B}[3~", .delete), ("\u{1B}[2~", .insert),
      ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[1;5C", .wordRight),
      ("\u{1B}[1;3D", .wordLeft), ("\u{1B}[Z", .backTab), ("\u{1B}OP", .help),
      ("\u{1B}[11~", .help), ("\u{1B}[[A", .help), ("\u{1B}\r", .altEnter),
      ("\u{1B}[13;2u", .altEnter), ("\u{1B}[27;2;13~", .altEnter),
    ]
    for (bytes, key) in forms { #expect(keys(bytes) == [.special(key)], "\(bytes.dropFirst())") }
  }

  @Test func bytesMayComeOneByOne() {
    let text = "a\u{1B}[1;5C漢\u{1B}[200~x\u{1B}[201~b"
    #expect(keys(text, chunk: 1) == keys(text))
    #expect(
      keys(text)
        == [.character("a"), .special(.wordRight), .character("漢"), .paste("x"), .character("b")])
  }

  @Test func escapeAloneAndAltAreTold() {
    #expect(keys("\u{1B}") == [.character("\u{1B}")])
    #expect(keys("\u{1B}b") == [.alt("b")])
    #expect(keys("\u{1B}[") == [.alt("[")])
    #expect(keys("\u{1B}\u{1B}[A") == [.character("\u{1B}"), .special(.up)])
  }

  @Test func unknownSequencesLeaveNothingBehind() {
    for unknown in ["\u{1B}[15~", "\u{1B}[?1;2c", "\u{1B}[200;5R", "\u{1B}Ow", "\u{1B}[[E"] {
      #expect(keys(unknown + "x") == [.character("x")])
    }
  }

  @Test func invalidBytesAreDropped() {
    var decoder = KeyDecoder()
    decoder.feed([0x61, 0xFF, 0xC3, 0x62, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xC2, 0x85, 0x63])
    var found: [Key] = []
    while let key = decoder.next() { found.append(key) }
    #expect(found == [.character("a"), .character("b"), .character("c")])
    #expect(!decoder.isWaiting)
  }

  @Test func pasteIsOneKeyOfPlainText() {
    #expect(
      keys("\u{1B}[200~a\r\nb\rc\n\td\u{1B}[31me\u{7}\u{1B}[201~")
        == [.paste("a\nb\nc\n\td[31me")])
  }

  @Test func lineEndsOfEitherOrder() {
    #expect(KeyDecoder.plain("a\r\nb\n\rc\nd\re") == "a\nb\nc\nd\ne")
    #expect(KeyDecoder.plain("a\n\nb\r\rc\r\n\r\nd\n\r\n\re") == "a\n\nb\n\nc\n\nd\n\ne")
  }

  @Test func aPasteWithoutAnEndEndsWithAPause() {
    #expect(keys("\u{1B}[200~abc") == [.paste("abc")])
  }
}
