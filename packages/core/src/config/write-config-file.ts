import { randomBytes } from 'node:crypto';
import { realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makePrivateDirectory } from '../host/private-directory.ts';
import { unwritableConfig } from './unwritable-config.ts';

/**
 * Puts the text in the place of the user's own file, all at once, for this user alone. Where the file is a link, the
 * file behind it is replaced.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` where it cannot be written
 */
export async function writeConfigFile(path: string, text: string): Promise<void> {
  await makePrivateDirectory([dirname(path)]);
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${process.pid}.${randomBytes(4).toString('hex')}.new`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
    await rename(temporary, target);
  } catch (error) {
    throw unwritableConfig(path, error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
