import Foundation
import PlumbColumns

/// The canonical text of a column's values, as `Tests/Fixtures/parquet/canonical.py` writes it.
func canonicalLines(_ column: Column) -> [String] {
  (0..<column.count).map { canonicalText(column.value(at: $0)) }
}

private func canonicalText(_ value: Value) -> String {
  switch value {
  case .null: "N"
  case .bool(let bool): bool ? "b1" : "b0"
  case .int(let integer): "i\(integer)"
  case .float(let double):
    "f" + hexadecimal(double.isNaN ? 0x7FF8_0000_0000_0000 : double.bitPattern)
  case .string(let text): "s\(text.utf8.count):\(text)"
  case .timestamp(let microseconds): "t\(microseconds)"
  case .duration(let microseconds): "u\(microseconds)"
  case .list(let values, _): "[" + values.map(canonicalText).joined(separator: ",") + "]"
  case .record(let fields):
    "(" + fields.map { canonicalText($0.value) }.joined(separator: ",") + ")"
  }
}

private func hexadecimal(_ bits: UInt64) -> String {
  let digits = String(bits, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// FNV-1a of 64 bits over the lines, each with a newline behind it.
func fnv(_ lines: [String]) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for line in lines {
    for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ 0x0A) &* 0x100_0000_01B3
  }
  return hexadecimal(hash)
}

/// What `expected.json` of a folder of fixtures says of a file.
struct ExpectedTable: Decodable {
  let error: Bool?
  let rows: Int?
  let columns: [ExpectedColumn]?

  struct ExpectedColumn: Decodable {
    let name: String
    let type: String
    let fnv: String
    let first: [String]
  }

  static func all(in folder: URL) throws -> [String: ExpectedTable] {
    try JSONDecoder().decode(
      [String: ExpectedTable].self,
      from: Data(contentsOf: folder.appending(path: "expected.json")))
  }
}
