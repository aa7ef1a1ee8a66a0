/// Why data could not be read: what happened, where in the data, and what to do about it.
package struct ImportError: Error, Sendable {
  package let kind: Kind
  /// What is wrong, in the user's words, lower case, without a full stop.
  package let message: String
  /// What to do about it.
  package let remedy: String?
  /// Where: a path, with a line, row or byte where known (`data.csv:12`).
  package let location: String?

  /// What went wrong, as a closed set that maps to diagnostic codes.
  package enum Kind: Sendable {
    case notFound
    case notReadable
    case wrongFormat
    case corrupt
    case locked
    case badValue
    case badOption
    case interrupted
    case memoryLimit
    case writeFailed
  }

  package init(_ kind: Kind, _ message: String, remedy: String? = nil, location: String? = nil) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
    self.location = location
  }

  /// The message with as much of the place before it as it does not say itself.
  package var placedMessage: String {
    guard let location else { return message }
    let path = location.prefix { $0 != ":" }
    if message.contains(path) { return message }
    return message.contains("line ") ? "\(path): \(message)" : "\(location): \(message)"
  }
}
