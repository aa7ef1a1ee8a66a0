import PlumbSystem

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
    let folder = TemporaryFiles.folder(options.environment["TMPDIR"])
    let path = try? TemporaryFiles.make(
      in: folder, name: "plumb-edit", ending: ".plumb", Array("\(text)\n".utf8))
    guard let path else { return nil }
    defer { TemporaryFiles.remove(path) }
    let named = ["VISUAL", "EDITOR"].compactMap { options.environment[$0] }
    let command = named.first { !$0.isEmpty } ?? "vi"
    do throws(ShellFailure) {
      guard ExternalProgram.run(command, argument: path, modes: modes) == 0 else { return nil }
      let edited = try TextFile.read(path)
      return KeyDecoder.plain(edited).trimmingSpace()
    } catch {
      return nil
    }
  }
}
