extension Subcommand {
  /// `plumb completions SHELL`
  static let completions: Subcommand = Subcommand(
    "completions", arguments: "bash | zsh | fish", summary: "print completions for a shell"
  ) { (invocation, _) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.completions)) }
    switch invocation.positionals {
    case ["bash"]: return try printed(Completions.bash)
    case ["zsh"]: return try printed(Completions.zsh)
    case ["fish"]: return try printed(Completions.fish)
    default:
      throw CommandError(
        "`plumb completions` takes the name of a shell", remedy: "bash, zsh or fish")
    }
  }
}
