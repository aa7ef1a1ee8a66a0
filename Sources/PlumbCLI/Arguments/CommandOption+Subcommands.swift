extension CommandOption {
  /// The options that are known only after the name of their subcommand: elsewhere a script may
  /// have a parameter of that name.
  private static let ofOneSubcommand = ofHighlight + ofKernel

  /// The options that belong to one subcommand alone.
  static func own(of subcommand: Subcommand) -> [CommandOption] {
    (all + ofOneSubcommand).filter { $0.subcommand == subcommand.name }
  }

  /// The options on the command line of a subcommand, or without one: its own, and those of every
  /// one whose names it has not given another meaning.
  static func available(to subcommand: Subcommand?) -> [CommandOption] {
    let own = subcommand.map(own) ?? []
    let names = Set(own.flatMap(\.names))
    return own + all.filter { $0.subcommand == nil && names.isDisjoint(with: $0.names) }
  }

  /// The option of a name on the command line of a subcommand.
  static func named(_ name: String, of subcommand: Subcommand?) -> CommandOption? {
    let own = ofOneSubcommand.first {
      $0.subcommand == subcommand?.name && $0.names.contains(name)
    }
    return own ?? named(name)
  }
}
