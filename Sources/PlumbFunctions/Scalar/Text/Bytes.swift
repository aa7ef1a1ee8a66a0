import Glibc
import PlumbColumns

/// The position of the first occurrence of `part` at or behind `start`, in bytes.
///
/// UTF-8 is such that bytes found are characters found.
func findBytes(
  _ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
) -> Int? {
  guard let partBase = part.baseAddress, part.count > 0 else { return start }
  guard let base = text.baseAddress else { return nil }
  var start = start
  while start + part.count <= text.count {
    let positions = text.count - part.count - start + 1
    guard let found = memchr(base + start, Int32(partBase[0]), positions) else { return nil }
    start = UnsafeRawPointer(found) - UnsafeRawPointer(base)
    if memcmp(base + start, partBase, part.count) == 0 { return start }
    start += 1
  }
  return nil
}

/// The parts between the occurrences of a separator; the whole for an empty one.
func splitBytes(
  _ text: UnsafeBufferPointer<UInt8>, at separator: UnsafeBufferPointer<UInt8>
) -> [String] {
  var parts: [String] = []
  var start = 0
  while !separator.isEmpty, let found = findBytes(separator, in: text, from: start) {
    parts.append(String(decoding: text[start..<found], as: UTF8.self))
    start = found + separator.count
  }
  parts.append(String(decoding: text[start...], as: UTF8.self))
  return parts
}

/// Whether UTF-8 begins with other UTF-8.
func hasPrefix(
  _ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>
) -> Bool {
  text.count >= part.count && text.prefix(part.count).elementsEqual(part)
}

/// Whether UTF-8 ends with other UTF-8.
func hasSuffix(_ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
  text.count >= part.count && text.suffix(part.count).elementsEqual(part)
}

/// A list of texts as a value.
func textList(_ texts: [String]) -> Value {
  .list(texts.map(Value.string), element: .string)
}
