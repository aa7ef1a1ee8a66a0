/// A window on a buffer: the values of a column, without their validity.
@usableFromInline
package struct Values<Element: BitwiseCopyable>: Sendable {
  @usableFromInline package let buffer: Buffer<Element>
  @usableFromInline package let offset: Int
  @usableFromInline package let count: Int

  package init(_ buffer: Buffer<Element>) {
    self.init(buffer, offset: 0, count: buffer.count)
  }

  package init(_ buffer: Buffer<Element>, offset: Int, count: Int) {
    self.buffer = buffer
    self.offset = offset
    self.count = count
  }

  package init(_ elements: [Element]) { self.init(Buffer(elements)) }

  /// The first value. Valid only while the buffer is alive: take it from a parameter of the
  /// function that reads it, or keep the column alive with `withExtendedLifetime`.
  @inlinable package var pointer: UnsafePointer<Element> {
    UnsafePointer(buffer.base + offset)
  }

  @inlinable package subscript(index: Int) -> Element { buffer.base[offset + index] }

  /// The values from `start`, `count` of them.
  package func slice(_ start: Int, _ count: Int) -> Values {
    Values(buffer, offset: offset + start, count: count)
  }
}
