import type { CompletedJob, Offer, Word } from './completed-job.ts'

/** The script of each shell that is known. */
export const shells: Readonly<Record<string, (jobs: readonly CompletedJob[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

// In each of them a line is read up to the cursor: `start` before `run`, `run` before the job, `job` before `--`, and
// `flags` after it. What a job takes is asked by the job and the word before the cursor.

function bashScript(jobs: readonly CompletedJob[]): string {
  const listed = (words: readonly Word[]) => quoted(words.map(({ word }) => word).join(' '))
  const offer = ({ words, files }: Offer) =>
    words.length > 0 ? `words=${listed(words)}; files=${files}` : `words=; files=${files}`
  return `# Completes "npm run JOB -- …" where Commentariat lies. Made by: npm run --silent completion -- bash
_commentariat_offer() {
  case "$1 $2" in
${casesOf(jobs, offer, '    ')}
  esac
}

_commentariat() {
  local line=\${COMP_LINE:0:COMP_POINT} state=start job='' previous='' current='' words='' files=false word
  local -a typed
  read -ra typed <<<"$line"
  if [[ $line != *' ' ]]; then
    current=\${typed[\${#typed[@]} - 1]}
    unset "typed[\${#typed[@]} - 1]"
  fi
  for word in "\${typed[@]:1}"; do
    case "$state $word" in
      'start run' | 'start run-script') state=run ;;
      'run -'*) ;;
      'run '*) job=$word state=job ;;
      'job --') state=flags ;;
    esac
    previous=$word
  done
  COMPREPLY=()
  if [[ $state == start ]] || ! grep -qs '"name": "commentariat"' package.json; then
    if declare -F _npm_completion >/dev/null; then _npm_completion "$@"; fi
    return
  fi
  case $state in
    run) words=${listed(jobs.map(({ script }) => ({ word: script, about: '' })))} ;;
    job) words=-- ;;
    flags) _commentariat_offer "$job" "$previous" ;;
  esac
  if [[ $files == true && $current != -* ]]; then return; fi
  compopt +o default 2>/dev/null
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  # The line editor takes what stands before a colon for a word of its own.
  if [[ $current == *:* ]]; then COMPREPLY=("\${COMPREPLY[@]#"\${current%"\${current##*:}"}"}"); fi
}
complete -o default -F _commentariat npm
`
}

function zshScript(jobs: readonly CompletedJob[]): string {
  const listed = (words: readonly Word[]) =>
    words.map(({ word, about }) => quoted(`${word.replaceAll(':', '\\:')}:${about}`)).join(' ')
  const offer = ({ words, files }: Offer) => `offered=(${listed(words)}); files=${files}`
  return `# Completes "npm run JOB -- …" where Commentariat lies. Made by: npm run --silent completion -- zsh
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
[[ \${_comps[npm]:-} == _commentariat ]] || typeset -g _commentariat_former=\${_comps[npm]:-}

_commentariat_offer() {
  case "$1 $2" in
${casesOf(jobs, offer, '    ')}
  esac
}

_commentariat() {
  local state=start job='' previous='' files=false word
  local -a offered
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$state $word" in
      ('start run'|'start run-script') state=run ;;
      ('run -'*) ;;
      ('run '*) job=$word state=job ;;
      ('job --') state=flags ;;
    esac
    previous=$word
  done
  if [[ $state == start ]] || ! grep -qs '"name": "commentariat"' package.json; then
    if [[ -n $_commentariat_former ]]; then $_commentariat_former "$@"; else _default; fi
    return
  fi
  case $state in
    (run) offered=(${listed(jobs.map(({ script, about }) => ({ word: script, about })))}) ;;
    (job) offered=('--:flags of the job') ;;
    (flags) _commentariat_offer "$job" "$previous" ;;
  esac
  if [[ $files == true && $PREFIX != -* ]]; then _files; return; fi
  _describe word offered
}
compdef _commentariat npm
`
}

function fishScript(jobs: readonly CompletedJob[]): string {
  const listed = (words: readonly Word[]) =>
    words.map(({ word, about }) => fishQuoted(`${word}\t${about}`)).join(' ')
  const offer = ({ words }: Offer) => (words.length > 0 ? `printf '%s\\n' ${listed(words)}` : 'true')
  const scripts = jobs.map(({ script, about }) => ({ word: script, about }))
  const withFiles = jobs.flatMap(({ script, offer: { files }, values }) => [
    ...(files ? [`${script} *`] : []),
    ...[...values].flatMap(([flag, value]) => (value.files ? [`${script} ${flag}`] : [])),
  ])
  return `# Completes "npm run JOB -- …" where Commentariat lies. Made by: npm run --silent completion -- fish
function __commentariat_place --description 'How far the line is: start; run; job; or flags, with the job and the last word'
    set -l state start
    set -l job
    set -l previous
    for word in (commandline -opc)[2..-1]
        switch "$state $word"
            case 'start run' 'start run-script'
                set state run
            case 'run -*'
            case 'run *'
                set state job
                set job $word
            case 'job --'
                set state flags
        end
        set previous $word
    end
    grep -qs '"name": "commentariat"' package.json; or set state start
    test $state = flags; and printf '%s\\n' flags $job $previous; or printf '%s\\n' $state
end

function __commentariat_offer
    set -l place (__commentariat_place)
    switch "$place"
        case run
            printf '%s\\n' ${listed(scripts)}
        case job
            printf '%s\\n' --
${jobs.map((job) => fishCases(job, offer)).join('\n')}
    end
end

function __commentariat_is_here
    test (__commentariat_place)[1] != start
end

function __commentariat_takes_files
    set -l place (__commentariat_place)
    string match -q -- '-*' (commandline -ct); and return 1
    switch "$place"
        case ${withFiles.map((place) => fishQuoted(`flags ${place}`)).join(' ')}
            return 0
    end
    return 1
end
complete --command npm --condition __commentariat_is_here --no-files --arguments '(__commentariat_offer)'
complete --command npm --condition __commentariat_takes_files --force-files
`
}

/** Arms of a \`case\` of bash and zsh: flags with a value before the job itself. */
function casesOf(jobs: readonly CompletedJob[], show: (offer: Offer) => string, indent: string): string {
  return jobs
    .flatMap(({ script, offer, values }) => [
      ...[...values].map(([flag, value]) => `${indent}${quoted(`${script} ${flag}`)}) ${show(value)} ;;`),
      `${indent}${quoted(`${script} `)}*) ${show(offer)} ;;`,
    ])
    .join('\n')
}

function fishCases({ script, offer, values }: CompletedJob, show: (offer: Offer) => string): string {
  const arm = (pattern: string, shown: Offer) =>
    `        case ${fishQuoted(`flags ${script} ${pattern}`)}\n            ${show(shown)}`
  return [...[...values].map(([flag, value]) => arm(flag, value)), arm('*', offer)].join('\n')
}

/** In single quotes, as bash and zsh read them. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const fishQuoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
