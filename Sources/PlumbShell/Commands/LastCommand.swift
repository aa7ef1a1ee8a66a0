import PlumbEngine

extension ShellCommand {
  static let last = ShellCommand(
    "last", summary: "show all rows of the last result, in the pager if they do not fit"
  ) { (shell, _) throws(ShellFailure) in
    guard let result = shell.session.lastResult else {
      throw ShellFailure("there is no last result yet")
    }
    shell.show(result, seconds: nil, isWhole: true)
  }
}
