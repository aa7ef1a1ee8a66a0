import PlumbColumns

/// Finds a run by its id: the hot path of reading parameters, tags and metrics.
///
/// Immutable after it is made, so that several readers may share it.
final class RunDirectory: @unchecked Sendable {
  /// The ids of all runs, in the order of the table `runs`.
  let ids: TextDictionary
  private let codes: CodeTable

  init(_ runs: [RunRecord]) {
    ids = TextDictionary(runs.map(\.id), isUnique: true)
    codes = CodeTable(ids)
  }

  var count: Int { ids.count }

  /// The position of the run with this id, or -1.
  func position(_ id: UnsafeBufferPointer<UInt8>) -> Int { codes.code(of: id) }

  func position(_ id: String) -> Int {
    var id = id
    return id.withUTF8 { codes.code(of: $0) }
  }
}

/// The codes of a dictionary's texts.
///
/// `TextDictionary.code(of:)` takes a lock; this does not.
struct CodeTable: Sendable {
  private let dictionary: TextDictionary
  private let index: TextIndex

  init(_ dictionary: TextDictionary) {
    self.dictionary = dictionary
    index = TextIndex(dictionary)
  }

  /// The code of a text (the first, should it repeat), or -1.
  @inline(__always)
  func code(of text: UnsafeBufferPointer<UInt8>) -> Int {
    index.code(of: text, in: dictionary) ?? -1
  }
}
