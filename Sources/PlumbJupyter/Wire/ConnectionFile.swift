import PlumbColumns

/// Where a client expects the kernel, as it has written into a file.
struct ConnectionFile: Sendable {
  let transport: String
  let host: String
  let shellPort: Int
  let iopubPort: Int
  let stdinPort: Int
  let controlPort: Int
  let heartbeatPort: Int
  /// The key of signatures; empty for none.
  let key: [UInt8]
  let curve: CurveKeys?

  init(_ text: [UInt8]) throws(KernelError) {
    let tree: JSONTree
    do throws(JSONError) { tree = try JSONTree.parse(text) } catch {
      throw KernelError("the connection file is no JSON: \(error.message)")
    }
    if tree["registration_port"] != nil {
      throw KernelError(
        "the client asks for the handshake of protocol 5.6, which this kernel does not have",
        remedy: "install the kernel anew with `plumb kernel install`: it announces protocol 5.5")
    }
    func port(_ name: String) throws(KernelError) -> Int {
      guard let port = tree[name]?.int, (0...65_535).contains(port) else {
        throw KernelError("the connection file names no `\(name)`")
      }
      return port
    }
    transport = tree["transport"]?.string ?? "tcp"
    guard transport == "tcp" || transport == "ipc" else {
      throw KernelError("the transport `\(transport)` is not known; it is tcp or ipc")
    }
    host = tree["ip"]?.string ?? "127.0.0.1"
    shellPort = try port("shell_port")
    iopubPort = try port("iopub_port")
    stdinPort = try port("stdin_port")
    controlPort = try port("control_port")
    heartbeatPort = try port("hb_port")
    key = Array((tree["key"]?.string ?? "").utf8)
    let scheme = tree["signature_scheme"]?.string ?? "hmac-sha256"
    guard key.isEmpty || scheme == "hmac-sha256" else {
      throw KernelError("the signature scheme `\(scheme)` is not known; it is hmac-sha256")
    }
    if let publicKey = tree["curve_publickey"]?.string,
      let secretKey = tree["curve_secretkey"]?.string
    {
      curve = CurveKeys(publicKey: publicKey, secretKey: secretKey)
    } else {
      curve = nil
    }
  }

  func address(_ port: Int) -> String {
    transport == "ipc" ? "ipc://\(host)-\(port)" : "tcp://\(host):\(port)"
  }
}
