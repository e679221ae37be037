import { completionCommands } from './completion-words.ts';
import type { CompletionCommand } from './completion-words.ts';

/** One `complete` a line, with descriptions. */
export function fishCompletion(): string {
  const commands = completionCommands();
  return [
    '# cloche completions fish: cloche completions fish > ~/.config/fish/completions/cloche.fish',
    'complete -c cloche -n __fish_use_subcommand -l version -d "Show the version."',
    'complete -c cloche -l help -d "Show help."',
    ...commands
      .filter(({ name }) => !name.includes(' '))
      .map(
        ({ name, description }) =>
          `complete -c cloche -f -n __fish_use_subcommand -a ${name} -d ${quote(description)}`,
      ),
    ...commands.flatMap(commandLines),
  ].join('\n');
}

function commandLines({ name, options, words }: CompletionCommand): string[] {
  const condition = `-n ${quote(
    name
      .split(' ')
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join('; and '),
  )}`;
  return [
    ...(words.length === 0 ? [] : [`complete -c cloche -f ${condition} -a ${quote(words.join(' '))}`]),
    ...options.map(({ names, description, values }) => {
      const flags = names
        .map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
        .join(' ');
      const value = values === null ? '' : values.length === 0 ? ' -r' : ` -x -a ${quote(values.join(' '))}`;
      return `complete -c cloche ${condition} ${flags}${value} -d ${quote(description)}`;
    }),
  ];
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
