import { mkdtemp, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutorPlugin } from '../executor/executor-plugin.ts';
import { baseDirectory, baseDirectoryIfAny } from '../host/base-directories.ts';
import { makePrivateDirectory } from '../host/private-directory.ts';
import type { PluginModule } from './import-plugin.ts';
import { importPlugin } from './import-plugin.ts';
import { builtIn, changedSince, nothingInstalled, notAdded } from './plugin-errors.ts';
import type { PluginRecord } from './plugin-record.ts';
import { installedPackage, installedVersion, readPluginRecord, writePluginRecord } from './plugin-record.ts';
import { npmSpecification } from './plugin-specification.ts';
import { runNpm } from './run-npm.ts';

export interface PluginDirectoryOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Null: there is none. */
  readonly homeDirectory: string | null;
  /** Against which the path of a tarball is taken; nothing is ever loaded from here. */
  readonly workingDirectory: string;
  /** The module that plugins get for `@cloche/core/executor`: the one of this process, with the same classes. */
  readonly contractModuleUrl: string;
  /** Names that no plugin may take. */
  readonly builtInNames: readonly string[];
}

/** Executors that the user added, each in a directory of its own below the user's data directory. */
export interface PluginDirectory {
  /**
   * Installs a plugin without running its scripts, makes sure that it is one, and records it. One of
   * the same name is replaced. What fails leaves everything as it was.
   *
   * @param word a name, a package or a tarball; see `npmSpecification`
   * @throws ClocheError
   */
  addPlugin(word: string): Promise<PluginRecord>;
  /** @throws ClocheError `ERR_EXECUTOR_NOT_FOUND` when it was not added */
  removePlugin(name: string): Promise<void>;
  /** By name. */
  listPlugins(): Promise<readonly PluginRecord[]>;
  /**
   * Null when there is none of this name. Loading runs the plugin's code.
   *
   * @throws ClocheError `ERR_EXECUTOR_FAILED` when it is broken, or not what was recorded
   */
  loadPlugin(name: string): Promise<ExecutorPlugin | null>;
  /**
   * Like `loadPlugin`, with whatever else the plugin's module exports.
   *
   * @throws ClocheError as `loadPlugin` does
   */
  importModule(name: string): Promise<PluginModule | null>;
}

/** Beside the plugins' own directories; a plugin's name never begins with a dot. */
const STAGING_PREFIX = '.adding-';
const ENTRY_FILE = 'entry.mjs';
const PLUGIN_NAME = /^[a-z][a-z0-9-]*$/u;

const INSTALL_ARGUMENTS = [
  'install',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  // The contract is a peer, and this process gives its own.
  '--legacy-peer-deps',
  '--save-exact',
  // A tarball becomes files of its own, whatever the user's settings say.
  '--install-links',
  // npm's own pauses add up to a minute and more for each dependency that cannot be had.
  '--fetch-retry-mintimeout=500',
  '--fetch-retry-factor=3',
  '--json',
];

export function pluginDirectory(options: PluginDirectoryOptions): PluginDirectory {
  /** Without making it: most users add nothing. */
  async function existingDirectory(): Promise<string | null> {
    const data = baseDirectoryIfAny('data', options);
    if (data === null) return null;
    const isThere = await stat(join(data, 'plugins')).then(
      () => true,
      () => false,
    );
    return isThere ? ownDirectory() : null;
  }

  async function ownDirectory(): Promise<string> {
    const data = baseDirectory('data', options);
    return realpath(await makePrivateDirectory([data, join(data, 'plugins')]));
  }

  async function recordOf(
    name: string,
  ): Promise<{ readonly directory: string; readonly record: PluginRecord } | null> {
    const parent = PLUGIN_NAME.test(name) ? await existingDirectory() : null;
    if (parent === null) return null;
    const directory = join(parent, name);
    const record = await readPluginRecord(directory);
    return record === null ? null : { directory, record };
  }

  async function install(staging: string, word: string): Promise<PluginRecord> {
    const specification = await npmSpecification(word, options.workingDirectory);
    await writeFile(join(staging, 'package.json'), '{ "private": true }\n');
    await runNpm({
      ...options,
      arguments: [...INSTALL_ARGUMENTS, '--prefix', staging, '--', specification],
      directory: staging,
      word,
    });
    const installed = await installedPackage(staging);
    if (installed === null) throw nothingInstalled(word);
    const quotedPackage = JSON.stringify(installed.package);
    await writeFile(
      join(staging, ENTRY_FILE),
      ['{ default }', '*'].map((names) => `export ${names} from ${quotedPackage};\n`).join(''),
    );
    const { plugin } = await importPlugin(
      join(staging, ENTRY_FILE),
      staging,
      installed.package,
      options.contractModuleUrl,
    );
    if (options.builtInNames.includes(plugin.name)) throw builtIn(installed.package, plugin.name);
    const record = { name: plugin.name, ...installed };
    await writePluginRecord(staging, record);
    return record;
  }

  async function listPlugins(): Promise<readonly PluginRecord[]> {
    const parent = await existingDirectory();
    if (parent === null) return [];
    const names = (await readdir(parent)).filter((name) => PLUGIN_NAME.test(name)).toSorted();
    const records = await Promise.all(names.map((name) => readPluginRecord(join(parent, name))));
    return records.filter((record) => record !== null);
  }

  async function importModule(name: string): Promise<PluginModule | null> {
    const found = await recordOf(name);
    if (found === null) return null;
    const { directory, record } = found;
    const version = await installedVersion(directory, record.package);
    if (version !== record.version) throw changedSince(record, version);
    return importPlugin(join(directory, ENTRY_FILE), directory, name, options.contractModuleUrl);
  }

  return {
    async addPlugin(word) {
      const parent = await ownDirectory();
      const staging = await mkdtemp(join(parent, STAGING_PREFIX));
      try {
        const record = await install(staging, word);
        const target = join(parent, record.name);
        await rm(target, { recursive: true, force: true });
        await rename(staging, target);
        return record;
      } finally {
        await rm(staging, { recursive: true, force: true });
      }
    },

    async removePlugin(name) {
      const found = await recordOf(name);
      if (found === null) throw notAdded(name, await listPlugins());
      await rm(found.directory, { recursive: true, force: true });
    },

    listPlugins,

    async loadPlugin(name) {
      return (await importModule(name))?.plugin ?? null;
    },

    importModule,
  };
}
