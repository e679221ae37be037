import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ExecutorHost, LanguageCapability, LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';

const run = promisify(execFile);
const SYSTEM_DIRECTORIES = ['/usr/local/bin', '/usr/bin', '/bin'];

/** Version managers put a script in front of the real program, which needs the real home directory. */
const FIND_BEHIND_SHIM: Readonly<
  Record<string, { readonly argv: readonly string[]; readonly locate: (output: string) => string }>
> = {
  python3: { argv: ['-c', 'import sys; print(sys.executable)'], locate: (output) => output },
  rustc: { argv: ['--print', 'sysroot'], locate: (output) => join(output, 'bin', 'rustc') },
};

export interface Toolchain {
  /** `PATH` of a program: where its language's tools are, and the system's own directories. */
  readonly path: string;
  /** What this language's tools need beyond the plan's own variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly capability: LanguageCapability;
}

/** Finds the programs of a language on the host's search path, and asks the first for its version. */
export async function findToolchain(language: LanguageId, host: ExecutorHost): Promise<Toolchain> {
  const { programs, displayName } = LANGUAGES[language];
  const directories: string[] = [];
  let version: string | null = null;
  let location: string | null = null;
  for (const program of programs) {
    const found = await findProgram(program.name, host);
    if (found === null) return { path: '', environment: {}, capability: missing(displayName, program.name) };
    directories.push(dirname(found));
    if (location !== null) continue;
    location = found;
    const { stdout, stderr } = await run(found, [...program.versionArguments], {
      env: { PATH: dirname(found), HOME: '/' },
    });
    version = program.versionPattern.exec(stdout + stderr)?.[1] ?? null;
  }
  return {
    path: [...new Set([...directories, ...SYSTEM_DIRECTORIES])].join(delimiter),
    environment: language === 'go' && location !== null ? await prepareGoCache(location, host) : {},
    capability: { available: true, version, location: location ?? '' },
  };
}

/** Go compiles its standard library once for each cache, so all programs share one, filled before the first. */
async function prepareGoCache(go: string, host: ExecutorHost): Promise<Readonly<Record<string, string>>> {
  const environment = { GOCACHE: await host.privateDirectory('cache', 'fake-executor-go') };
  const settings = {
    ...LANGUAGES.go.environment,
    ...environment,
    PATH: dirname(go),
    HOME: environment.GOCACHE,
  };
  await run(go, ['build', 'fmt', 'io', 'os'], { env: settings, cwd: environment.GOCACHE });
  return environment;
}

async function findProgram(name: string, host: ExecutorHost): Promise<string | null> {
  const found = await findOnPath(name, host.environment['PATH'] ?? '');
  const behind = FIND_BEHIND_SHIM[name];
  if (found === null || behind === undefined) return found;
  const environment = Object.entries(host.environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const { stdout } = await run(found, [...behind.argv], { env: Object.fromEntries(environment) });
  return behind.locate(stdout.trim());
}

async function findOnPath(name: string, searchPath: string): Promise<string | null> {
  for (const directory of searchPath.split(delimiter)) {
    if (directory === '') continue;
    const candidate = join(directory, name);
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return null;
}

function missing(displayName: string, program: string): LanguageCapability {
  return {
    available: false,
    code: 'ERR_LANGUAGE_UNSUPPORTED',
    reason: { en: `${program} is not on the search path.`, zh: `在搜索路径中找不到 ${program}。` },
    hint: { en: `Install ${displayName}.`, zh: `请安装 ${displayName}。` },
    fix: [],
  };
}
