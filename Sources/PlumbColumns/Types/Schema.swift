/// The names and types of a table's columns, in order.
package struct Schema: Sendable {
  package let fields: [Field]
  /// The open families of the table, also those in which no key has been seen.
  package let families: [Family]
  private let indices: [String: Int]

  /// A column's name and type.
  package struct Field: Hashable, Sendable {
    /// The name, flat: a member of a family is called `metrics.val_auc`.
    package let name: String
    package let type: DataType
    /// The family whose member the column is, such as `metrics`.
    package let family: String?
    /// Whether the type was inferred from text, so that a comparison with text uses the text.
    package let isInferred: Bool
    /// Whether the column is one of those that say most of a row: where there is no room for all,
    /// they are shown before the others.
    package let isTelling: Bool

    package init(
      _ name: String, _ type: DataType, family: String? = nil, isInferred: Bool = false,
      isTelling: Bool = false
    ) {
      self.name = name
      self.type = type
      self.family = family
      self.isInferred = isInferred
      self.isTelling = isTelling
    }

    /// The same column among those that say most.
    package var asTelling: Field {
      Field(name, type, family: family, isInferred: isInferred, isTelling: true)
    }

    /// The same column under another name, outside any family.
    package func renamed(_ name: String) -> Field {
      Field(name, type, family: nil, isInferred: isInferred, isTelling: isTelling)
    }

    /// The key within the family, or the whole name.
    package var key: Substring {
      guard let family else { return name[...] }
      return name.dropFirst(family.count + 1)
    }
  }

  /// An open set of columns under one prefix, such as `params.*`.
  package struct Family: Hashable, Sendable {
    package let name: String
    /// The type of a key that no row has.
    package let missingType: DataType

    package init(_ name: String, missingType: DataType) {
      self.name = name
      self.missingType = missingType
    }
  }

  package init(_ fields: [Field], families: [Family] = []) {
    self.fields = fields
    self.families = families
    var indices: [String: Int] = [:]
    indices.reserveCapacity(fields.count)
    for (index, field) in fields.enumerated() where indices[field.name] == nil {
      indices[field.name] = index
    }
    self.indices = indices
  }

  package var count: Int { fields.count }

  /// The position of the column called `name`.
  package func index(of name: String) -> Int? { indices[name] }

  package subscript(name: String) -> Field? { indices[name].map { fields[$0] } }

  /// The family of a name.
  package func family(_ name: String) -> Family? { families.first { $0.name == name } }
}
