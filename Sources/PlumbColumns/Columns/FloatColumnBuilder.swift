/// Builds a column of doubles.
package struct FloatColumnBuilder: ~Copyable {
  private var values: GrowableBuffer<Double>
  private var validity = ValidityBuilder()

  package init(capacity: Int = 0) { values = GrowableBuffer(capacity: capacity) }

  package var count: Int { values.count }

  package mutating func append(_ value: Double) {
    values.append(value)
    validity.appendValid()
  }

  package mutating func appendNull() {
    values.append(0)
    validity.appendNull()
  }

  package consuming func finish() -> Column {
    let validity = validity.finish()
    let values = values.finish()
    return Column(
      type: .float, count: values.count, storage: .float(values), validity: validity)
  }
}
