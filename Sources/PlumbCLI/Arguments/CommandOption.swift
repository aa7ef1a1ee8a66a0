/// An option of the command: the definition that reading, help, completions and the manual use.
struct CommandOption: Sendable {
  /// The names, a short one before the long one, with their dashes.
  let names: [String]
  /// What follows the name; nil for a switch.
  let value: ValueKind?
  /// What it does, for help: lower case, no full stop.
  let summary: String
  /// The subcommand it belongs to; nil when every one takes it.
  let subcommand: String?
  /// Takes the option's value, empty for a switch, into the invocation.
  let apply: @Sendable (String, inout Invocation) throws(CommandError) -> Void

  /// The value of an option.
  struct ValueKind: Sendable {
    /// How help calls it, such as `FORMAT`.
    let placeholder: String
    /// The words that it may be; empty when it is free.
    let choices: [String]
    let isFile: Bool

    static func text(_ placeholder: String) -> ValueKind {
      ValueKind(placeholder: placeholder, choices: [], isFile: false)
    }

    static func file(_ placeholder: String) -> ValueKind {
      ValueKind(placeholder: placeholder, choices: [], isFile: true)
    }

    static func choice(_ placeholder: String, _ choices: [String]) -> ValueKind {
      ValueKind(placeholder: placeholder, choices: choices, isFile: false)
    }
  }

  init(
    _ names: String..., value: ValueKind? = nil, summary: String, subcommand: String? = nil,
    apply: @escaping @Sendable (String, inout Invocation) throws(CommandError) -> Void
  ) {
    self.names = names
    self.value = value
    self.summary = summary
    self.subcommand = subcommand
    self.apply = apply
  }

  /// The names and the value's placeholder, such as `-f, --format FORMAT`.
  var usage: String {
    names.joined(separator: ", ") + (value.map { " " + $0.placeholder } ?? "")
  }
}
