/// The number of terminal columns that a character takes: 0, 1 or 2.
///
/// Wide are East Asian wide and fullwidth characters (Unicode Annex 11) and emoji; marks, joiners
/// and control characters take nothing.
package func displayWidth(of character: Character) -> Int {
  var scalars = character.unicodeScalars.makeIterator()
  guard let first = scalars.next() else { return 0 }
  if first.isASCII {
    if first.value < 0x20 || first.value == 0x7F { return 0 }
    // Keycaps such as 1\u{FE0F}\u{20E3} are drawn wide.
    return scalars.next()?.value == 0xFE0F ? 2 : 1
  }
  if isWide(first.value) { return 2 }
  // The variation selector that asks for the emoji form.
  if first.properties.isEmoji, character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) {
    return 2
  }
  // Two regional indicators make a flag.
  if (0x1F1E6...0x1F1FF).contains(first.value) { return scalars.next() == nil ? 1 : 2 }
  switch first.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control: return 0
  default: return 1
  }
}

/// The number of terminal columns that a text takes.
package func displayWidth(of text: some StringProtocol) -> Int {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
  return text.reduce(0) { $0 + displayWidth(of: $1) }
}

/// A text cut to so many columns, with `…` where something is missing.
package func clipped(_ text: String, to width: Int) -> String {
  guard displayWidth(of: text) > width else { return text }
  var result = ""
  var used = 1
  for character in text {
    used += displayWidth(of: character)
    if used > width { break }
    result.append(character)
  }
  return width > 0 ? result + "…" : ""
}

private func isWide(_ scalar: UInt32) -> Bool {
  guard scalar >= wideRanges[0] else { return false }
  var low = 0
  var high = wideRanges.count / 2
  while low < high {
    let middle = (low + high) / 2
    if wideRanges[middle * 2] <= scalar { low = middle + 1 } else { high = middle }
  }
  return low > 0 && scalar <= wideRanges[low * 2 - 1]
}

/// First and last scalar of each range with East Asian width W or F (Unicode 15.1.0), unassigned
/// gaps closed. Python's `unicodedata.east_asian_width` gives the same.
private let wideRanges: [UInt32] = [
  0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0,
  0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F,
  0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5,
  0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5,
  0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728,
  0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
  0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55,
  0x2E80, 0x303E, 0x3041, 0x3247, 0x3250, 0x4DBF, 0x4E00, 0xA4C6, 0xA960, 0xA97C,
  0xAC00, 0xD7A3, 0xF900, 0xFAD9, 0xFE10, 0xFE19, 0xFE30, 0xFE6B, 0xFF01, 0xFF60,
  0xFFE0, 0xFFE6, 0x16FE0, 0x1B2FB, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E,
  0x1F191, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393,
  0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E,
  0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567,
  0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5,
  0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC,
  0x1F7E0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAF8,
  0x20000, 0x3FFFD,
]
