/// Builds a column of bools.
@usableFromInline
package struct BoolColumnBuilder: ~Copyable {
  @usableFromInline var values: GrowableBuffer<UInt8>
  @usableFromInline var validity = ValidityBuilder()

  package init(capacity: Int = 0) { values = GrowableBuffer(capacity: capacity) }

  package var count: Int { values.count }

  @inlinable package mutating func append(_ value: Bool) {
    values.append(value ? 1 : 0)
    validity.appendValid()
  }

  /// Adds a null.
  package mutating func appendNull() {
    values.append(0)
    validity.appendNull()
  }

  /// The column of what was added.
  package consuming func finish() -> Column {
    let validity = validity.finish()
    let values = values.finish()
    return Column(type: .bool, count: values.count, storage: .bool(values), validity: validity)
  }
}
