import Glibc

/// The state of the process that everything else relies on.
enum StandardStreams {
  /// Makes the three standard descriptors exist and lets writes to a closed pipe fail.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    // A descriptor that is closed at the start would be given to the next file that is opened, and
    // results would go into it. Opened the wrong way round, its use is an error as it should be.
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }
}
