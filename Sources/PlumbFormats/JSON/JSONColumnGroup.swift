import PlumbColumns

/// A column of a table whose rows were read in several parts.
struct JSONColumnGroup {
  let name: String
  /// The cells of each part; nil where no row of the part has the column.
  private let columns: [JSONColumn?]
  private let rowCounts: [Int]

  init(name: String, columns: [JSONColumn?], rowCounts: [Int]) {
    self.name = name
    self.columns = columns
    self.rowCounts = rowCounts
  }

  /// The column in the type that fits all cells, or in the given one.
  ///
  /// Where no type does, the cells are texts: strings as they are, all else as JSON.
  func finish(
    given: DataType?, path: String
  ) throws(ImportError) -> (column: Column, warning: String?) {
    var seen: JSONColumn.Kinds = []
    for (column, rowCount) in zip(columns, rowCounts) {
      if let column { seen.formUnion(column.close(rowCount: rowCount)) }
    }
    let form = given.map { self.form(given: $0, seen) } ?? self.form(of: seen)
    var parts: [Column] = []
    var firstRow = 0
    for (column, rowCount) in zip(columns, rowCounts) {
      if let column {
        parts.append(try column.column(as: form, firstRow: firstRow, path: path))
      } else {
        parts.append(.nulls(type(of: form), count: rowCount))
      }
      firstRow += rowCount
    }
    var warning: String?
    if case .mixed = form {
      warning =
        "the column `\(name)` of `\(path)` has values of several types and was read as text"
    }
    return (Column.concatenated(parts, type: type(of: form)), warning)
  }

  /// The form of a given type: the one that cells of its kinds have by themselves, else a
  /// conversion of each cell.
  private func form(given type: DataType, _ seen: JSONColumn.Kinds) -> JSONColumn.Form {
    switch (type, form(of: seen)) {
    case (.int, .integers), (.float, .floats), (.bool, .bools), (.timestamp, .timestamps):
      form(of: seen)
    case (.float, .integers): .floats
    case (.string, _) where seen == .text: .strings
    default: .given(type)
    }
  }

  private func form(of seen: JSONColumn.Kinds) -> JSONColumn.Form {
    switch seen {
    case []: return .nothing
    case .bool: return .bools
    case .int: return .integers
    case .float, [.int, .float]: return .floats
    case .text:
      return columns.allSatisfy({ $0?.readsAsTimestamps() ?? true }) ? .timestamps : .strings
    case [.text, .float], [.text, .int], [.text, .int, .float]:
      // Infinities and NaN are written as texts.
      return columns.allSatisfy({ $0?.textsAreNotFinite ?? true }) ? .floats : .mixed
    case .list:
      var type: DataType? = .null
      for case let column? in columns { type = type.flatMap { column.listType($0) } }
      return type.map { .lists($0.withoutNull) } ?? .mixed
    default: return .mixed
    }
  }

  private func type(of form: JSONColumn.Form) -> DataType {
    switch form {
    case .nothing, .strings, .mixed: .string
    case .bools: .bool
    case .integers: .int
    case .floats: .float
    case .timestamps: .timestamp
    case .lists(let type), .given(let type): type
    }
  }
}

/// The keys that the objects of all parts have had at one place.
final class JSONPlaces {
  private let path: String
  private var children: [JSONPlaces] = []
  private var indices: [String: Int] = [:]
  private var columns: [Int: JSONColumn] = [:]

  init(path: String = "") { self.path = path }

  /// Adds the keys and columns of a part.
  func add(_ tree: JSONKeyTree, part: Int) {
    if let column = tree.column { columns[part] = column }
    for child in tree.children {
      let index = indices[child.path] ?? children.count
      if index == children.count {
        indices[child.path] = index
        children.append(JSONPlaces(path: child.path))
      }
      children[index].add(child, part: part)
    }
  }

  /// All columns below, in the order in which their keys first came. Nulls where objects stand
  /// in other rows make no column.
  func groups(rowCounts: [Int]) -> [JSONColumnGroup] {
    var groups: [JSONColumnGroup] = []
    let isEmpty = columns.values.allSatisfy(\.isEmpty)
    if !columns.isEmpty, !isEmpty || children.isEmpty {
      groups.append(
        JSONColumnGroup(
          name: path, columns: rowCounts.indices.map { columns[$0] }, rowCounts: rowCounts))
    }
    for child in children { groups += child.groups(rowCounts: rowCounts) }
    return groups
  }
}
