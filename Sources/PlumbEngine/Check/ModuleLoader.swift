import PlumbDiagnostics
import PlumbStdlib
import PlumbSyntax
import PlumbSystem

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
      let bytes: [UInt8]
      do throws(SystemError) {
        bytes = try readFile(locate(path), byteLimit: moduleByteLimit)
      } catch {
        diagnostics.error(
          .cannotOpen, "cannot open `\(path)`: \(error.text)",
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

/// A larger file is no module.
private let moduleByteLimit = 1 << 28
