import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClocheError } from '../executor/errors/cloche-error.ts';
import type { LocalizedText } from '../executor/localized-text.ts';
import { baseDirectory } from '../host/base-directories.ts';
import { makePrivateDirectory } from '../host/private-directory.ts';
import type { ConfigKey, ConfigValue } from './config-key.ts';
import type { ConfigLayer, SourcedValue } from './config-layer.ts';
import { CREDENTIAL_PAIRS } from './credential-pairs.ts';
import { invalidConfig } from './invalid-config.ts';
import type { LoadConfigInput } from './load-config.ts';
import { locateTomlKey } from './locate-toml-key.ts';
import { openConfigFile } from './open-config-file.ts';
import { openToOthers } from './open-to-others.ts';
import { parseConfigFile } from './parse-config-file.ts';
import { parseStreamlitSecrets } from './streamlit-secrets.ts';

export interface ImportedSecrets {
  /** The user's own file, which has them now. */
  readonly path: string;
  readonly keys: readonly ConfigKey[];
  readonly warnings: readonly LocalizedText[];
}

/**
 * Takes the `DAYTONA_…` values of the working directory's `.streamlit/secrets.toml` over into the
 * user's own file, when the user asks for it: a working directory is not trusted by itself.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` when there is nothing to take, or the user's file has one of them
 *   already, or has one half of a key and its address while only the other is to be taken
 */
export async function takeOverSecrets(input: Omit<LoadConfigInput, 'flags'>): Promise<ImportedSecrets> {
  const from = join(input.workingDirectory, '.streamlit', 'secrets.toml');
  const secrets = await openConfigFile(from);
  if (secrets === null) throw nothingToImport(from, { en: 'There is no such file.', zh: '该文件不存在。' });
  if (!secrets.isOwn)
    throw nothingToImport(from, { en: 'It belongs to another user.', zh: '它属于其他用户。' });
  const taken = await parseStreamlitSecrets(from, secrets.text);
  const { values } = taken;
  if (values.size === 0)
    throw nothingToImport(from, { en: 'It has no DAYTONA_… value.', zh: '其中没有 DAYTONA_… 值。' });

  const path = join(baseDirectory('config', input), 'config.toml');
  await makePrivateDirectory([dirname(path)]);
  const before = (await openConfigFile(path))?.text ?? '';
  const present = parseConfigFile('user', path, before);
  for (const key of values.keys()) {
    const there = present.values.get(key);
    if (there !== undefined) throw alreadyThere(there.source.name, key);
  }
  checkPairs(from, taken, present);

  await writeAtomically(path, withValues(path, before, values));
  return {
    path,
    keys: [...values.keys()],
    warnings: secrets.isOpenToOthers && values.has('daytona.apiKey') ? [openToOthers(from)] : [],
  };
}

/** In one file both would count as a pair: a foreign address would get the user's own key, or the reverse. */
function checkPairs(from: string, secrets: ConfigLayer, present: ConfigLayer): void {
  for (const { credential, endpoint } of CREDENTIAL_PAIRS) {
    for (const [taken, partner] of [
      [credential, endpoint],
      [endpoint, credential],
    ] as const) {
      const there = present.values.get(partner);
      const isMixed = secrets.values.has(taken) && !secrets.values.has(partner) && there !== undefined;
      if (isMixed) throw mixedPair(from, taken, partner, there.source.name);
    }
  }
}

type Values = ReadonlyMap<ConfigKey, SourcedValue<ConfigValue>>;

/**
 * The text with the values in it: below the head of the table where there is one, as a table of its own, or as dotted
 * keys at the top where the table is written so.
 */
function withValues(path: string, text: string, values: Values): string {
  for (const place of [inTable, asTable, asDottedKeys]) {
    const after = place(text, values);
    if (after !== null && holds(path, after, values)) return after;
  }
  throw invalidConfig(
    { source: path, key: 'daytona' },
    {
      en: 'The values do not fit into this table as it is written.',
      zh: '该表的写法无法加入这些值。',
    },
    { en: 'Write it as a table of its own: [daytona]', zh: '请写成单独的表：[daytona]' },
  );
}

function holds(path: string, text: string, values: Values): boolean {
  try {
    const read = parseConfigFile('user', path, text).values;
    return [...values].every(([key, { value }]) => read.get(key)?.value === value);
  } catch (error) {
    if (ClocheError.isInstance(error)) return false;
    throw error;
  }
}

function inTable(text: string, values: Values): string | null {
  const headLine = locateTomlKey(text, ['daytona']);
  const lines = text.split('\n');
  if (headLine === null || !/^\s*\[/u.test(lines[headLine - 1] ?? '')) return null;
  return lines.toSpliced(headLine, 0, ...assignments(values, 'daytona.')).join('\n');
}

function asTable(text: string, values: Values): string {
  const separator = text === '' ? '' : `${text.trimEnd()}\n\n`;
  return `${separator}[daytona]\n${assignments(values, 'daytona.').join('\n')}\n`;
}

function asDottedKeys(text: string, values: Values): string {
  return `${assignments(values, '').join('\n')}\n${text}`;
}

function assignments(values: Values, cut: string): string[] {
  // Every string of JSON is one of TOML.
  return [...values].map(([key, { value }]) => `${key.slice(cut.length)} = ${JSON.stringify(value)}`);
}

async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

function nothingToImport(path: string, reason: { readonly en: string; readonly zh: string }): Error {
  return invalidConfig(
    { source: path, key: null },
    { en: `There is nothing to import. ${reason.en}`, zh: `没有可导入的内容。${reason.zh}` },
    {
      en: 'Run the command where .streamlit/secrets.toml lies.',
      zh: '请在 .streamlit/secrets.toml 所在目录运行该命令。',
    },
  );
}

function alreadyThere(source: string, key: ConfigKey): Error {
  return invalidConfig(
    { source, key },
    { en: 'Your own file gives this key already.', zh: '您自己的文件已给出该键。' },
    {
      en: 'Take it out there first, then import again: cloche config import',
      zh: '请先将其删除，然后重新导入：cloche config import',
    },
  );
}

function mixedPair(from: string, taken: ConfigKey, partner: ConfigKey, place: string): Error {
  return invalidConfig(
    { source: from, key: taken },
    {
      en: `Your own file has ${partner} (${place}), and this file does not: a key and its address come from one place.`,
      zh: `您自己的文件已有 ${partner}（${place}），而此文件没有：密钥与其地址须来自同一处。`,
    },
    {
      en: `Take ${partner} out of your own file first, if you trust this one, then import again: cloche config import`,
      zh: `如果信任此文件，请先从您自己的文件中删除 ${partner}，然后重新导入：cloche config import`,
    },
  );
}
