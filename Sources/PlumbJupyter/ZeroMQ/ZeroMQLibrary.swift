import CZeroMQ
import Glibc

/// The functions of libzmq, found when the kernel starts.
///
/// The library brings Kerberos, PGM and NORM with it, which have no archives to link: a program
/// that needs nothing else must not need them to answer `--help`. So only the kernel loads it.
struct ZeroMQLibrary: Sendable {
  let makeContext: @convention(c) () -> UnsafeMutableRawPointer?
  let open: @convention(c) (UnsafeMutableRawPointer?, Int32) -> UnsafeMutableRawPointer?
  let close: @convention(c) (UnsafeMutableRawPointer?) -> Int32
  let setOption: @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafeRawPointer?, Int) -> Int32
  let option:
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?
    ) -> Int32
  let bind: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Int32
  let send: @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, Int, Int32) -> Int32
  let initMessage: @convention(c) (UnsafeMutableRawPointer?) -> Int32
  let receive: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, Int32) -> Int32
  let data: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  let size: @convention(c) (UnsafeRawPointer?) -> Int
  let closeMessage: @convention(c) (UnsafeMutableRawPointer?) -> Int32
  let poll: @convention(c) (UnsafeMutableRawPointer?, Int32, Int) -> Int32
  let errorNumber: @convention(c) () -> Int32

  /// The names under which systems have the library.
  private static let names = ["libzmq.so.5", "libzmq.so"]

  init() throws(KernelError) {
    guard let handle = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first
    else {
      throw KernelError(
        "the notebook kernel needs the library ZeroMQ, which is not installed",
        remedy: "install it: `apt install libzmq5` on Debian and Ubuntu, `dnf install zeromq` on "
          + "Fedora, `conda install -c conda-forge zeromq` elsewhere")
    }
    func function<Function>(_ name: String, _: Function.Type) throws(KernelError) -> Function {
      guard let symbol = dlsym(handle, name) else {
        throw KernelError(
          "the installed ZeroMQ lacks the function `\(name)`", remedy: "install version 4 or later")
      }
      // The types are those of zmq.h, in which a pointer to a structure is passed as any pointer.
      return unsafeBitCast(symbol, to: Function.self)
    }
    makeContext = try function("zmq_ctx_new", type(of: makeContext))
    open = try function("zmq_socket", type(of: open))
    close = try function("zmq_close", type(of: close))
    setOption = try function("zmq_setsockopt", type(of: setOption))
    option = try function("zmq_getsockopt", type(of: option))
    bind = try function("zmq_bind", type(of: bind))
    send = try function("zmq_send", type(of: send))
    initMessage = try function("zmq_msg_init", type(of: initMessage))
    receive = try function("zmq_msg_recv", type(of: receive))
    data = try function("zmq_msg_data", type(of: data))
    size = try function("zmq_msg_size", type(of: size))
    closeMessage = try function("zmq_msg_close", type(of: closeMessage))
    poll = try function("zmq_poll", type(of: poll))
    errorNumber = try function("zmq_errno", type(of: errorNumber))
  }
}

/// Why the kernel cannot start, or a kernel cannot be installed.
package struct KernelError: Error, Sendable {
  /// What is wrong, lower case, without a full stop.
  package let message: String
  package let remedy: String?

  package init(_ message: String, remedy: String? = nil) {
    self.message = message
    self.remedy = remedy
  }
}
