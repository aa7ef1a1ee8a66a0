import PlumbSystem

/// Starts a thread that runs a closure. Sockets wait in threads and not in tasks: two waits would
/// take all threads that tasks have on a machine of two cores.
func startKernelThread(_ body: @escaping @Sendable () -> Void) throws(KernelError) {
  guard startThread(body) else { throw KernelError("the machine is out of threads") }
}
