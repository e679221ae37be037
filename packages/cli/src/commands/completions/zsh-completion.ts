import { completionCommands } from './completion-words.ts';
import type { CompletionOption } from './completion-words.ts';

/** With descriptions, for `autoload -U compinit`. */
export function zshCompletion(): string {
  const commands = completionCommands();
  const topLevel = commands.filter(({ name }) => !name.includes(' '));
  return [
    '#compdef cloche',
    '# cloche completions zsh: put `source <(cloche completions zsh)` into ~/.zshrc, after compinit',
    '_cloche() {',
    '  local -a commands',
    `  commands=(${topLevel.map(({ name, description }) => quote(`${name}:${description}`)).join(' ')})`,
    '  if (( CURRENT == 2 )); then',
    "    _describe 'command' commands",
    '    return',
    '  fi',
    '  case "$words[2] $words[3] $words[4]" in',
    ...commands
      .toSorted((left, right) => right.name.length - left.name.length)
      .map(({ name, options, words }) => {
        const argument = words.length === 0 ? "'*:file:_files'" : quote(`*:word:(${words.join(' ')})`);
        return `    ${quote(name)}*) _arguments ${[...options.flatMap(zshOption), "'--help[Show this help]'", argument].join(' ')} ;;`;
      }),
    '  esac',
    '}',
    '(( $+functions[compdef] )) && compdef _cloche cloche',
  ].join('\n');
}

function zshOption({ names, description, values }: CompletionOption): string[] {
  const text = description.replaceAll(/[[\]:]/gu, ' ');
  const value = values === null ? '' : values.length === 0 ? ':value:_files' : `:value:(${values.join(' ')})`;
  return names.map((name) => quote(`${name}[${text}]${value}`));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
