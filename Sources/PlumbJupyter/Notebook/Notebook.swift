import PlumbColumns

/// A notebook file: cells of text and code (nbformat 4).
///
/// What is not understood stays as it is, so that writing a notebook loses nothing.
package struct Notebook: Sendable {
  /// The cells.
  package var cells: [Cell]
  /// The file without its cells.
  private var frame: JSONTree

  /// A cell.
  package struct Cell: Sendable {
    package var kind: Kind
    package var source: String
    /// All of the cell as the file has it, for what is not changed here.
    var tree: JSONTree

    package enum Kind: String, Sendable { case code, markdown, raw }

    package init(_ kind: Kind, _ source: String) {
      self.kind = kind
      self.source = source
      tree = [:]
    }

    /// The words that the author has put on the cell.
    package var tags: [String] { (tree["metadata"]?["tags"]?.array ?? []).compactMap(\.string) }
  }

  /// An empty notebook of the kernel.
  package init(cells: [Cell], version: String) {
    self.cells = cells
    frame = [
      "metadata": [
        "kernelspec": ["display_name": "Plumb", "language": "plumb", "name": "plumb"],
        "language_info": [
          "file_extension": ".plumb", "mimetype": "text/x-plumb", "name": "plumb",
          "pygments_lexer": "plumb", "version": .string(version),
        ],
      ], "nbformat": 4, "nbformat_minor": 5,
    ]
  }

  /// Reads a file.
  package init(_ bytes: [UInt8]) throws(KernelError) {
    do throws(JSONError) { frame = try JSONTree.parse(bytes) } catch {
      throw KernelError("the notebook is no JSON: \(error.message) (byte \(error.offset))")
    }
    guard frame["nbformat"]?.int == 4, let trees = frame["cells"]?.array else {
      throw KernelError(
        "the file is no notebook of format 4",
        remedy: "`jupyter nbconvert --to notebook` brings older ones to it")
    }
    cells = []
    for (index, tree) in trees.enumerated() {
      guard let kind = tree["cell_type"]?.string.flatMap(Cell.Kind.init(rawValue:)),
        let source = Self.text(tree["source"])
      else { throw KernelError("cell \(index + 1) of the notebook is malformed") }
      var cell = Cell(kind, source)
      cell.tree = tree
      cells.append(cell)
    }
    frame["cells"] = nil
  }

  /// A text, which files write whole or as a list of lines.
  private static func text(_ tree: JSONTree?) -> String? {
    switch tree {
    case .string(let text)?: text
    case .array(let lines)?: lines.compactMap(\.string).joined()
    default: nil
    }
  }

  /// The language of its kernel; empty when the file does not say.
  package var language: String {
    frame["metadata"]?["kernelspec"]?["language"]?.string
      ?? frame["metadata"]?["language_info"]?["name"]?.string ?? ""
  }

  /// The file's text, with keys sorted and sources as lists of lines, as Jupyter writes it.
  package var text: String {
    var whole = frame
    whole["cells"] = .array(cells.enumerated().map { $1.written(number: $0 + 1) })
    return Self.sorted(whole).indentedText + "\n"
  }

  private static func sorted(_ tree: JSONTree) -> JSONTree {
    switch tree {
    case .object(let members):
      .object(
        members.map { JSONTree.Member($0.name, sorted($0.value)) }
          .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    case .array(let elements): .array(elements.map(sorted))
    case .null, .bool, .int, .float, .string: tree
    }
  }
}

extension Notebook.Cell {
  fileprivate func written(number: Int) -> JSONTree {
    var result = tree
    result["cell_type"] = .string(kind.rawValue)
    result["source"] = .lines(source)
    if result["metadata"] == nil { result["metadata"] = [:] }
    if result["id"] == nil { result["id"] = .string("cell-\(number)") }
    if kind == .code {
      if result["outputs"] == nil { result["outputs"] = [] }
      if result["execution_count"] == nil { result["execution_count"] = .null }
    }
    return result
  }

  /// Puts the outputs of a run in place of those that the cell had.
  mutating func setOutputs(_ outputs: [JSONTree], count: Int) {
    tree["outputs"] = .array(outputs)
    tree["execution_count"] = .int(count)
  }
}

extension JSONTree {
  /// A text as a list of lines, each with its newline, as notebooks keep texts.
  static func lines(_ text: String) -> JSONTree {
    var parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    let last = parts.popLast() ?? ""
    return .array(
      parts.map { .string($0 + "\n") } + (last.isEmpty ? [] : [.string(String(last))]))
  }
}
