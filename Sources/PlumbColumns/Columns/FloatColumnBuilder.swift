/// Builds a column of doubles.
@usableFromInline
package struct FloatColumnBuilder: ~Copyable {
  @usableFromInline var values: GrowableBuffer<Double>
  @usableFromInline var validity = ValidityBuilder()

  package init(capacity: Int = 0) { values = GrowableBuffer(capacity: capacity) }

  package var count: Int { values.count }

  @inlinable package mutating func append(_ value: Double) {
    values.append(value)
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
    return Column(
      type: .float, count: values.count, storage: .float(values), validity: validity)
  }
}
