# bash completion for plumb, printed by `plumb completions bash`

_plumb() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  case $previous in
    -f | --format) mapfile -t COMPREPLY < <(compgen -W "arrow arrows csv html json jsonl line markdown parquet table tsv" -- "$word"); return ;;
    --color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$word"); return ;;
    -c | --as-of | --time-zone | --max-rows | --threads | --memory-limit) return ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "-c -f --format -o --output --as-of --time-zone --max-rows --threads --memory-limit --timing --color --no-rc --quiet --check --version --help" -- "$word")
    return
  fi
  compopt -o filenames
  mapfile -t COMPREPLY < <(
    compgen -f -- "$word"
    [ "$COMP_CWORD" -ne 1 ] || compgen -W "run fmt help completions manual reference" -- "$word"
  )
}
complete -F _plumb plumb
