import type { ConfigKey } from './config-key.ts';
import type { TomlValue } from './edit-config-text.ts';
import { invalidConfig } from './invalid-config.ts';
import type { LoadConfigInput } from './load-config.ts';
import { loadConfigWith, userConfigFile } from './load-config.ts';
import { openConfigFile } from './open-config-file.ts';
import { writeConfigFile } from './write-config-file.ts';

/**
 * Writes values into the user's own file, mode 0600, when the user asks for it. Comments, order and everything else in
 * it stay. Loads what reads TOML on first use.
 *
 * @param values as a file has them: `"90s"`, `3`; null takes the key out
 * @throws ClocheError `ERR_CONFIG_INVALID` where the file is not the user's, or nobody could read the configuration then
 */
export async function saveConfigValues(
  input: LoadConfigInput,
  values: ReadonlyMap<ConfigKey, TomlValue>,
): Promise<void> {
  const { editConfigText } = await import('./edit-config-text.ts');
  const path = userConfigFile(input);
  if (path === null) throw noFile();
  const before = await openConfigFile(path);
  if (before !== null && !before.isOwn) throw notOwn(path);
  const after = editConfigText(path, before?.text ?? '', values);
  await loadConfigWith(input, after);
  await writeConfigFile(path, after);
}

function noFile(): Error {
  return invalidConfig(
    { source: null, key: null },
    {
      en: 'There is no file to save to: this user has no home directory.',
      zh: '没有可保存的文件：当前用户没有主目录。',
    },
    {
      en: 'Name a directory that Cloche may keep its files in: export CLOCHE_HOME=/path/to/directory',
      zh: '请指定 Cloche 存放文件的目录：export CLOCHE_HOME=/path/to/directory',
    },
  );
}

function notOwn(path: string): Error {
  return invalidConfig(
    { source: path, key: null },
    { en: 'The file belongs to another user.', zh: '该文件属于其他用户。' },
  );
}
