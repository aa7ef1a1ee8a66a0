/// Completions for shells, from the definitions of options and subcommands.
enum Completions {
  private static let subcommandNames = Subcommand.all.map(\.name).joined(separator: " ")

  static var bash: String {
    let choices = CommandOption.all.filter { !($0.value?.choices.isEmpty ?? true) }
      .map { option in
        let words = option.value?.choices.joined(separator: " ") ?? ""
        return "    \(option.names.joined(separator: " | "))) "
          + "mapfile -t COMPREPLY < <(compgen -W \"\(words)\" -- \"$word\"); return ;;\n"
      }
    let free = CommandOption.all
      .filter { $0.value.map { $0.choices.isEmpty && !$0.isFile } ?? false }
      .flatMap(\.names).joined(separator: " | ")
    let all = CommandOption.all.flatMap(\.names).joined(separator: " ")
    return """
      # bash completion for plumb, printed by `plumb completions bash`

      _plumb() {
        local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
        COMPREPLY=()
        case $previous in
      \(choices.joined())    \(free)) return ;;
        esac
        if [[ $word == -* ]]; then
          mapfile -t COMPREPLY < <(compgen -W "\(all)" -- "$word")
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

  static var zsh: String {
    let options = CommandOption.all.map { option in
      let summary = zshEscaped(option.summary)
      var action = ""
      if let value = option.value {
        let words = value.isFile ? "_files" : "(\(value.choices.joined(separator: " ")))"
        let placeholder = value.placeholder.lowercased()
        action = ":\(placeholder):" + (value.isFile || !value.choices.isEmpty ? words : "")
      }
      if option.names.count == 1 { return "  '\(option.names[0])[\(summary)]\(action)' \\\n" }
      let names = option.names
      return "  '(\(names.joined(separator: " ")))'{\(names.joined(separator: ","))}"
        + "'[\(summary)]\(action)' \\\n"
    }
    let subcommands = Subcommand.all
      .map { "\($0.name)\\:\"\(zshEscaped($0.summary))\"" }.joined(separator: " ")
    return """
      #compdef plumb
      # zsh completion for plumb, printed by `plumb completions zsh`

      _arguments -s -S \\
      \(options.joined())  '1:subcommand or source:_alternative "subcommands:subcommand:((\(subcommands.replacing("\"", with: "\\\""))))" "files:source:_files"' \\
        '*:file:_files'

      """
  }

  /// Brackets, colons and quotes mean something to `_arguments`; backquotes to the shell.
  private static func zshEscaped(_ text: String) -> String {
    text.replacing("`", with: "").replacing("'", with: "").replacing(":", with: "\\:")
      .replacing("[", with: "\\[").replacing("]", with: "\\]")
  }

  static var fish: String {
    var lines = "# fish completion for plumb, printed by `plumb completions fish`\n\n"
    for subcommand in Subcommand.all {
      lines += "complete -c plumb -n __fish_use_subcommand -a \(subcommand.name)"
      lines += " -d '\(fishEscaped(subcommand.summary))'\n"
    }
    for option in CommandOption.all {
      lines += "complete -c plumb"
      if let owner = option.subcommand { lines += " -n '__fish_seen_subcommand_from \(owner)'" }
      for name in option.names {
        lines += name.hasPrefix("--") ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())"
      }
      if let value = option.value {
        lines += value.isFile ? " -r" : " -x"
        if !value.choices.isEmpty { lines += " -a '\(value.choices.joined(separator: " "))'" }
      }
      lines += " -d '\(fishEscaped(option.summary))'\n"
    }
    return lines
  }

  private static func fishEscaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
  }
}
