/// Completions for shells, from the definitions of options and subcommands.
enum Completions {
  private static let subcommandNames = Subcommand.all.map(\.name).joined(separator: " ")

  /// The subcommands with options of their own, then the command line without one of them.
  private static let scopes: [(pattern: String, options: [CommandOption])] =
    Subcommand.all.filter { !CommandOption.own(of: $0).isEmpty }
    .map { ($0.name, CommandOption.available(to: $0)) } + [("*", CommandOption.available(to: nil))]

  // MARK: bash

  static var bash: String {
    """
    # bash completion for plumb, printed by `plumb completions bash`

    _plumb() {
      local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} options
      COMPREPLY=()
      case ${COMP_WORDS[1]} in
    \(scopes.map { bashCase($0.pattern, $0.options) }.joined(separator: "\n"))
      esac
      if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        return
      fi
      compopt -o filenames
      mapfile -t COMPREPLY < <(
        compgen -f -- "$word"
        [ "$COMP_CWORD" -ne 1 ] || compgen -W "\(subcommandNames)" -- "$word"
      )
    }
    complete -F _plumb plumb

    """
  }

  /// What comes after an option that takes a value, and the names of all.
  private static func bashCase(_ pattern: String, _ options: [CommandOption]) -> String {
    let choices = options.compactMap { option -> String? in
      guard let words = option.value?.choices, !words.isEmpty else { return nil }
      return "        \(option.names.joined(separator: " | "))) mapfile -t COMPREPLY < "
        + "<(compgen -W \"\(words.joined(separator: " "))\" -- \"$word\"); return ;;\n"
    }
    let free = options.filter { $0.value.map { $0.choices.isEmpty && !$0.isFile } ?? false }
    return """
          \(pattern))
            options="\(options.flatMap(\.names).joined(separator: " "))"
            case $previous in
      \(choices.joined())        \(free.flatMap(\.names).joined(separator: " | "))) return ;;
            esac
            ;;
      """
  }

  // MARK: zsh

  static var zsh: String {
    let subcommands = Subcommand.all
      .map { "\($0.name)\\:\"\(zshEscaped($0.summary))\"" }.joined(separator: " ")
    return """
      #compdef plumb
      # zsh completion for plumb, printed by `plumb completions zsh`

      local -a options
      case $words[2] in
      \(scopes.map { zshCase($0.pattern, $0.options) }.joined(separator: "\n"))
      esac
      _arguments -s -S $options \\
        '1:subcommand or source:_alternative "subcommands:subcommand:((\(subcommands.replacing("\"", with: "\\\""))))" "files:source:_files"' \\
        '*:file:_files'

      """
  }

  private static func zshCase(_ pattern: String, _ options: [CommandOption]) -> String {
    """
      \(pattern))
        options=(
    \(options.map(zshOption).joined(separator: "\n"))
        )
        ;;
    """
  }

  private static func zshOption(_ option: CommandOption) -> String {
    var text = "[\(zshEscaped(option.summary))]"
    if let value = option.value {
      let words = value.choices.isEmpty ? "" : "(\(value.choices.joined(separator: " ")))"
      text += ":\(value.placeholder.lowercased()):" + (value.isFile ? "_files" : words)
    }
    let names = option.names
    if names.count == 1 { return "      '\(names[0])\(text)'" }
    return "      '(\(names.joined(separator: " ")))'{\(names.joined(separator: ","))}'\(text)'"
  }

  /// Brackets, colons and quotes mean something to `_arguments`; backquotes to the shell.
  private static func zshEscaped(_ text: String) -> String {
    text.replacing("`", with: "").replacing("'", with: "").replacing(":", with: "\\:")
      .replacing("[", with: "\\[").replacing("]", with: "\\]")
  }

  // MARK: fish

  static var fish: String {
    var lines = "# fish completion for plumb, printed by `plumb completions fish`\n\n"
    for subcommand in Subcommand.all {
      lines += "complete -c plumb -n __fish_use_subcommand -a \(subcommand.name)"
      lines += " -d '\(fishEscaped(subcommand.summary))'\n"
    }
    for option in CommandOption.available(to: nil) {
      let others = Subcommand.all.filter { subcommand in
        CommandOption.own(of: subcommand).contains { !Set($0.names).isDisjoint(with: option.names) }
      }
      let names = others.map(\.name).joined(separator: " ")
      lines += fishLine(option, names.isEmpty ? nil : "not __fish_seen_subcommand_from \(names)")
    }
    for subcommand in Subcommand.all {
      for option in CommandOption.own(of: subcommand) {
        lines += fishLine(option, "__fish_seen_subcommand_from \(subcommand.name)")
      }
    }
    return lines
  }

  private static func fishLine(_ option: CommandOption, _ condition: String?) -> String {
    var line = "complete -c plumb"
    if let condition { line += " -n '\(condition)'" }
    for name in option.names {
      line += name.hasPrefix("--") ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())"
    }
    if let value = option.value {
      line += value.isFile ? " -r" : " -x"
      if !value.choices.isEmpty { line += " -a '\(value.choices.joined(separator: " "))'" }
    }
    return line + " -d '\(fishEscaped(option.summary))'\n"
  }

  private static func fishEscaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
  }
}
