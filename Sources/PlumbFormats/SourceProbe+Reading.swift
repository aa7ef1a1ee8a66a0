import Glibc
package import PlumbColumns
import PlumbSystem

extension SourceProbe {
  /// Looks at an address on disk.
  package init(path: String) throws(ImportError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let isMissing = errno == ENOENT || errno == ENOTDIR
      throw ImportError(
        isMissing ? .notFound : .notReadable,
        "cannot open `\(path)`: \(systemErrorText(errno))",
        remedy: isMissing ? "check the path" : "check the file's permissions")
    }
    let isDirectory = status.st_mode & S_IFMT == S_IFDIR
    guard isDirectory || status.st_mode & S_IFMT == S_IFREG else {
      // Data is read in several passes and from several places at once.
      throw ImportError(
        .notReadable, "`\(path)` is a pipe or a device, and not a file",
        remedy: "write its data to a file first, such as `cat \(path) >data.csv`")
    }
    var head: [UInt8] = []
    if !isDirectory {
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw ImportError(
          .notReadable, "cannot open `\(path)`: \(systemErrorText(errno))",
          remedy: "check the file's permissions")
      }
      defer { close(descriptor) }
      head = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, 4096))
      }
    }
    self.init(
      path: path, isDirectory: isDirectory, head: head,
      files: isDirectory ? InputFiles.files(in: path) : [])
  }
}
