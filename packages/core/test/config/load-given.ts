import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { LoadedConfig } from '../../src/config/config.ts';
import type { ConfigKey } from '../../src/config/config-key.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ClocheError } from '../../src/executor/index.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

export const USER_FILE = 'home/.config/cloche/config.toml';
export const PROJECT_FILE = 'home/project/cloche.toml';
export const SECRETS_FILE = 'home/.streamlit/secrets.toml';

export interface Given {
  readonly flags?: Partial<Record<ConfigKey, string>>;
  readonly environment?: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly workingDirectory?: string;
}

export async function load(
  given: Given,
  directory?: string,
): Promise<LoadedConfig & { readonly directory: string }> {
  const root = directory ?? (await temporaryDirectory());
  await mkdir(join(root, 'home/project'), { recursive: true });
  for (const [path, text] of Object.entries(given.files ?? {})) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text, { mode: 0o600 });
  }
  const loaded = await loadConfig({
    flags: given.flags ?? {},
    environment: given.environment ?? {},
    workingDirectory: join(root, given.workingDirectory ?? 'home/project'),
    homeDirectory: join(root, 'home'),
    platform: 'linux',
  });
  return { ...loaded, directory: root };
}

/** The error, with the temporary directory cut from its text. */
export async function refusal(
  given: Given,
): Promise<{ readonly message: string; readonly hint: string; readonly chinese: string }> {
  const root = await temporaryDirectory();
  const error: unknown = await load(given, root).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!ClocheError.isInstance(error)) throw new Error(`no ClocheError: ${String(error)}`);
  expect(error.code).toBe('ERR_CONFIG_INVALID');
  const cut = (text: string | null): string => (text ?? '').replaceAll(`${root}/`, '');
  return { message: cut(error.message), hint: cut(error.hint), chinese: cut(error.localizedMessage('zh')) };
}

export function entry(
  loaded: LoadedConfig & { readonly directory: string },
  key: string,
): { value: unknown; kind: string; name: string } {
  const found = loaded.entries.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no entry ${key}`);
  return {
    value: found.value,
    kind: found.source.kind,
    name: found.source.name.replace(`${loaded.directory}/`, ''),
  };
}
