import Glibc
import PlumbOutput

/// Where Jupyter looks for kernels.
package enum KernelFolder {
  /// Whose Jupyter is to find the kernel.
  package enum Place: Sendable {
    /// The user's.
    case user
    /// The one installed under a prefix, such as that of a Python environment.
    case prefix(String)
  }

  /// The folder that holds the folders of kernels.
  ///
  /// As jupyter_core's `jupyter_path` has it: `JUPYTER_DATA_DIR`, else the folder for data of
  /// programs; under a prefix `share/jupyter`.
  package static func path(
    _ place: Place, environment: [String: String]
  ) throws(KernelError) -> String {
    switch place {
    case .prefix(let prefix): return prefix + "/share/jupyter/kernels"
    case .user:
      if let folder = environment["JUPYTER_DATA_DIR"], !folder.isEmpty {
        return folder + "/kernels"
      }
      if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") {
        return folder + "/jupyter/kernels"
      }
      guard let home = environment["HOME"], !home.isEmpty else {
        throw KernelError(
          "there is no home folder to install into", remedy: "name a folder with `--prefix`")
      }
      return home + "/.local/share/jupyter/kernels"
    }
  }

  /// Writes the files of a kernel and gives their folder.
  package static func install(
    _ specification: KernelSpecification, into folder: String
  ) throws(KernelError) -> String {
    let target = folder + "/" + specification.name
    var path = target.hasPrefix("/") ? "" : "."
    for part in target.split(separator: "/") {
      path += "/" + part
      if mkdir(path, 0o755) != 0, errno != EEXIST { throw cannotWrite(path, errno) }
    }
    for (name, text) in [
      ("kernel.json", specification.json), ("logo-svg.svg", KernelSpecification.logo),
    ] {
      do throws(OutputError) {
        let file = try ReplacementFile(target + "/" + name)
        if let failure = writeAll(text, to: file.descriptor) {
          throw OutputError(.writeFailed, String(cString: strerror(failure)))
        }
        try file.finish()
      } catch {
        throw KernelError("cannot write `\(target)/\(name)`: \(error.message)")
      }
    }
    return target
  }

  /// Removes the files of a kernel; false when there are none.
  package static func uninstall(_ name: String, from folder: String) throws(KernelError) -> Bool {
    let target = folder + "/" + name
    guard access(target + "/kernel.json", F_OK) == 0 else { return false }
    for file in ["kernel.json", "logo-svg.svg"] {
      if unlink(target + "/" + file) != 0, errno != ENOENT { throw cannotWrite(target, errno) }
    }
    // What others have put there stays.
    rmdir(target)
    return true
  }

  private static func cannotWrite(_ path: String, _ number: Int32) -> KernelError {
    KernelError(
      "cannot write `\(path)`: \(String(cString: strerror(number)).lowercased())",
      remedy: "`--user` installs into your own folder, `--prefix DIR` elsewhere")
  }
}
