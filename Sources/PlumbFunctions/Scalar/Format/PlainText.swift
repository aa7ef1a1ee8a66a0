package import PlumbColumns

/// The plain form of a value: what `string(x)` gives and what a scalar is shown as.
///
/// Text stands bare, but in quotes inside a list or record. Floats are the shortest text that
/// reads back the same.
package func plainText(_ value: Value) -> String {
  switch value {
  case .string(let text): text
  default: nestedText(value)
  }
}

private func nestedText(_ value: Value) -> String {
  switch value {
  case .null: "null"
  case .bool(let bool): bool ? "true" : "false"
  case .int(let int): String(int)
  case .float(let double): FloatText.format(double)
  case .string(let text): quoted(text)
  case .timestamp(let microseconds): TimestampText.format(microseconds)
  case .duration(let microseconds): DurationText.format(microseconds)
  case .list(let values, _): "[" + values.map(nestedText).joined(separator: ", ") + "]"
  case .record(let fields):
    "{" + fields.map { "\(fieldName($0.name)): \(nestedText($0.value))" }.joined(separator: ", ")
      + "}"
  }
}

/// A field's name as a record literal has it: quoted when it is no identifier.
private func fieldName(_ name: String) -> String {
  let isIdentifier =
    name.utf8.first.map { !isDigit($0) } ?? false
    && name.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "_") }
  return isIdentifier ? name : quoted(name)
}

/// A text as a literal; what is long is cut, for messages.
func quotedBriefly(_ text: String) -> String {
  text.count <= 60 ? quoted(text) : quoted(String(text.prefix(57)) + "...")
}

/// A text as a string literal.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

func isLetter(_ byte: UInt8) -> Bool {
  let folded = byte | 0x20
  return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z")
}

/// ASCII white space: what conversions from text skip at both ends.
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
