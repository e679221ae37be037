import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TlsMaterial } from './engine-endpoint.ts';
import { invalidAddress } from './invalid-address.ts';

/**
 * Reads `ca.pem`, `cert.pem` and `key.pem` of a directory. Each may be missing; a key without its certificate, or the
 * other way round, may not.
 *
 * @param origin who named the directory, for the error
 * @throws ClocheError `ERR_CONFIG_INVALID`
 */
export async function readTlsFiles(
  directory: string,
  isVerified: boolean,
  origin: string,
): Promise<TlsMaterial> {
  const [authority, certificate, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readIfThere(path.join(directory, name), origin)),
  );
  if ((certificate === null) !== (key === null)) {
    const missing = path.join(directory, certificate === null ? 'cert.pem' : 'key.pem');
    throw invalidAddress(origin, { en: `${missing} is missing`, zh: `缺少 ${missing}` });
  }
  return { authority: authority ?? null, certificate: certificate ?? null, key: key ?? null, isVerified };
}

async function readIfThere(file: string, origin: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw invalidAddress(origin, { en: `${file} cannot be read`, zh: `无法读取 ${file}` }, error);
  }
}
