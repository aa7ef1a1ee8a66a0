package import Glibc

/// The names in a folder but `.` and `..`, in no order.
package func fileNames(in folder: String) throws(SystemError) -> [String] {
  guard let stream = opendir(folder) else { throw SystemError(errno) }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

/// Makes a folder and those above it that are not there.
///
/// That one is there already is no error.
package func makeFolders(_ path: String, mode: mode_t) throws(SystemError) {
  var failureAbove: Int32?
  for slash in path.indices.dropFirst() where path[slash] == "/" {
    if mkdir(String(path[..<slash]), mode) != 0, errno != EEXIST {
      failureAbove = failureAbove ?? errno
    }
  }
  guard mkdir(path, mode) != 0, errno != EEXIST else { return }
  throw SystemError(errno == ENOENT ? failureAbove ?? ENOENT : errno)
}
