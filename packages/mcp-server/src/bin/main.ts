import { homedir } from 'node:os';
import { resolveLocale } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import manifest from '../../package.json' with { type: 'json' };
import type { CommandSurroundings } from '../command/command-surroundings.ts';
import { internalError } from '../command/internal-error.ts';
import type { OptionReader } from '../command/option-reader.ts';
import { readServerOptions } from '../command/read-server-options.ts';
import { runMcpServer } from '../command/run-mcp-server.ts';
import { environment } from '../environment.ts';
import { BIN_OPTIONS } from './bin-options.ts';
import { formatBinHelp } from './format-bin-help.ts';
import { parseWords } from './parse-words.ts';
import { StandardMessages } from './standard-messages.ts';

const USAGE_EXIT_CODE = 2;
const PLATFORM_EXIT_CODE = 125;
/** Found before anything starts; the others are the platform's. */
const FAULTS_OF_THE_CALLER: ReadonlySet<string> = new Set(['ERR_CONFIG_INVALID', 'ERR_REQUEST_INVALID']);

/** `cloche-mcp-server`: ends the process with its exit code. */
export async function main(words: readonly string[]): Promise<void> {
  // Not by running out of things to do: a handle that somebody forgot must not keep a client waiting.
  process.exit(await run(words));
}

async function run(words: readonly string[]): Promise<number> {
  // The language and --debug hold for mistakes in the other words too.
  const given = words.find((_, index) => words[index - 1] === '--lang');
  const locale = given === 'en' || given === 'zh' ? given : resolveLocale(environment);
  const messages = new StandardMessages(locale, words.includes('--debug'));
  try {
    return await start(parseWords(words, BIN_OPTIONS), messages);
  } catch (error) {
    const failure = ClocheError.isInstance(error) ? error : internalError(error);
    messages.error(failure);
    return FAULTS_OF_THE_CALLER.has(failure.code) ? USAGE_EXIT_CODE : PLATFORM_EXIT_CODE;
  }
}

async function start(options: OptionReader, messages: StandardMessages): Promise<number> {
  if (options.isSet('help')) return print(formatBinHelp(messages.locale));
  if (options.isSet('version')) return print(`${manifest.version}\n`);
  const surroundings: CommandSurroundings = {
    environment,
    workingDirectory: process.cwd(),
    homeDirectory: homedir(),
    platform: process.platform,
    isLocaleGiven: options.text('lang') !== null,
    isDebug: options.isSet('debug'),
    get errorStream() {
      return process.stderr;
    },
    messages,
  };
  return runMcpServer({ options: readServerOptions(options), surroundings, version: manifest.version });
}

/** Resolves with the exit code when the text has left this process. */
async function print(text: string): Promise<number> {
  await new Promise<void>((resolve) => {
    process.stdout.on('error', () => resolve());
    process.stdout.write(text, () => resolve());
  });
  return 0;
}
