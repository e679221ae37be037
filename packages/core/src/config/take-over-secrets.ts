import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { baseDirectory } from '../host/base-directories.ts';
import { makePrivateDirectory } from '../host/private-directory.ts';
import type { ConfigKey } from './config-key.ts';
import { invalidConfig } from './invalid-config.ts';
import type { LoadConfigInput } from './load-config.ts';
import { locateTomlKey } from './locate-toml-key.ts';
import { openConfigFile } from './open-config-file.ts';
import { parseConfigFile } from './parse-config-file.ts';
import { parseStreamlitSecrets } from './streamlit-secrets.ts';

export interface ImportedSecrets {
  /** The user's own file, which has them now. */
  readonly path: string;
  readonly keys: readonly ConfigKey[];
}

/**
 * Takes the `DAYTONA_…` values of the working directory's `.streamlit/secrets.toml` over into the
 * user's own file, when the user asks for it: a working directory is not trusted by itself.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` when there is nothing to take, or the user's file has one of them already
 */
export async function takeOverSecrets(input: Omit<LoadConfigInput, 'flags'>): Promise<ImportedSecrets> {
  const from = join(input.workingDirectory, '.streamlit', 'secrets.toml');
  const secrets = await openConfigFile(from);
  if (secrets === null) throw nothingToImport(from, { en: 'There is no such file.', zh: '该文件不存在。' });
  if (!secrets.isOwn)
    throw nothingToImport(from, { en: 'It belongs to another user.', zh: '它属于其他用户。' });
  const { values } = await parseStreamlitSecrets(from, secrets.text);
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

  const after = withTable(before, new Map([...values].map(([key, { value }]) => [key, String(value)])));
  parseConfigFile('user', path, after);
  await writeAtomically(path, after);
  return { path, keys: [...values.keys()] };
}

/** A table may stand once only, so one that is there gets the new lines below its head. */
function withTable(text: string, values: ReadonlyMap<ConfigKey, string>): string {
  // Every string of JSON is one of TOML.
  const added = [...values].map(
    ([key, value]) => `${key.slice('daytona.'.length)} = ${JSON.stringify(value)}`,
  );
  const headLine = locateTomlKey(text, ['daytona']);
  const lines = text.split('\n');
  if (headLine !== null && /^\s*\[/u.test(lines[headLine - 1] ?? ''))
    return lines.toSpliced(headLine, 0, ...added).join('\n');
  const separator = text === '' ? '' : `${text.trimEnd()}\n\n`;
  return `${separator}[daytona]\n${added.join('\n')}\n`;
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
