import PlumbColumns
import PlumbSystem

/// A message that came from a client.
struct KernelRequest: Sendable {
  /// What leads back to the client.
  let identities: [[UInt8]]
  /// The header as it came: replies carry it whole.
  let header: [UInt8]
  let type: String
  let content: JSONTree

  private static let delimiter = Array("<IDS|MSG>".utf8)

  /// Reads the frames of a message; nil when it is no message, or signed wrongly.
  init?(_ frames: [[UInt8]], _ signer: MessageSigner) {
    guard let index = frames.firstIndex(of: Self.delimiter), frames.count >= index + 6 else {
      return nil
    }
    let parts = frames[index + 2..<index + 6]
    guard signer.accepts(frames[index + 1], of: parts),
      let header = try? JSONTree.parse(frames[index + 2]),
      let type = header["msg_type"]?.string,
      let content = try? JSONTree.parse(frames[index + 5]), content.members != nil
    else { return nil }
    identities = Array(frames[..<index])
    self.header = frames[index + 2]
    self.type = type
    self.content = content
  }

  /// The type of the reply: `execute_reply` for `execute_request`.
  var replyType: String {
    type.hasSuffix("_request") ? String(type.dropLast("request".count)) + "reply" : type
  }
}

/// Makes the messages of one kernel process.
struct MessageWriter: Sendable {
  /// New in each process: a client tells a restart by it.
  let session = randomIdentifier()
  let signer: MessageSigner
  private let user: String

  /// The version of the protocol that messages follow.
  static let protocolVersion = "5.5"
  private static let delimiter = Array("<IDS|MSG>".utf8)
  private static let empty = Array("{}".utf8)

  init(signer: MessageSigner, user: String) {
    self.signer = signer
    self.user = user
  }

  /// The frames of a message: to a client, or with a topic to all that listen.
  func frames(
    to identities: [[UInt8]], _ type: String, _ content: JSONTree, parent: [UInt8]?,
    metadata: JSONTree = [:]
  ) -> [[UInt8]] {
    let header: JSONTree = [
      "msg_id": .string(randomIdentifier()), "session": .string(session),
      "username": .string(user), "date": .string(TimestampText.format(currentMicroseconds())),
      "msg_type": .string(type), "version": .string(Self.protocolVersion),
    ]
    let parts = [
      Array(header.text.utf8), parent ?? Self.empty, Array(metadata.text.utf8),
      Array(content.text.utf8),
    ]
    return identities + [Self.delimiter, signer.signature(of: parts[...])] + parts
  }
}
