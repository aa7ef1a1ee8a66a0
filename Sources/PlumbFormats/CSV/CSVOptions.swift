import PlumbColumns

/// What the user said of a file of separated values.
struct CSVOptions {
  var delimiter: UInt8?
  var hasHeader: Bool?
  var pads = false
  var null: [UInt8] = []
  var encoding: TextEncoding?
  var types: [String: DataType] = [:]
  /// Names in `types` that the files need not have: the keys of their folders.
  var optionalNames: Set<String> = []

  static let definitions = [
    Importer.Option("delimiter", .string, "the sign between cells, such as `\";\"`"),
    Importer.Option("header", .bool, "whether the first line has the names of the columns"),
    Importer.Option(
      "ragged", .string, "`\"pad\"` fills short rows with nulls and cuts long ones"),
    Importer.Option("null", .string, "a text that stands for null, such as `\"NA\"`"),
    Importer.Option("encoding", .string, "`\"utf-8\"`, `\"utf-16\"` or `\"latin1\"`"),
  ]

  init() {}

  init(_ request: OpenRequest) throws(ImportError) {
    types = request.types
    for (name, value) in request.options where !value.isNull {
      switch (name, value) {
      case ("delimiter", .string(let text)):
        guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, byte != 0x22,
          byte != 0x0A, byte != 0x0D
        else {
          throw Self.bad("`delimiter` takes one ASCII character", "write `delimiter = \";\"`")
        }
        delimiter = byte
      case ("header", .bool(let bool)): hasHeader = bool
      case ("ragged", .string("pad")): pads = true
      case ("ragged", .string("error")): pads = false
      case ("null", .string(let text)): null = Array(text.utf8)
      case ("encoding", .string(let text)):
        guard let named = TextEncoding.named(text) else {
          throw Self.bad(
            "the encoding `\(text)` is not known",
            "known are " + TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))
        }
        encoding = named
      default: throw Self.unknown(name)
      }
    }
    for (column, type) in types {
      switch type {
      case .int, .float, .bool, .string, .timestamp, .duration: break
      case .null, .list, .record:
        throw Self.bad(
          "the column `\(column)` of a text file cannot have the type \(type)",
          "read it as `string` and convert it, for example with `json(…)`")
      }
    }
  }

  private static func unknown(_ name: String) -> ImportError {
    guard let option = definitions.first(where: { $0.name == name }) else {
      return bad(
        "a text file has no option `\(name)`",
        "options are `types`, " + definitions.map { "`\($0.name)`" }.joined(separator: ", "))
    }
    return bad("the option `\(name)` does not take this value", "it is \(option.summary)")
  }

  private static func bad(_ message: String, _ remedy: String) -> ImportError {
    ImportError(.badOption, message, remedy: remedy)
  }
}
