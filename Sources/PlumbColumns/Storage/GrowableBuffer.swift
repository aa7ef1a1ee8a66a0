/// A buffer that grows while it is filled, then becomes an immutable window.
///
/// Appending is a store and a compare; unlike `Array` there is no uniqueness check per element.
@usableFromInline
package struct GrowableBuffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var buffer: Buffer<Element>
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline package internal(set) var count: Int

  package init(capacity: Int = 0) {
    let capacity = Swift.max(capacity, 16)
    let buffer = Buffer<Element>(count: capacity)
    self.buffer = buffer
    base = buffer.base
    self.capacity = capacity
    count = 0
  }

  @inlinable package mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    base[count] = element
    count &+= 1
  }

  /// Adds an element several times.
  package mutating func append(repeating element: Element, count more: Int) {
    if count + more > capacity { grow(to: count + more) }
    (base + count).update(repeating: element, count: more)
    count += more
  }

  /// Adds elements from memory.
  package mutating func append(from source: UnsafePointer<Element>, count more: Int) {
    guard more > 0 else { return }
    if count + more > capacity { grow(to: count + more) }
    (base + count).update(from: source, count: more)
    count += more
  }

  @inlinable package subscript(index: Int) -> Element {
    get { base[index] }
    set { base[index] = newValue }
  }

  /// The first element; invalid after the next append.
  @inlinable package var pointer: UnsafeMutablePointer<Element> { base }

  @usableFromInline mutating func grow(to minimum: Int) {
    let larger = Buffer<Element>(count: Swift.max(minimum, capacity * 2))
    larger.base.update(from: base, count: count)
    buffer = larger
    base = larger.base
    capacity = larger.count
  }

  /// The filled part. Memory more than a quarter too large is given back.
  package consuming func finish() -> Values<Element> {
    if capacity - count > capacity / 4 {
      let exact = Buffer<Element>(count: count)
      exact.base.update(from: base, count: count)
      return Values(exact)
    }
    return Values(buffer, offset: 0, count: count)
  }
}
