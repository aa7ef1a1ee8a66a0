import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

extension ShellCommand {
  static let settings = ShellCommand(
    "settings", arguments: "[NAME VALUE]",
    summary: "show how the shell is set and the files that it uses, or set something",
    details: "In the start file `plumb/plumbrc` of the folder for settings (`~/.config`), a line "
      + "such as `.settings rows 20` does so for every session.",
    choices: { _, words in
      guard words.count > 1 else {
        return ShellCommand.words(ShellSetting.all.map { ($0.name, $0.summary) })
      }
      return ShellCommand.words(ShellSetting.named(words[0])?.values ?? [])
    }
  ) { (shell, text) throws(ShellFailure) in
    let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    guard let name = words.first else { return shell.say(overview(shell)) }
    guard let setting = ShellSetting.named(name) else {
      let names = ShellSetting.all.map(\.name)
      let near = nearestName(to: name, in: names).map { "did you mean `\($0)`? " } ?? ""
      throw ShellFailure(
        "nothing is set as `\(name)`", remedy: near + "There are: " + names.joined(separator: ", "))
    }
    guard words.count > 1 else { return shell.say("\(name): \(setting.get(shell))\n") }
    try setting.set(shell, words[1].trimmingSpace())
  }

  private static func overview(_ shell: Shell) -> String {
    let width = ShellSetting.all.map { $0.get(shell).count }.max() ?? 0
    let settings = ShellSetting.all.map { setting -> (name: String, text: String) in
      let value = setting.get(shell)
      let padding = String(repeating: " ", count: width - value.count)
      return (setting.name, "\(value)\(padding)  \(setting.summary)")
    }
    let files: [(name: String, text: String)] = [
      ("history", shell.history.map { escapingControlCharacters($0.path) } ?? "off"),
      ("start file", shell.startFilePath.map { escapingControlCharacters($0) } ?? "none"),
    ]
    return shell.columns(settings) + "\nFiles:\n" + shell.columns(files)
  }
}
