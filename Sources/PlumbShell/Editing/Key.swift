/// A key as a person pressed it.
enum Key: Sendable, Hashable {
  /// A character, control characters included: Ctrl-A is U+0001.
  case character(Unicode.Scalar)
  /// A character together with Alt.
  case alt(Unicode.Scalar)
  case special(SpecialKey)
  /// Text from the clipboard: line ends are newlines, other control characters but tabs are gone.
  case paste(String)
}

/// Keys that send a sequence of several bytes.
///
/// The editor knows them by a private code: one of the C1 control characters, which no keyboard
/// sends. So escape stays a key of its own, which vi's bindings need.
enum SpecialKey: UInt8, Sendable, Hashable, CaseIterable {
  case up = 0x80
  case down, left, right, home, end, delete, insert, pageUp, pageDown
  case wordLeft, wordRight, backTab, help, altEnter

  /// The private code.
  var scalar: Unicode.Scalar { Unicode.Scalar(rawValue) }

  /// The private code as `bind` of editrc(5) writes it.
  var binding: String { scalar.binding }
}

extension Unicode.Scalar {
  /// A private code as `bind` of editrc(5) writes it.
  var binding: String { "\\" + String(value, radix: 8) }
}
