import Glibc

/// The variables of the process.
var environmentVariables: [String: String] {
  var result: [String: String] = [:]
  var next = environ
  while let entry = next.pointee {
    let text = String(cString: entry)
    if let equal = text.firstIndex(of: "=") {
      result[String(text[..<equal])] = String(text[text.index(after: equal)...])
    }
    next += 1
  }
  return result
}

/// The absolute path by which this program was called.
///
/// A link on the path is not followed: it leads to the newer program after an update too.
func programPath() -> String {
  let called = CommandLine.arguments.first ?? "plumb"
  if called.hasPrefix("/") { return called }
  if called.contains("/") {
    let folder = realPath(String(called[..<(called.lastIndex(of: "/") ?? called.startIndex)]))
    let name = called.split(separator: "/").last ?? "plumb"
    return (folder ?? ".") + "/" + name
  }
  for folder in (environmentVariables["PATH"] ?? "").split(separator: ":") {
    let path = "\(folder)/\(called)"
    if folder.hasPrefix("/"), access(path, X_OK) == 0 { return path }
  }
  return realPath("/proc/self/exe") ?? called
}

private func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
