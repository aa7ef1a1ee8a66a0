import PlumbColumns

/// The text and the path that the functions of JSON take, each distinct path read once.
final class JSONArguments {
  private let texts: TextRows
  private let paths: TextRows
  private var known: [UInt32: JSONPath] = [:]

  init(_ call: KernelCall) { (texts, paths) = (call.text(0), call.text(1)) }

  /// The part of a row's text, if there is one.
  func part(_ row: Int) throws(FunctionError) -> JSONPart? {
    let path = try path(row)
    do throws(JSONError) {
      return try JSONPart(texts.utf8(row), path)
    } catch {
      throw FunctionError(
        "the text is not JSON: \(error.message)",
        hint: "at byte \(error.offset) of \(quotedBriefly(texts[row]))")
    }
  }

  private func path(_ row: Int) throws(FunctionError) -> JSONPath {
    let code = paths.codes[row]
    if let path = known[code] { return path }
    let path = try JSONPath(paths[row])
    known[code] = path
    return path
  }
}

extension Parameter {
  /// What most functions of JSON take: a text, and the path of a part of it.
  static let textAndPath = [
    Parameter("text", .string), Parameter("path", .string, default: .string("$")),
  ]
}

extension ScalarFunction {
  /// What their documentation says of paths.
  static let pathSyntax =
    "A path is like `$.a.b[0]` or `a.b[0]`, with quotes around odd names: `$[\"val/acc\"]`; "
    + "negative positions count from the end."
}
