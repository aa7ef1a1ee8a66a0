/// Numbers, durations and timestamps. Only their extent is found here; the parser reads the value.
extension Lexer {
  mutating func lexNumber() {
    let start = cursor
    if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x") {
      while peek().continuesName { cursor += 1 }
      return emit(.integer, from: start)
    }
    skipDigits()
    var kind = TokenKind.integer
    if peek() == UInt8(ascii: "."), peek(1).isDigit {
      kind = .float
      cursor += 1
      skipDigits()
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      let signed = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
      if peek(signed ? 2 : 1).isDigit {
        kind = .float
        cursor += signed ? 2 : 1
        skipDigits()
      }
    }
    if peek().startsName {
      kind = .duration
      // The rest of a timestamp that lacks its `@` is one mistake.
      let isTime = peek() | 0x20 == UInt8(ascii: "t") && peek(1).isDigit
      while peek().continuesName || isTime && peek() == UInt8(ascii: ":") && peek(1).isDigit {
        cursor += 1
      }
    }
    emit(kind, from: start)
  }

  private mutating func skipDigits() {
    while peek().isDigit || peek() == UInt8(ascii: "_") { cursor += 1 }
  }

  mutating func lexTimestamp() {
    let start = cursor
    cursor += 1
    while peek().isDigit { cursor += 1 }
    for _ in 0..<2 where peek() == UInt8(ascii: "-") && peek(1).isDigit {
      cursor += 1
      while peek().isDigit { cursor += 1 }
    }
    if peek() | 0x20 == UInt8(ascii: "t"), peek(1).isDigit {
      cursor += 1
      while peek().isDigit || peek() == UInt8(ascii: ":") { cursor += 1 }
      if peek() == UInt8(ascii: "."), peek(1).isDigit {
        cursor += 1
        while peek().isDigit { cursor += 1 }
      }
      let signed = peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-")
      // `-05:00` is an offset, `-5m` and `-05` a subtraction that follows.
      if signed, peek(1).isDigit, peek(2).isDigit, peek(3) == UInt8(ascii: ":"), peek(4).isDigit,
        peek(5).isDigit
      {
        cursor += 6
      } else if signed, (1...4).allSatisfy({ peek($0).isDigit }), !peek(5).isDigit {
        // No number can follow a time: this is an offset without its colon.
        cursor += 5
      }
    }
    while peek().continuesName { cursor += 1 }
    emit(.timestamp, from: start)
  }
}
