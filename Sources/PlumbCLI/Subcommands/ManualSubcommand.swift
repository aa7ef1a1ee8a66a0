extension Subcommand {
  /// `plumb manual`
  static let manual: Subcommand = Subcommand(
    "manual", arguments: "", summary: "print the manual page, in man's format"
  ) { (invocation, _) throws(CommandError) in
    try printed(invocation.showsHelp ? HelpText.of(.manual) : ManualPage.text)
  }
}
