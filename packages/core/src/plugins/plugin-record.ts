import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What was added, written down when it was, in the directory of its own. */
export interface PluginRecord {
  /** The word of `--executor`. */
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /**
   * Of the package's archive, as npm records it: `sha512-…`. npm checked it against the registry's when it
   * installed; it says where the files came from, and is not compared with them later. Null where npm gave none.
   */
  readonly integrity: string | null;
}

const RECORD_FILE = 'plugin.json';

/** Null when there is none or it is not one. */
export async function readPluginRecord(directory: string): Promise<PluginRecord | null> {
  const record = await readJson(join(directory, RECORD_FILE));
  if (typeof record !== 'object' || record === null) return null;
  const {
    name,
    package: packageName,
    version,
    integrity,
  } = record as Partial<Record<keyof PluginRecord, unknown>>;
  if (typeof name !== 'string' || typeof packageName !== 'string' || typeof version !== 'string') return null;
  return { name, package: packageName, version, integrity: typeof integrity === 'string' ? integrity : null };
}

export async function writePluginRecord(directory: string, record: PluginRecord): Promise<void> {
  await writeFile(join(directory, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** What npm installed below a directory: the one package that was asked for. Null when there is none. */
export async function installedPackage(directory: string): Promise<Omit<PluginRecord, 'name'> | null> {
  const manifest = (await readJson(join(directory, 'package.json'))) as {
    dependencies?: Record<string, string>;
  } | null;
  const [packageName] = Object.keys(manifest?.dependencies ?? {});
  if (packageName === undefined) return null;
  const version = await installedVersion(directory, packageName);
  if (version === null) return null;
  const lock = (await readJson(join(directory, 'package-lock.json'))) as {
    packages?: Record<string, { integrity?: string }>;
  } | null;
  return {
    package: packageName,
    version,
    integrity: lock?.packages?.[`node_modules/${packageName}`]?.integrity ?? null,
  };
}

/** Null when the package is not there. */
export async function installedVersion(directory: string, packageName: string): Promise<string | null> {
  const manifest = await readJson(join(directory, 'node_modules', packageName, 'package.json'));
  const version = (manifest as { version?: unknown } | null)?.version;
  return typeof version === 'string' ? version : null;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // What cannot be read is not there.
    return null;
  }
}
