# Completion for lanescope-cli in bash. What there is to choose from is asked of the program itself,
# as its --help, list and show tell it: nothing here has to follow when an option is added.
#
# The functions share the variables of the last one: the program, its words so far, the value that is
# being written, and what it could be: `found`, or `files`, the option of compgen for them.

_lanescope_cli_ask ()
{
  LC_ALL=C.UTF-8 LANGUAGE= "$program" "$@" 2>/dev/null </dev/null
}

_lanescope_cli_workloads ()
{
  _lanescope_cli_ask list | sed -n 's/^\([^ ]*\)  .*/\1/p'
}

# Words that a user chooses from, as the text of a help line begins: "sequential, async or threads (…)".
_lanescope_cli_choices ()
{
  sed -e 's/^Modes: //' -e 's/ *[(:].*//' -e 's/ or /, /g' -e 's/, /\n/g' <<<"$1"
}

# What the values of an option are.
_lanescope_cli_values ()
{
  local line kind parameters
  line=$(sed -n "s/^  $1=//p" <<<"$help")
  kind=${line%% *}
  line=$(sed 's/^[^ ]* *//' <<<"$line")
  case $kind in
    FILE | PROGRAM) files=-f ;;
    FOLDER) files=-d ;;
    MODE | ORDER) found=$(_lanescope_cli_choices "$line") ;;
    LIST) [[ $line == Modes:* ]] && found=$(_lanescope_cli_choices "$line") ;;
    NAME=VALUE)
      [[ -n $workload ]] || return
      parameters=$(_lanescope_cli_ask show "$workload")
      if [[ $value == *=* ]]; then
        found=$(awk -v name="${value%%=*}" '
          /^  [a-z]/ { inside = $1 == name }
          inside && /^      [^ ]+: / { sub (/:$/, "", $1); print name "=" $1 }' <<<"$parameters")
      else
        found=$(sed -n 's/^  \([a-z][a-z0-9_-]*\) (.*)$/\1=/p' <<<"$parameters")
      fi
      ;;
  esac
}

# After "--" come a command and its words.
_lanescope_cli_command ()
{
  if declare -F _command_offset >/dev/null; then
    _command_offset "$1"
  elif ((COMP_CWORD == $1)); then
    mapfile -t COMPREPLY < <(compgen -c -- "${COMP_WORDS[COMP_CWORD]}")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
    compopt -o filenames 2>/dev/null
  fi
}

# Whether an option, a value or a word is being written, and what it could be.
_lanescope_cli_find ()
{
  local current=${words[-1]} previous=${words[-2]} help workload= word
  help=$(_lanescope_cli_ask "${words[1]}" --help | sed 's/^  -h, /  /')
  # The workload that was named, for its parameters.
  if grep -q '^  lanescope-cli .*WORKLOAD' <<<"$help"; then
    for word in "${words[@]:2:${#words[@]}-3}"; do
      [[ -n $workload || $word == -* ]] || workload=$(_lanescope_cli_workloads | grep -Fx -- "$word")
    done
  fi

  if [[ $current == --*=* ]]; then
    value=${current#*=}
    _lanescope_cli_values "${current%%=*}"
  elif [[ $previous == --* && $previous != *=* ]] && grep -q "^  $previous=" <<<"$help"; then
    _lanescope_cli_values "$previous"
  elif [[ $current == -* ]]; then
    found=$(sed -n 's/^  \(--[a-z-]*=\?\).*/\1/p' <<<"$help")
  else
    case $(sed -n 's/^  lanescope-cli [a-z]* \[[^]]*\] *//p' <<<"$help") in
      WORKLOAD*) found=$(_lanescope_cli_workloads) ;;
      FILE* | A*) files=-f ;;
    esac
  fi
}

_lanescope_cli ()
{
  local program=$1 words=() word value found= files= i

  # Bash cuts words at "=": here they are whole again.
  COMPREPLY=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i > 1 && i < COMP_CWORD)) && [[ $word == -- ]]; then
      _lanescope_cli_command $((i + 1))
      return
    elif ((${#words[@]} > 2)) &&
        [[ $word == =* || ( ${words[-1]} == *= && ( -n $word || ${COMP_LINE:0:COMP_POINT} == *= ) ) ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done

  value=${words[-1]}
  if ((${#words[@]} <= 2)); then
    found=$(_lanescope_cli_ask --help | sed -n 's/^  \([a-z]*\) .*  [A-Z].*/\1/p')$'\n--help\n--version'
  else
    _lanescope_cli_find
  fi
  if [[ -n $files ]]; then
    mapfile -t COMPREPLY < <(compgen "$files" -- "$value")
    compopt -o filenames 2>/dev/null
    return
  fi
  while IFS= read -r word; do
    [[ -n $word && $word == "$value"* ]] || continue
    [[ $word == *= ]] && compopt -o nospace 2>/dev/null
    # What bash replaces begins after the last "=".
    [[ $value == *=* ]] && word=${word#"${value%=*}="}
    COMPREPLY+=("$word")
  done <<<"$found"
}

complete -F _lanescope_cli lanescope-cli
