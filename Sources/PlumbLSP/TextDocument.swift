import PlumbColumns
import PlumbDiagnostics

/// An open file of an editor. Positions of the protocol are lines and UTF-16 units in them, from 0.
struct TextDocument {
  let address: String
  let file: SourceFile
  let text: String

  init(address: String, text: String) {
    self.address = address
    self.text = text
    let name = address.split(separator: "/").last.map(String.init) ?? address
    file = SourceFile(name: name, text: text)
  }

  /// The offset of UTF-8 of a position; positions that are nowhere mean the nearest there is.
  func offset(of position: JSONTree?) -> Int {
    let line = max(0, min(position?["line"]?.int ?? 0, file.lineStarts.count - 1))
    var units = max(0, position?["character"]?.int ?? 0)
    var offset = file.lineStarts[line]
    let end = line + 1 < file.lineStarts.count ? file.lineStarts[line + 1] - 1 : file.bytes.count
    while units > 0, offset < end {
      let length = Self.length(file.bytes[offset])
      units -= length == 4 ? 2 : 1
      offset += length
    }
    return min(offset, end)
  }

  /// The position of an offset of UTF-8.
  func position(of offset: Int) -> JSONTree {
    let offset = max(0, min(offset, file.bytes.count))
    let line = file.line(at: offset)
    var units = 0
    var index = file.lineStarts[line - 1]
    while index < offset {
      let length = Self.length(file.bytes[index])
      units += length == 4 ? 2 : 1
      index += length
    }
    return ["line": .int(line - 1), "character": .int(units)]
  }

  func range(_ bytes: Range<Int>) -> JSONTree {
    ["start": position(of: bytes.lowerBound), "end": position(of: bytes.upperBound)]
  }

  /// The bytes of a scalar by its first one; the text is valid UTF-8.
  private static func length(_ byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }
}
