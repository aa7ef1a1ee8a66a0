/// Ways into a nested value, such as one that was read from JSON.
extension Value {
  /// The field of a record; null when there is none, and of what is no record. The last of two counts.
  package func member(_ name: String) -> Value { members.last { $0.name == name }?.value ?? .null }

  /// The fields of a record; none of what is no record.
  package var members: [RecordField] {
    if case .record(let fields) = self { fields } else { [] }
  }

  /// The elements of a list; none of what is no list.
  package var elements: [Value] {
    if case .list(let values, _) = self { values } else { [] }
  }

  /// A text; nil of anything else.
  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// An int; nil of anything else.
  package var integer: Int? {
    if case .int(let number) = self { number } else { nil }
  }
}
