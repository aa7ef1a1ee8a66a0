import CZeroMQ
import Foundation
import PlumbColumns
import Testing

@testable import PlumbJupyter

/// A kernel process and a client of it, over real sockets.
@Suite(.serialized) struct ConversationTests {
  @Test func aSession() throws {
    let client = try Client()
    defer { client.end() }
    let info = try client.ask("kernel_info_request", [:])
    #expect(info.reply["language_info"]?["name"]?.string == "plumb")

    let sum = try client.execute("let kept = 41; kept + 1")
    #expect(sum.reply["execution_count"]?.int == 1)
    #expect(sum.published.map(\.type) == ["status", "execute_input", "execute_result", "status"])
    #expect(sum.published[2].content["data"]?["text/plain"]?.string == "42")

    let failed = try client.execute("print(\"before\"); 1 // 0")
    #expect(
      failed.published.map(\.type) == ["status", "execute_input", "stream", "error", "status"])
    #expect(failed.reply["ename"]?.string == "E0402")
    #expect(try client.execute("kept").reply["status"]?.string == "ok")
  }

  /// What follows a failed cell does not run, and a long cell can be stopped from the control channel.
  @Test func failuresAndInterrupts() throws {
    let client = try Client()
    defer { client.end() }
    let long = try client.send("execute_request", ["code": "var i = 0; while true { i = i + 1 }"])
    let next = try client.send("execute_request", ["code": "1"])
    try client.waitForInput(of: long)
    let info = try client.send("kernel_info_request", [:], channel: \.control)
    #expect(try client.reply(to: info, on: \.control)["status"]?.string == "ok")
    _ = try client.send("interrupt_request", [:], channel: \.control)
    #expect(try client.reply(to: long)["ename"]?.string == "Interrupted")
    #expect(try client.reply(to: next)["status"]?.string == "aborted")
    #expect(try client.execute("2").reply["status"]?.string == "ok")
  }

  @Test func theEnd() throws {
    let client = try Client()
    defer { client.end() }
    let asked = try client.send("shutdown_request", ["restart": true], channel: \.control)
    #expect(try client.reply(to: asked, on: \.control)["restart"]?.bool == true)
    #expect(client.waitForEnd() == 0)
  }
}

/// A client of a kernel that it has started.
private final class Client {
  let library: ZeroMQLibrary
  let shell: ZeroMQSocket
  let control: ZeroMQSocket
  private let iopub: ZeroMQSocket
  private let process = Process()
  private let folder: URL
  private let writer = MessageWriter(signer: MessageSigner(key: Array("secret".utf8)), user: "test")

  struct Failure: Error { let text: String }

  struct Published {
    let type: String
    let content: JSONTree
    let parent: String
  }

  init() throws {
    let library = try ZeroMQLibrary()
    let context = library.makeContext()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(randomIdentifier())
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // Sockets of files have no ports that others could take.
    let connection: JSONTree = [
      "transport": "ipc", "ip": .string(folder.path + "/k"), "key": "secret",
      "signature_scheme": "hmac-sha256", "shell_port": 1, "iopub_port": 2, "stdin_port": 3,
      "control_port": 4, "hb_port": 5,
    ]
    let file = folder.appendingPathComponent("connection.json")
    try Data(connection.text.utf8).write(to: file)
    process.executableURL = Self.program
    process.arguments = ["kernel", "run", "-f", file.path]
    process.environment = ["HOME": folder.path, "PLUMB_HISTORY": ""]
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.library = library
    self.folder = folder
    func connect(_ kind: Int32, _ port: Int) throws -> ZeroMQSocket {
      guard let handle = library.open(context, kind),
        let symbol = dlsym(dlopen("libzmq.so.5", RTLD_NOW), "zmq_connect")
      else { throw Failure(text: "no socket") }
      let connect = unsafeBitCast(
        symbol, to: (@convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Int32).self
      )
      let socket = ZeroMQSocket(library, handle)
      socket.set(ZMQ_LINGER, 0)
      if kind == ZMQ_SUB { _ = library.setOption(handle, ZMQ_SUBSCRIBE, "", 0) }
      #expect(connect(handle, "ipc://\(folder.path)/k-\(port)") == 0)
      return socket
    }
    shell = try connect(ZMQ_DEALER, 1)
    iopub = try connect(ZMQ_SUB, 2)
    control = try connect(ZMQ_DEALER, 4)
    // From here on nothing that is published is missed.
    while try published().type != "iopub_welcome" {}
  }

  /// The program under test: that of `PLUMB_PROGRAM`, else the debug build's.
  private static var program: URL {
    if let path = ProcessInfo.processInfo.environment["PLUMB_PROGRAM"] {
      return URL(fileURLWithPath: path)
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(".build/debug/plumb")
  }

  func send(
    _ type: String, _ content: JSONTree, channel: KeyPath<Client, ZeroMQSocket> = \.shell
  ) throws -> String {
    let frames = writer.frames(to: [], type, content, parent: nil)
    self[keyPath: channel].send(frames)
    let header = try JSONTree.parse(frames[2])
    return header["msg_id"]?.string ?? ""
  }

  func reply(
    to id: String, on channel: KeyPath<Client, ZeroMQSocket> = \.shell
  ) throws -> JSONTree {
    while true {
      let frames = try next(self[keyPath: channel])
      if try JSONTree.parse(frames[frames.count - 3])["msg_id"]?.string == id {
        return try JSONTree.parse(frames[frames.count - 1])
      }
    }
  }

  func ask(_ type: String, _ content: JSONTree) throws -> (reply: JSONTree, published: [Published])
  {
    let id = try send(type, content)
    let reply = try reply(to: id)
    var all: [Published] = []
    while true {
      let message = try published()
      guard message.parent == id else { continue }
      all.append(message)
      if message.content["execution_state"]?.string == "idle" { return (reply, all) }
    }
  }

  func execute(_ code: String) throws -> (reply: JSONTree, published: [Published]) {
    try ask("execute_request", ["code": .string(code)])
  }

  func waitForInput(of id: String) throws {
    while true {
      let message = try published()
      if message.parent == id, message.type == "execute_input" { return }
    }
  }

  private func published() throws -> Published {
    let frames = try next(iopub)
    let header = try JSONTree.parse(frames[frames.count - 4])
    let parent = try JSONTree.parse(frames[frames.count - 3])
    return Published(
      type: header["msg_type"]?.string ?? "",
      content: try JSONTree.parse(frames[frames.count - 1]),
      parent: parent["msg_id"]?.string ?? "")
  }

  private func next(_ socket: ZeroMQSocket) throws -> [[UInt8]] {
    for _ in 0..<600 {
      if let frames = socket.receive(), frames.count >= 6 { return frames }
      ZeroMQSocket.wait(for: [socket], milliseconds: 100, library)
    }
    throw Failure(text: "no answer")
  }

  func waitForEnd() -> Int32 {
    for _ in 0..<200 where process.isRunning { usleep(20_000) }
    return process.isRunning ? -1 : process.terminationStatus
  }

  func end() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }
}
