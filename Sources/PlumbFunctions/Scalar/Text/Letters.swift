/// The first letter large, the rest small.
func capitalized(_ text: String) -> String {
  text.prefix(1).uppercased() + text.dropFirst().lowercased()
}

/// Each word with its first letter large; words are runs of letters, digits and apostrophes.
func titleCased(_ text: String) -> String {
  var result = ""
  var isInWord = false
  for character in text {
    result += isInWord ? character.lowercased() : character.uppercased()
    isInWord =
      character.isLetter || character.isNumber || character == "'" || character == "\u{2019}"
  }
  return result
}
