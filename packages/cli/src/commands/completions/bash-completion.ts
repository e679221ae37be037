import { completionCommands } from './completion-words.ts';

/** Words alone: bash shows no descriptions. */
export function bashCompletion(): string {
  const commands = completionCommands();
  const topLevel = commands.filter(({ name }) => !name.includes(' ')).map(({ name }) => name);
  const values = new Map(
    commands.flatMap(({ options }) =>
      options.flatMap(({ names, values: words }) =>
        words === null ? [] : names.map((name) => [name, words] as const),
      ),
    ),
  );
  return [
    '# cloche completions bash: put `source <(cloche completions bash)` into ~/.bashrc',
    '_cloche() {',
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"',
    '  local command="${COMP_WORDS[*]:1:3}" words=""',
    '  COMPREPLY=()',
    '  case "$before" in',
    ...[...values].map(([name, words]) =>
      words.length === 0
        ? `    ${name}) COMPREPLY=($(compgen -f -- "$word")); return ;;`
        : `    ${name}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;`,
    ),
    '  esac',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W '${[...topLevel, '--help', '--version'].join(' ')}' -- "$word"))`,
    '    return',
    '  fi',
    '  case "$command" in',
    // The longer name first: `executors add` before `executors`.
    ...commands
      .toSorted((left, right) => right.name.length - left.name.length)
      .map(({ name, options, words }) => {
        const all = [...words, ...options.flatMap((option) => option.names), '--help'];
        return `    '${name}'*) words='${all.join(' ')}' ;;`;
      }),
    '  esac',
    '  case "$word" in',
    '    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;',
    '    *) COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word")) ;;',
    '  esac',
    '}',
    'complete -o filenames -F _cloche cloche',
  ].join('\n');
}
