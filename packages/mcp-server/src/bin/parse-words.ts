import { parseArgs } from 'node:util';
import { nearestName } from '@cloche/core';
import { invalidOption } from '../command/invalid-option.ts';
import type { OptionDefinition } from '../command/option-definition.ts';
import type { OptionReader } from '../command/option-reader.ts';

interface KnownOption {
  readonly name: string;
  readonly takesValue: boolean;
  readonly definition: OptionDefinition;
}

const HELP = {
  en: 'See what there is: cloche-mcp-server --help',
  zh: '查看可用选项：cloche-mcp-server --help',
};

/**
 * Reads a command line by its definitions. Of an option that stands there twice the last counts, unless it may.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` naming the word at fault, never a value, which could be a secret
 */
export function parseWords(words: readonly string[], definitions: readonly OptionDefinition[]): OptionReader {
  const known = definitions.map(knownOption);
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      known.map(({ name, takesValue, definition }) => {
        const short = /^-(?<letter>\w),/u.exec(definition.flags)?.groups?.['letter'];
        const type = takesValue ? ('string' as const) : ('boolean' as const);
        return [name, short === undefined ? { type } : { type, short }];
      }),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw superfluous(token.value);
    const option = known.find(({ name }) => name === token.name);
    if (option === undefined) throw unknownOption(token.rawName, known);
    values.set(token.name, [...(values.get(token.name) ?? []), valueOf(option, token)]);
  }
  return {
    isSet: (name) => values.has(name),
    text: (name) => values.get(name)?.at(-1) ?? null,
    list: (name) => values.get(name) ?? [],
  };
}

function knownOption(definition: OptionDefinition): KnownOption {
  const name = /--(?<name>[a-z-]+)/u.exec(definition.flags)?.groups?.['name'] ?? '';
  return { name, takesValue: definition.flags.includes('<'), definition };
}

interface OptionToken {
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function valueOf({ name, takesValue, definition }: KnownOption, { value, inlineValue }: OptionToken): string {
  if (!takesValue) {
    if (value === undefined) return '';
    throw invalidOption({ en: `--${name} takes no value.`, zh: `--${name} 不接受值。` }, HELP);
  }
  // A value that begins with a dash is most likely the next option, unless it was joined with `=`.
  if (value === undefined || (inlineValue !== true && value.startsWith('-'))) {
    throw invalidOption(
      { en: `The option --${name} needs a value.`, zh: `选项 --${name} 需要一个值。` },
      HELP,
    );
  }
  const { choices } = definition;
  if (choices === undefined || choices.includes(value)) return value;
  const list = choices.join(', ');
  throw invalidOption({ en: `--${name} takes ${list}.`, zh: `--${name} 可用的值：${list}。` }, HELP);
}

function superfluous(word: string): Error {
  const shown = JSON.stringify(word);
  return invalidOption(
    { en: `This command takes options alone, not ${shown}.`, zh: `此命令只接受选项，不接受 ${shown}。` },
    HELP,
  );
}

function unknownOption(rawName: string, known: readonly KnownOption[]): Error {
  const shown = JSON.stringify(rawName);
  const nearest = nearestName(
    rawName,
    known.map(({ name }) => `--${name}`),
  );
  return invalidOption(
    { en: `There is no option ${shown}.`, zh: `没有选项 ${shown}。` },
    nearest === null ? HELP : { en: `Did you mean ${nearest}?`, zh: `是否要用 ${nearest}？` },
  );
}
