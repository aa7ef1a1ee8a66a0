/// Text that is safe on a terminal: what it would obey or hide is written out, `\u{1B}`.
///
/// That is control characters, line and paragraph separators, and the invisible format characters
/// that reorder text; the joiners that emoji and scripts need stay.
package func escapingControlCharacters(_ text: some StringProtocol) -> String {
  guard text.unicodeScalars.contains(where: isUnsafe) else { return String(text) }
  var result = ""
  for scalar in text.unicodeScalars {
    if isUnsafe(scalar) {
      result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  let value = scalar.value
  if value < 0x7F { return value < 0x20 }
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: return true
  case .format: return value != 0x200C && value != 0x200D && !(0xE0020...0xE007F).contains(value)
  default: return false
  }
}
