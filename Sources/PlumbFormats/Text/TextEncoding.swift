import PlumbColumns

/// How the bytes of a text file stand for characters.
enum TextEncoding: String, CaseIterable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case latin1

  /// The encoding of a name as users write it.
  static func named(_ name: String) -> TextEncoding? {
    switch name.lowercased() {
    case "utf-8", "utf8": .utf8
    case "utf-16", "utf16", "utf-16le", "utf-16be": .utf16
    case "latin1", "latin-1", "iso-8859-1", "iso8859-1", "windows-1252", "cp1252": .latin1
    default: nil
    }
  }
}

/// A text file as valid UTF-8, and where its text begins.
struct DecodedText {
  let file: WholeFile
  /// The bytes of a byte order mark, to be skipped.
  let start: Int
  /// What the user should know of the encoding.
  let warning: String?

  var bytes: UnsafeBufferPointer<UInt8> { file.bytes }

  /// Brings a file to UTF-8. Without a given encoding, a byte order mark or zero bytes tell
  /// UTF-16, and a text in which no byte beyond ASCII is part of valid UTF-8 is Latin-1.
  init(
    _ file: WholeFile, path: String, encoding: TextEncoding?, _ control: RunControl
  ) throws(ImportError) {
    let bytes = file.bytes
    switch encoding {
    case .latin1?:
      self.file = Self.fromLatin1(file)
      (start, warning) = (0, nil)
    case .utf16?:
      self.file = try Self.fromUTF16(file, path)
      (start, warning) = (0, nil)
    case .utf8?, nil:
      if encoding == nil, Self.looksLikeUTF16(bytes) {
        self.file = try Self.fromUTF16(file, path)
        (start, warning) = (0, "`\(path)` was read as UTF-16")
        return
      }
      if let binary = bytes.prefix(4096).firstIndex(of: 0) {
        throw ImportError(
          .wrongFormat, "`\(path)` is no text: byte \(binary + 1) is zero",
          remedy: "check that the file is what its name says")
      }
      start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      guard let invalid = file.firstInvalidUTF8(control) else {
        (self.file, warning) = (file, nil)
        return
      }
      let line = file.line(of: invalid)
      guard encoding == nil, start == 0, Self.looksLikeLatin1(bytes) else {
        throw ImportError(
          .badValue, "line \(line) of `\(path)` is not valid UTF-8",
          remedy: "save the file as UTF-8, or give its encoding: `encoding = \"latin1\"`",
          location: "\(path):\(line)")
      }
      self.file = Self.fromLatin1(file)
      warning =
        "`\(path)` is not UTF-8 (line \(line)) and was read as Latin-1; "
        + "`encoding = \"latin1\"` says so"
    }
  }

  private static func looksLikeUTF16(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
    let head = bytes.prefix(1024)
    guard head.count >= 4, bytes.count % 2 == 0 else { return false }
    var zeros = [0, 0]
    for (position, byte) in head.enumerated() where byte == 0 { zeros[position & 1] += 1 }
    // Western text has a zero in every other byte, and only there.
    return min(zeros[0], zeros[1]) == 0 && max(zeros[0], zeros[1]) > head.count / 4
  }

  /// Whether no byte beyond ASCII is part of a valid sequence, and none is a control.
  private static func looksLikeLatin1(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        if byte < 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 { return false }
        position += 1
        continue
      }
      let rest = UnsafeBufferPointer(rebasing: bytes[position..<min(position + 4, bytes.count)])
      if UTF8Text.firstInvalid(rest) != 0 { return false }
      if windows1252[Int(byte & 0x7F)] == 0 { return false }
      position += 1
    }
    return true
  }

  private static func fromLatin1(_ file: WholeFile) -> WholeFile {
    let bytes = file.bytes
    var size = 0
    for byte in bytes { size += byte < 0x80 ? 1 : windows1252[Int(byte & 0x7F)] > 0x7FF ? 3 : 2 }
    let result = Buffer<UInt8>(count: size + WholeFile.padding)
    var position = 0
    for byte in bytes {
      guard byte >= 0x80 else {
        result.base[position] = byte
        position += 1
        continue
      }
      let mapped = windows1252[Int(byte & 0x7F)]
      // The five bytes without a meaning in Windows-1252 are controls in ISO 8859-1.
      let scalar = Unicode.Scalar(mapped == 0 ? UInt16(byte) : mapped) ?? "\u{FFFD}"
      for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        result.base[position] = unit
        position += 1
      }
    }
    return WholeFile(result, count: position)
  }

  private static func fromUTF16(
    _ file: WholeFile, _ path: String
  ) throws(ImportError) -> WholeFile {
    let bytes = file.bytes
    let hasMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let isBig = hasMark ? bytes[0] == 0xFE : bytes.count > 0 && bytes[0] == 0
    let units = stride(from: hasMark ? 2 : 0, to: bytes.count - 1, by: 2).lazy.map { position in
      let (first, second) = (UInt16(bytes[position]), UInt16(bytes[position + 1]))
      return isBig ? first << 8 | second : second << 8 | first
    }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    let isInvalid = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
    ) { output.append($0) }
    guard !isInvalid, bytes.count % 2 == 0 else {
      let line = output.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      throw ImportError(
        .badValue, "line \(line) of `\(path)` is not valid UTF-16",
        remedy: "give the encoding of the file: `encoding = \"latin1\"`",
        location: "\(path):\(line)")
    }
    return WholeFile(output)
  }

  /// Windows-1252 for the bytes from 0x80 on, which contains ISO 8859-1; 0 where it has nothing.
  private static let windows1252: [UInt16] =
    [
      0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
      0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ] + (0xA0...0xFF)
}
