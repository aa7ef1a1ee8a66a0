import PlumbColumns
import Synchronization

extension Column {
  /// The dictionary of a column of texts that is no constant.
  var dictionary: TextDictionary? {
    switch storage {
    case .text8(_, let known), .text16(_, let known), .text32(_, let known): known
    case .int8, .int16, .int32, .int64, .float, .bool, .list, .record, .constant: nil
    }
  }
}

/// A dictionary with some texts added, the same one from batch to batch.
///
/// Branches and defaults bring constant texts into columns. If each batch made a dictionary of
/// its own, whoever puts batches together or groups by them would have to merge them all.
final class ExtendedDictionaryCache: Sendable {
  private struct Entry {
    let base: TextDictionary
    let texts: [String]
    let result: TextDictionary
    let codes: [UInt32]
  }

  private let entry = Mutex<Entry?>(nil)

  /// A dictionary that begins with all of `base`, and the codes of `texts` in it.
  func extended(
    _ base: TextDictionary, by texts: [String]
  ) -> (dictionary: TextDictionary, codes: [UInt32]) {
    entry.withLock { entry in
      if let entry, entry.base === base, entry.texts == texts {
        return (entry.result, entry.codes)
      }
      let (result, codes) = Self.extend(base, texts)
      entry = Entry(base: base, texts: texts, result: result, codes: codes)
      return (result, codes)
    }
  }

  private static func extend(
    _ base: TextDictionary, _ texts: [String]
  ) -> (TextDictionary, [UInt32]) {
    var added: [String] = []
    var codes: [UInt32] = []
    for text in texts {
      let code =
        firstCode(of: text, in: base)
        ?? added.firstIndex { $0.utf8.elementsEqual(text.utf8) }.map { base.count + $0 }
      codes.append(UInt32(truncatingIfNeeded: code ?? base.count + added.count))
      if code == nil { added.append(text) }
    }
    // Code 0 must stand for a text even where every row is null.
    if base.count == 0, added.isEmpty { added.append("") }
    if added.isEmpty { return (base, codes) }
    var builder = TextDictionaryBuilder()
    for code in 0..<base.count { builder.append(base.utf8(code)) }
    for text in added { builder.append(text) }
    return (builder.finish(isUnique: base.isUnique), codes)
  }

  /// By going through the texts: cheaper, once, than to hash them all.
  private static func firstCode(of text: String, in base: TextDictionary) -> Int? {
    let wanted = TextDictionary([text])
    defer { withExtendedLifetime(wanted) {} }
    for code in 0..<base.count where equalTexts(base.utf8(code), wanted.utf8(0)) { return code }
    return nil
  }
}

/// A dictionary with each text between two others, the same one from batch to batch.
final class FramedDictionaryCache: Sendable {
  private let entry = Mutex<
    (base: TextDictionary, before: String, after: String, result: TextDictionary)?
  >(nil)

  /// The texts of `base`, code by code, with `before` and `after` around them.
  func framed(_ base: TextDictionary, before: String, after: String) -> TextDictionary {
    entry.withLock { entry in
      if let entry, entry.base === base, entry.before == before, entry.after == after {
        return entry.result
      }
      var builder = TextDictionaryBuilder()
      var buffer = TextBuffer()
      for code in 0..<base.count {
        buffer.removeAll()
        buffer.append(before)
        buffer.append(base.utf8(code))
        buffer.append(after)
        builder.append(buffer.bytes)
      }
      let result = builder.finish(isUnique: base.isUnique)
      entry = (base, before, after, result)
      return result
    }
  }
}

/// The texts of one dictionary, each followed by each text of another, the same dictionary from
/// batch to batch.
final class PairedDictionaryCache: Sendable {
  /// The most pairs that are made.
  static let mostPairs = 1 << 14

  private struct Entry {
    let left: TextDictionary
    let right: TextDictionary
    let result: TextDictionary
  }

  private let entry = Mutex<Entry?>(nil)

  /// The text of codes `i` and `j` has the code `i * right.count + j`; nil where there are many
  /// more pairs than rows.
  func paired(_ left: TextDictionary, _ right: TextDictionary, rows: Int) -> TextDictionary? {
    let (count, overflow) = left.count.multipliedReportingOverflow(by: right.count)
    guard !overflow, count > 0, count <= min(Self.mostPairs, max(256, rows)) else { return nil }
    return entry.withLock { entry in
      if let entry, entry.left === left, entry.right === right { return entry.result }
      var builder = TextDictionaryBuilder()
      var buffer = TextBuffer()
      for i in 0..<left.count {
        for j in 0..<right.count {
          buffer.removeAll()
          buffer.append(left.utf8(i))
          buffer.append(right.utf8(j))
          builder.append(buffer.bytes)
        }
      }
      // Different pairs may give the same text.
      let result = builder.finish(isUnique: false)
      entry = Entry(left: left, right: right, result: result)
      return result
    }
  }
}
