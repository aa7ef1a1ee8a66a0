import PlumbColumns

/// The text between the white space at both ends.
func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var start = 0
  var end = text.count
  while start < end, isSpace(text[start]) { start += 1 }
  while end > start, isSpace(text[end - 1]) { end -= 1 }
  return UnsafeBufferPointer(rebasing: text[start..<end])
}

/// The int that a text shows in decimal digits with an optional sign.
func parseInt(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
  let digits = trimmed(text)
  guard !digits.isEmpty else { return nil }
  return Int(Substring(String(decoding: digits, as: UTF8.self)), radix: 10)
}

/// The float that a text shows: decimal, with an exponent if wanted, or a name of NaN or infinity.
func parseFloat(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
  let number = trimmed(text)
  guard let last = number.last else { return nil }
  let text = String(decoding: number, as: UTF8.self)
  if isDigit(last) || last == UInt8(ascii: ".") {
    // Hexadecimal floats and the like are no numbers in data.
    let isDecimal = number.allSatisfy { byte in
      isDigit(byte) || byte | 0x20 == UInt8(ascii: "e") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
    }
    return isDecimal ? Double(text) : nil
  }
  switch text.lowercased() {
  case "nan", "+nan", "-nan": return .nan
  case "inf", "+inf", "infinity", "+infinity": return .infinity
  case "-inf", "-infinity": return -.infinity
  default: return nil
  }
}

/// The bool that a word stands for.
func parseBool(_ text: String) -> Bool? {
  var text = text
  let word = text.withUTF8 { String(decoding: trimmed($0), as: UTF8.self) }
  switch word.lowercased() {
  case "true", "t", "yes", "y", "on", "1": return true
  case "false", "f", "no", "n", "off", "0": return false
  default: return nil
  }
}

/// The error for text that a conversion cannot read.
func unreadable(_ text: String, as type: String, hint: String) -> FunctionError {
  FunctionError("\(quotedBriefly(text)) is not \(type)", hint: hint)
}
