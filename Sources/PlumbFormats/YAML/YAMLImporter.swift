import PlumbColumns

extension Importer {
  /// Records that people keep in YAML, such as waivers, and the front matter of model cards.
  package static let yaml = Importer(
    name: "yaml",
    summary: "records in YAML (`.yaml`, `.yml`), and the front matter of Markdown (`.md`)",
    extensions: ["yaml", "yml", "md"],
    recognizes: { _ in false },
    open: { (request) throws(ImportError) in
      try request.refuseOptions(of: "a YAML file", remedy: "the option is `types`")
      let files = try InputFiles.expand(request.path, extensions: ["yaml", "yml", "md"])
      var lines = TextBuffer(capacity: 1 << 12)
      for file in files {
        for row in try YAMLRows.read(file.path, request.control) {
          JSONText.append(row, to: &lines)
          lines.append(0x0A)
        }
      }
      var loader = JSONLoader(types: request.types, encoding: nil, control: request.control)
      let table =
        lines.count == 0
        ? Table(schema: Schema([]), columns: [], rowCount: 0)
        : try loader.load(Array(lines.bytes), from: files[0].path)
      return FileTableSource(
        address: request.path, format: "yaml", table: table,
        summary: "The records of \(request.path).", warnings: loader.warnings)
    })
}

/// Reads the rows of a file as values.
enum YAMLRows {
  /// The records of a file; of Markdown, its front matter, with the file's path as `file`.
  static func read(_ path: String, _ control: RunControl) throws(ImportError) -> [Value] {
    let file = try WholeFile.read(path, control)
    let bytes = withExtendedLifetime(file) { Array(file.bytes) }
    if let invalid = bytes.withUnsafeBufferPointer({ UTF8Text.firstInvalid($0) }) {
      throw ImportError(
        .corrupt, "`\(path)` is not UTF-8, from byte \(invalid) on", remedy: "save it as UTF-8",
        location: path)
    }
    if path.lowercased().hasSuffix(".md") {
      guard let matter = frontMatter(of: bytes) else {
        throw ImportError(
          .wrongFormat, "`\(path)` has no front matter",
          remedy: "a model card begins with a line `---`, then YAML, then another `---`",
          location: path)
      }
      let fields = try YAMLNode.documents(matter, path: path).first?.value ?? .record([])
      guard case .record(let members) = fields else { return [] }
      return [.record([Value.RecordField("file", .string(path))] + members)]
    }
    return try YAMLNode.documents(bytes, path: path).flatMap(\.rows).map {
      (node) throws(ImportError) in
      guard case .map = node else {
        throw ImportError(
          .wrongFormat, "`\(path)` holds a list of other things than records",
          remedy: "each element of the list has members, such as `- id: W-1`", location: path)
      }
      return node.value
    }
  }

  /// What stands between the lines `---` at the head of a text.
  private static func frontMatter(of bytes: [UInt8]) -> [UInt8]? {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasSuffix("\r") ? line.dropLast() : line
    }
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
      return nil
    }
    return Array(lines[1..<end].joined(separator: "\n").utf8) + [0x0A]
  }
}
