import Glibc
import PlumbOutput
import PlumbSystem

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
      guard let data = UserFolders(environment: environment).data else {
        throw KernelError(
          "there is no home folder to install into", remedy: "name a folder with `--prefix`")
      }
      return data + "/jupyter/kernels"
    }
  }

  /// Writes the files of a kernel and gives their folder.
  package static func install(
    _ specification: KernelSpecification, into folder: String
  ) throws(KernelError) -> String {
    let target = folder + "/" + specification.name
    do throws(SystemError) {
      try makeFolders(target, mode: 0o755)
    } catch {
      throw cannotWrite(target, error)
    }
    for (name, text) in [
      ("kernel.json", specification.json), ("logo-svg.svg", KernelSpecification.logo),
    ] {
      do throws(OutputError) {
        let file = try ReplacementFile(target + "/" + name)
        try file.write(Array(text.utf8))
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
      if unlink(target + "/" + file) != 0, errno != ENOENT {
        throw cannotWrite(target, SystemError(errno))
      }
    }
    // What others have put there stays.
    rmdir(target)
    return true
  }

  private static func cannotWrite(_ path: String, _ error: SystemError) -> KernelError {
    KernelError(
      "cannot write `\(path)`: \(error.text)",
      remedy: "`--user` installs into your own folder, `--prefix DIR` elsewhere")
  }
}
