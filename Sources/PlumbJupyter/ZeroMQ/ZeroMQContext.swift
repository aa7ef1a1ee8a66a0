import CZeroMQ
import Glibc

/// What sockets of one process share.
///
/// Unchecked because libzmq says that a context may be used from any thread (zmq_ctx_new(3)).
final class ZeroMQContext: @unchecked Sendable {
  let library: ZeroMQLibrary
  private let context: UnsafeMutableRawPointer

  init() throws(KernelError) {
    library = try ZeroMQLibrary()
    guard let context = library.makeContext() else {
      throw KernelError("ZeroMQ cannot start: the process is out of descriptors or memory")
    }
    self.context = context
  }

  /// A socket of a kind such as `ZMQ_ROUTER`, bound to an address.
  ///
  /// Nothing is dropped for want of room: a lost `idle` makes clients wait for ever.
  func socket(
    _ kind: Int32, at address: String, _ keys: CurveKeys?, options: [(Int32, Int32)] = []
  ) throws(KernelError) -> ZeroMQSocket {
    guard let handle = library.open(context, kind) else {
      throw KernelError("ZeroMQ cannot make a socket: \(failure)")
    }
    let socket = ZeroMQSocket(library, handle)
    for (option, value) in [(ZMQ_LINGER, 500), (ZMQ_SNDHWM, 0), (ZMQ_RCVHWM, 0)] + options {
      socket.set(option, value)
    }
    if let keys {
      socket.set(ZMQ_CURVE_SERVER, 1)
      socket.set(ZMQ_CURVE_PUBLICKEY, keys.publicKey)
      socket.set(ZMQ_CURVE_SECRETKEY, keys.secretKey)
    }
    guard library.bind(handle, address) == 0 else {
      throw KernelError(
        "cannot listen at \(address): \(failure)",
        remedy: "another process may use the port; start the kernel anew")
    }
    return socket
  }

  private var failure: String { String(cString: strerror(library.errorNumber())).lowercased() }
}

/// The keys of an encrypted connection (CurveZMQ), 40 characters each.
struct CurveKeys: Sendable {
  let publicKey: String
  let secretKey: String
}
