import PlumbColumns
import Synchronization

/// The codes of metric keys during a read that several readers share.
///
/// The keys that runs are known to have are found without a lock; a key beyond these, which a
/// store that another program filled may hold, gets a new code.
final class KeyDirectory: Sendable {
  private let known: TextDictionary
  private let codes: CodeTable
  private let added = Mutex<[String: UInt32]>([:])

  init(_ keys: [String]) {
    known = TextDictionary(keys, isUnique: true)
    codes = CodeTable(known)
  }

  func knownCode(_ key: UnsafeBufferPointer<UInt8>) -> Int { codes.code(of: key) }

  func addedCode(_ key: String) -> UInt32 {
    added.withLock { added in
      if let code = added[key] { return code }
      let code = UInt32(known.count + added.count)
      added[key] = code
      return code
    }
  }

  /// All keys by their codes; to be called when the read is over.
  func texts() -> TextDictionary {
    let added = added.withLock { $0 }
    if added.isEmpty { return known }
    let texts = (0..<known.count).map { known[$0] }
    return TextDictionary(
      texts + added.sorted { $0.value < $1.value }.map(\.key), isUnique: true)
  }
}
