import Glibc

extension ShellCommand {
  static let edit = ShellCommand(
    "edit", summary: "edit the last entry in $VISUAL or $EDITOR, then at the prompt",
    details: "Ctrl-X Ctrl-E does the same with the entry at hand."
  ) { (shell, _) throws(ShellFailure) in
    let last = shell.entries.dropLast().last { !$0.hasPrefix(".") } ?? ""
    guard let text = shell.editExternally(last) else {
      throw ShellFailure(
        "the editor could not be run", remedy: "set `EDITOR` to one, such as `EDITOR=nano`")
    }
    shell.nextText = text
  }
}

extension Shell {
  /// Lets the user change a text in their editor; nil when that could not be run or failed.
  func editExternally(_ text: String) -> String? {
    guard let modes else { return nil }
    let folder = options.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array("\(folder)/plumb-edit-XXXXXX.plumb".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemps($0, 6) } ?? -1
    }
    guard descriptor >= 0 else { return nil }
    close(descriptor)
    let path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    defer { unlink(path) }
    let named = ["VISUAL", "EDITOR"].compactMap { options.environment[$0] }
    let command = named.first { !$0.isEmpty } ?? "vi"
    do throws(ShellFailure) {
      try TextFile.write(text + "\n", to: path, replaces: true)
      guard ExternalProgram.run(command, argument: path, modes: modes) == 0 else { return nil }
      let edited = try TextFile.read(path)
      return KeyDecoder.plain(edited).trimmingSpace()
    } catch {
      return nil
    }
  }
}
