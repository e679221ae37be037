import { join } from 'node:path';
import type { LocalizedText } from '../executor/localized-text.ts';
import { baseDirectory } from '../host/base-directories.ts';
import type { ConfigKey } from './config-key.ts';
import type { ConfigLayer } from './config-layer.ts';
import { CREDENTIAL_PAIRS } from './credential-pairs.ts';
import { editConfigText } from './edit-config-text.ts';
import { invalidConfig } from './invalid-config.ts';
import type { LoadConfigInput } from './load-config.ts';
import { openConfigFile } from './open-config-file.ts';
import { openToOthers } from './open-to-others.ts';
import { parseConfigFile } from './parse-config-file.ts';
import { showConfigValue } from './show-config-value.ts';
import { parseStreamlitSecrets } from './streamlit-secrets.ts';
import { writeConfigFile } from './write-config-file.ts';

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
  const before = (await openConfigFile(path))?.text ?? '';
  const present = parseConfigFile('user', path, before);
  for (const key of values.keys()) {
    const there = present.values.get(key);
    if (there !== undefined) throw alreadyThere(there.source.name, key);
  }
  checkPairs(from, taken, present);

  const taking = new Map([...values].map(([key, { value }]) => [key, showConfigValue(value)]));
  await writeConfigFile(path, editConfigText(path, before, taking));
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
