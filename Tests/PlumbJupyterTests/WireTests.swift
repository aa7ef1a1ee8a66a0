import PlumbColumns
import PlumbColumnsTesting
import Testing

@testable import PlumbJupyter

/// Messages as bytes: signatures, and what is no message.
@Suite struct WireTests {
  /// RFC 4231, test cases 1, 2 and 6.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func signaturesAreTheStandards(_ key: [UInt8], _ text: String, _ digest: String) {
    let signer = MessageSigner(key: key)
    let whole = [Array(text.utf8)]
    #expect(String(decoding: signer.signature(of: whole[...]), as: UTF8.self) == digest)
    // Frames are signed as if they were one.
    let parts = [Array(text.utf8.prefix(3)), Array(text.utf8.dropFirst(3))]
    #expect(signer.accepts(Array(digest.utf8), of: parts[...]))
    #expect(!signer.accepts(Array(digest.dropLast().utf8), of: parts[...]))
    #expect(!signer.accepts(Array(("0" + digest.dropFirst()).utf8), of: parts[...]))
  }

  @Test func aMessageIsReadAndWritten() throws {
    let writer = MessageWriter(signer: MessageSigner(key: Array("k".utf8)), user: "u")
    let frames = writer.frames(
      to: [[1, 2], []], "execute_request", ["code": "1"], parent: Array(#"{"a": [1]}"#.utf8))
    let request = try #require(KernelRequest(frames, writer.signer))
    #expect(request.identities == [[1, 2], []])
    #expect(request.type == "execute_request" && request.replyType == "execute_reply")
    #expect(request.content["code"]?.string == "1")
    #expect(frames[5] == Array(#"{"a": [1]}"#.utf8))
    #expect(KernelRequest(frames, MessageSigner(key: Array("other".utf8))) == nil)
  }

  @Test func nonsenseIsNoMessage() {
    var generator = SeededGenerator(seed: 7)
    let pieces: [[UInt8]] = [
      Array("<IDS|MSG>".utf8), Array("{}".utf8), Array(#"{"msg_type":"x_request"}"#.utf8),
      Array("[".utf8), [], [0xFF, 0xFE], Array(repeating: 0x5B, count: 5000), Array("null".utf8),
    ]
    for _ in 0..<10_000 {
      let frames = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? []
      }
      _ = KernelRequest(frames, MessageSigner(key: []))
      _ = KernelRequest(frames, MessageSigner(key: [1]))
    }
  }

  @Test(arguments: [
    "{}", "[]", "", #"{"shell_port": "x"}"#, #"{"shell_port": 99999999}"#,
    #"{"registration_port": 1}"#,
    #"{"shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5,"transport":"x"}"#,
    #"""
    {"shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5,"key":"k",
     "signature_scheme":"hmac-md5"}
    """#,
  ])
  func badConnectionFiles(_ text: String) {
    #expect(throws: KernelError.self) { try ConnectionFile(Array(text.utf8)) }
  }

  /// Cursors are counted in Unicode scalars, and may be anywhere.
  @Test func cursors() {
    let text = "é𝄞 x"
    let content: JSONTree = ["code": .string(text), "cursor_pos": 2]
    let cursor = CursorText(content)
    #expect(cursor.offset == 6 && cursor.scalars(before: 6) == 2)
    for position in [-5, 0, 4, 99, Int.max] {
      let cursor = CursorText(["code": .string(text), "cursor_pos": .int(position)])
      #expect((0...text.utf8.count).contains(cursor.offset))
    }
  }

  @Test func identifiersDiffer() {
    let made = Set((0..<1000).map { _ in randomIdentifier() })
    #expect(made.count == 1000 && made.allSatisfy { $0.count == 36 })
  }
}
