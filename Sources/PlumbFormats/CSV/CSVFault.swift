import PlumbColumns

/// What can be wrong with a record, without its place.
enum CSVFault: Equatable {
  case openQuote
  case textAfterQuote
  case tooFewCells(Int, expected: Int)
  case tooManyCells(Int, expected: Int)
  case badValue(type: DataType, column: String, text: String)

  func error(at offset: Int, _ file: WholeFile, _ path: String) -> ImportError {
    let line = file.line(of: offset)
    let message: String
    let remedy: String
    var kind = ImportError.Kind.corrupt
    switch self {
    case .openQuote:
      message = "the quote that opens on line \(line) is never closed"
      remedy = "close it; a quote within quotes is written twice (`\"\"`)"
    case .textAfterQuote:
      message = "line \(line) has text after a closing quote"
      remedy = "a quote within quotes is written twice (`\"\"`)"
    case .tooFewCells(let count, let expected), .tooManyCells(let count, let expected):
      message = "line \(line) has \(count) \(count == 1 ? "cell" : "cells"), not \(expected)"
      remedy = "mend the line, or read the file with `ragged = \"pad\"`"
    case .badValue(let type, let column, let text):
      kind = .badValue
      message = "`\(text)` in column `\(column)` on line \(line) is no \(type)"
      remedy = "read the column with another type: `types = {\(column): \"string\"}`"
    }
    return ImportError(kind, message, remedy: remedy, location: "\(path):\(line)")
  }
}
