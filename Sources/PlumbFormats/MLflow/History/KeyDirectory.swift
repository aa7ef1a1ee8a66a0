import PlumbColumns
import Synchronization

/// The codes of metric keys during a read that several readers share.
///
/// The keys that runs are known to have are found without a lock; a key beyond these, which a
/// store that another program filled may hold, gets a new code.
final class KeyDirectory: Sendable {
  private let known: TextDictionary
  private let codes: CodeTable
  private let added = Mutex<[String: Int]>([:])

  convenience init(_ keys: [String]) { self.init(TextDictionary(keys, isUnique: true)) }

  init(_ keys: TextDictionary) {
    known = keys
    codes = CodeTable(known)
  }

  func knownCode(_ key: UnsafeBufferPointer<UInt8>) -> Int { codes.code(of: key) }

  var knownCount: Int { known.count }

  /// The text of a known key; valid while the directory is.
  func knownText(_ code: Int) -> ExpectedText { ExpectedText(known.utf8(code)) }

  /// The code of a key that is not known, new if no reader has met it yet.
  func addedCode(_ key: String) -> Int {
    added.withLock { added in
      if let code = added[key] { return code }
      let code = known.count + added.count
      added[key] = code
      return code
    }
  }

  /// How many keys there may be: readers lay memory out for as many before they read.
  ///
  /// Few keys that nobody knew are to be expected, and if there should be more than this the
  /// read is done again with room for them.
  var roomForKeys: Int { max(known.count * 2, 128) }

  /// Whether more keys were met than there was room for.
  var isFull: Bool { known.count + added.withLock { $0.count } > roomForKeys }

  /// All keys by their codes; to be called when the read is over.
  func texts() -> TextDictionary {
    let added = added.withLock { $0 }
    if added.isEmpty { return known }
    let texts = (0..<known.count).map { known[$0] }
    return TextDictionary(
      texts + added.sorted { $0.value < $1.value }.map(\.key), isUnique: true)
  }
}
