import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../../../src/environment.ts';

const PACKAGE_DIRECTORY = join(import.meta.dirname, '../../..');
const TSDOWN = join(PACKAGE_DIRECTORY, '../../node_modules/tsdown/dist/run.mjs');

/** The package as npx would put it on a disk: its published files, outside of the repository, with nothing beside them. */
export interface PackedServer extends Disposable {
  readonly directory: string;
  /** What starts it, as an argv. */
  readonly argv: readonly [string, ...string[]];
  /** Of somebody who has configured nothing, and whose files lie below `directory`. */
  readonly environment: Readonly<Record<string, string>>;
}

export function packServer(): PackedServer {
  const directory = mkdtempSync(join(tmpdir(), 'cloche-mcp-'));
  const target = join(directory, 'package');
  mkdirSync(target);
  execFileSync(process.execPath, [TSDOWN, '--out-dir', join(target, 'dist')], {
    cwd: PACKAGE_DIRECTORY,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const name of ['bin', 'package.json']) {
    cpSync(join(PACKAGE_DIRECTORY, name), join(target, name), { recursive: true });
  }
  const home = join(directory, 'home');
  mkdirSync(home);
  return {
    directory,
    argv: [process.execPath, join(target, 'bin/cloche-mcp-server.cjs')],
    environment: {
      ...inherited(),
      HOME: home,
      CLOCHE_HOME: join(directory, 'cloche'),
      CLOCHE_EXECUTOR: 'local',
    },
    [Symbol.dispose]: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** What the tests share would take the place of the user's own compile cache. */
function inherited(): Record<string, string> {
  const entries = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ||
    /^(?:CLOCHE_|DAYTONA_|LC_|LANG$|XDG_|NO_COLOR|FORCE_COLOR|NODE_COMPILE_CACHE)/u.test(name)
      ? []
      : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
