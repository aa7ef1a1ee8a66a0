import Glibc
import PlumbColumns
import PlumbDiagnostics
import PlumbStdlib
import PlumbSyntax

/// Finds, reads and parses what `import` names, once each.
final class ModuleLoader {
  /// A module of the program.
  final class Module {
    /// What tells modules apart: `std:NAME` or a path.
    let identity: String
    let bindingName: String
    let program: Program

    init(identity: String, bindingName: String, program: Program) {
      self.identity = identity
      self.bindingName = bindingName
      self.program = program
    }
  }

  private var programs: [String: Program] = [:]
  /// The texts of the modules that were read, by what tells modules apart.
  private(set) var files: [String: SourceFile] = [:]
  private var entered: [String] = []
  private let locate: (String) -> String

  /// - Parameter locate: Gives a path as the file system is asked for it.
  init(locate: @escaping (String) -> String) { self.locate = locate }

  /// The module that an import names; nil when there is none, which is reported.
  func module(for node: ImportStatement, diagnostics: inout Diagnostics) -> Module? {
    switch node.source {
    case .module(let name):
      guard let text = StandardLibrary.modules.first(where: { $0.name == name.text })?.text else {
        let names = StandardLibrary.modules.map(\.name)
        diagnostics.error(
          .unknownModule, "the standard library has no module `\(name.text)`", at: name.range,
          label: nearestName(to: name.text, in: names).map { "did you mean `\($0)`?" },
          notes: ["modules: " + names.joined(separator: ", ")],
          help: "a file is imported by its path: `import \"\(name.text).plumb\" as \(name.text)`")
        return nil
      }
      return parsed(
        identity: "std:" + name.text, fileName: "std:\(name.text)", bytes: Array(text.utf8),
        name: bindingName(of: node), diagnostics: &diagnostics)
    case .path(let literal):
      let path = resolvedPath(literal.value, relativeTo: node.range.file.name)
      guard let bytes = readFile(locate(path)) else {
        diagnostics.error(
          .cannotOpen, "cannot open `\(path)`: \(systemErrorText(errno))",
          at: literal.range, help: "the path counts from the file that imports it")
        return nil
      }
      return parsed(
        identity: path, fileName: path, bytes: bytes, name: bindingName(of: node),
        diagnostics: &diagnostics)
    }
  }

  /// The name under which an import makes its module known: the one given, or that of the file.
  func bindingName(of node: ImportStatement) -> String {
    if let alias = node.alias { return alias.text }
    switch node.source {
    case .module(let name): return name.text
    case .path(let literal):
      let stem = literal.value.split(separator: "/").last?.split(separator: ".").first
      return stem.map(String.init) ?? "module"
    }
  }

  private func parsed(
    identity: String, fileName: String, bytes: [UInt8], name: String,
    diagnostics: inout Diagnostics
  ) -> Module? {
    let identity = withoutDetours(identity)
    if let known = programs[identity] {
      return Module(identity: identity, bindingName: name, program: known)
    }
    var own = Diagnostics()
    let file = SourceFile(name: fileName, bytes: bytes)
    let program = parse(file, diagnostics: &own)
    let failed = own.hasErrors
    diagnostics.append(contentsOf: own)
    if failed { return nil }
    programs[identity] = program
    files[identity] = file
    return Module(identity: identity, bindingName: name, program: program)
  }

  /// Notes that a module's statements are being worked on; false when they already are.
  func enter(_ module: Module, range: SourceRange, diagnostics: inout Diagnostics) -> Bool {
    if entered.contains(module.identity) {
      diagnostics.error(
        .importCycle,
        "`\(module.identity)` imports itself", at: range,
        notes: ["the way: " + (entered + [module.identity]).joined(separator: " → ")],
        help: "what both need goes into a third file")
      return false
    }
    entered.append(module.identity)
    return true
  }

  func leave(_ module: Module) { entered.removeAll { $0 == module.identity } }

  /// A path without `.` and without `NAME/..`, so that a file is one module however it is reached.
  private func withoutDetours(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  private func resolvedPath(_ path: String, relativeTo file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return String(file[...slash]) + path
  }
}

/// A larger file is no module: reading a device must end.
private let moduleByteLimit = 1 << 28

/// The bytes of a file; nil with `errno` set when it cannot be read.
func readFile(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0 { return nil }
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
    guard bytes.count <= moduleByteLimit else {
      errno = EFBIG
      return nil
    }
  }
}
