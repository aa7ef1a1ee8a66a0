# bash completion for plumb, printed by `plumb completions bash`

_plumb() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} options
  COMPREPLY=()
  case ${COMP_WORDS[1]} in
    fmt)
      options="--check -c -f --format -o --output --report --fail-on --allow-unknown --only --history --as-of --time-zone --max-rows --threads --memory-limit --timing --color --no-rc --quiet --version --help"
      case $previous in
        -f | --format) mapfile -t COMPREPLY < <(compgen -W "arrow arrows csv html json jsonl line markdown parquet table tsv" -- "$word"); return ;;
        --fail-on) mapfile -t COMPREPLY < <(compgen -W "info low medium high critical" -- "$word"); return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$word"); return ;;
        -c | --report | --only | --as-of | --time-zone | --max-rows | --threads | --memory-limit) return ;;
      esac
      ;;
    highlight)
      options="-f --format -c -o --output --report --fail-on --allow-unknown --only --history --as-of --time-zone --max-rows --threads --memory-limit --timing --color --no-rc --quiet --version --help"
      case $previous in
        -f | --format) mapfile -t COMPREPLY < <(compgen -W "ansi html" -- "$word"); return ;;
        --fail-on) mapfile -t COMPREPLY < <(compgen -W "info low medium high critical" -- "$word"); return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$word"); return ;;
        -c | --report | --only | --as-of | --time-zone | --max-rows | --threads | --memory-limit) return ;;
      esac
      ;;
    kernel)
      options="-f --connection-file --user --sys-prefix --prefix --name --display-name -c -o --output --report --fail-on --allow-unknown --only --history --as-of --time-zone --max-rows --threads --memory-limit --timing --color --no-rc --quiet --version --help"
      case $previous in
        --fail-on) mapfile -t COMPREPLY < <(compgen -W "info low medium high critical" -- "$word"); return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$word"); return ;;
        --name | --display-name | -c | --report | --only | --as-of | --time-zone | --max-rows | --threads | --memory-limit) return ;;
      esac
      ;;
    *)
      options="-c -f --format -o --output --report --fail-on --allow-unknown --only --history --as-of --time-zone --max-rows --threads --memory-limit --timing --color --no-rc --quiet --version --help"
      case $previous in
        -f | --format) mapfile -t COMPREPLY < <(compgen -W "arrow arrows csv html json jsonl line markdown parquet table tsv" -- "$word"); return ;;
        --fail-on) mapfile -t COMPREPLY < <(compgen -W "info low medium high critical" -- "$word"); return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$word"); return ;;
        -c | --report | --only | --as-of | --time-zone | --max-rows | --threads | --memory-limit) return ;;
      esac
      ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    return
  fi
  compopt -o filenames
  mapfile -t COMPREPLY < <(
    compgen -f -- "$word"
    [ "$COMP_CWORD" -ne 1 ] || compgen -W "run test audit fmt convert highlight kernel lsp help completions manual reference" -- "$word"
  )
}
complete -F _plumb plumb
