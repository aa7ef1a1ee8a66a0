import PlumbColumns

/// How text from data is made harmless where it is shown.
enum TextEscapes {
  /// Appends text with its control characters made visible: `\n`, `\t`, `\u{1b}`.
  ///
  /// With `keepsLines`, newlines and tabs stay as they are.
  static func appendVisible(
    _ text: UnsafeBufferPointer<UInt8>, keepsLines: Bool = false, to buffer: inout TextBuffer
  ) {
    var start = 0
    var position = 0
    while position < text.count {
      let byte = text[position]
      if byte >= 0x20, byte < 0x7F {
        position += 1
        continue
      }
      let control = controlScalar(text, position)
      if control.length == 0 || (keepsLines && (byte == 0x0A || byte == 0x09)) {
        position += 1
        continue
      }
      buffer.append(UnsafeBufferPointer(rebasing: text[start..<position]))
      switch control.value {
      case 0x0A: buffer.append("\\n")
      case 0x0D: buffer.append("\\r")
      case 0x09: buffer.append("\\t")
      default: buffer.append("\\u{\(String(control.value, radix: 16))}")
      }
      position += control.length
      start = position
    }
    buffer.append(UnsafeBufferPointer(rebasing: text[start..<position]))
  }

  static func visible(_ text: String) -> String {
    var buffer = TextBuffer()
    var text = text
    text.withUTF8 { appendVisible($0, to: &buffer) }
    return buffer.string
  }

  /// Appends text for an HTML element or attribute.
  static func appendHTML(_ text: UnsafeBufferPointer<UInt8>, to buffer: inout TextBuffer) {
    for byte in text {
      switch byte {
      case 0x26: buffer.append("&amp;")
      case 0x3C: buffer.append("&lt;")
      case 0x3E: buffer.append("&gt;")
      case 0x22: buffer.append("&quot;")
      case 0x27: buffer.append("&#39;")
      default: buffer.append(byte)
      }
    }
  }

  /// Appends text for a cell of a Markdown table, so that it shows as it is.
  ///
  /// An underscore inside a word needs no escape, and most names have some.
  static func appendMarkdown(_ text: UnsafeBufferPointer<UInt8>, to buffer: inout TextBuffer) {
    func isWord(_ index: Int) -> Bool {
      guard index >= 0, index < text.count else { return false }
      let byte = text[index]
      return byte >= 0x80 || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }
    for (index, byte) in text.enumerated() {
      switch byte {
      case 0x26: buffer.append("&amp;")
      case 0x3C: buffer.append("&lt;")
      case 0x3E: buffer.append("&gt;")
      case 0x7C, 0x5C, 0x60, 0x2A, 0x5B, 0x5D, 0x7E, 0x24:
        buffer.append(0x5C)
        buffer.append(byte)
      case 0x5F:
        if !isWord(index - 1) || !isWord(index + 1) { buffer.append(0x5C) }
        buffer.append(byte)
      default: buffer.append(byte)
      }
    }
  }
}
