import { ClocheError } from '@cloche/core/executor';
import type { OptionReader } from '@cloche/mcp-server/command';
import { CONFIG_OPTIONS, GENERATOR_OPTIONS } from '@cloche/mcp-server/command';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** The tasks that ship with Cloche. */
const OWN_TASKS = path.join(import.meta.dirname, 'tasks.toml');

const CONFIG_FLAGS = [...GENERATOR_OPTIONS, ...CONFIG_OPTIONS].map(({ flags }) => flags);

const HELP = `npm run eval -- [--tasks FILE] [--only ID]… [--json] [options]

Has a model write the programs of a set of tasks, runs each with the task's tests, and says how many passed at the
first try and how many after repairs. Costs what the model costs.

  --tasks FILE   A TOML file of [[task]]: id, language, requirement, tests. Default: packages/cli/eval/tasks.toml
  --only ID      This task alone. Repeatable.
  --json         Print the report as one JSON object.
  --help         Print this.

The model, the executor and its limits are configured as for cloche generate:
  ${CONFIG_FLAGS.join('\n  ')}
`;

export interface EvalOptions {
  readonly tasksFile: string;
  /** Ids; empty: all of them. */
  readonly only: readonly string[];
  readonly isJson: boolean;
  /** What is to be printed instead of measuring anything. */
  readonly help: string | null;
  /** Of the configuration. */
  readonly configOptions: OptionReader;
}

/** @throws ClocheError `ERR_REQUEST_INVALID` with the word at fault */
export function readEvalOptions(words: readonly string[]): EvalOptions {
  const values = parseWords(words);
  const { tasks, only, json, help } = values;
  return {
    tasksFile: typeof tasks === 'string' ? path.resolve(tasks) : OWN_TASKS,
    only: Array.isArray(only) ? only.map(String) : [],
    isJson: json === true,
    help: help === true ? HELP : null,
    configOptions: {
      isSet: (name) => values[name] === true,
      text: (name) => {
        const value = values[name];
        return typeof value === 'string' ? value : null;
      },
      list: () => [],
    },
  };
}

function parseWords(words: readonly string[]): Readonly<Record<string, unknown>> {
  const names = CONFIG_FLAGS.map((flags) => (flags.split(' ')[0] ?? '').slice(2));
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        tasks: { type: 'string' },
        only: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    const [message = ''] = (error as Error).message.split('\n');
    throw new ClocheError({
      code: 'ERR_REQUEST_INVALID',
      message: { en: message, zh: message },
      hint: { en: 'See npm run eval -- --help', zh: '参见 npm run eval -- --help' },
      cause: error,
    });
  }
}
