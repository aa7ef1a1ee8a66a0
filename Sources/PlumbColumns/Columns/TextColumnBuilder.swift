/// Builds a dictionary-coded text column.
package struct TextColumnBuilder: ~Copyable {
  private var interner = TextInterner()
  private var codes: GrowableBuffer<UInt32>
  private var validity = ValidityBuilder()

  package init(capacity: Int = 0) { codes = GrowableBuffer(capacity: capacity) }

  package var count: Int { codes.count }

  /// The number of distinct texts so far.
  package var distinctCount: Int { interner.count }

  /// Adds a text.
  package mutating func append(_ text: String) {
    codes.append(interner.intern(text))
    validity.appendValid()
  }

  /// Appends a text given as valid UTF-8.
  package mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    codes.append(interner.intern(text))
    validity.appendValid()
  }

  /// Adds a null.
  package mutating func appendNull() {
    codes.append(0)
    validity.appendNull()
  }

  /// The column of what was added.
  package consuming func finish() -> Column {
    if interner.count == 0, codes.count > 0 {
      // Every row is null: code 0 must still stand for a text.
      _ = interner.intern("")
    }
    let validity = validity.finish()
    let dictionary = interner.finish()
    let codes = codes.finish()
    return Column(
      type: .string, count: codes.count, storage: .text(codes, dictionary), validity: validity)
  }
}
