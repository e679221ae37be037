import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import versions from '../dev/versions.json' with { type: 'json' };

const scripts = join(import.meta.dirname, '..');

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ending: Promise<Ending>;
  /** Resolves once stdout or stderr holds the text. */
  readonly printed: (text: string) => Promise<void>;
}

export interface Checkout {
  readonly root: string;
  plant(file: string, text: string): void;
  /** Runs a program in the checkout, with whatever pnpm the test planted. */
  start(file: string, argv: readonly string[], options?: { cwd?: string; detached?: boolean }): Running;
}

function follow(child: Running['child']): Running {
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const collect = (append: (text: string) => void) => (chunk: string) => {
    append(chunk);
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on(
    'data',
    collect((text) => (stdout += text)),
  );
  child.stderr.setEncoding('utf8').on(
    'data',
    collect((text) => (stderr += text)),
  );
  const ending = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const printed = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!`${stdout}${stderr}`.includes(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      void ending.then(() => reject(new Error(`ended without printing ${text}: ${stdout}${stderr}`)));
    });
  return { child, ending, printed };
}

/** A fresh checkout with the real scripts, `program` as its command line, and `pnpm` (Bash) in the place of pnpm. */
export function plantCheckout(program: string, pnpm: string): Checkout {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cloche-checkout ')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const plant = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  cpSync(join(scripts, 'dev'), join(root, 'scripts/dev'), { recursive: true });
  cpSync(join(scripts, 'dev.cjs'), join(root, 'scripts/dev.cjs'));
  plant('package.json', '{ "name": "planted", "scripts": { "cloche": "node scripts/dev.cjs cloche" } }');
  plant('pnpm-lock.yaml', 'lockfileVersion: 9');
  plant('packages/cli/package.json', '{ "type": "module" }');
  plant('packages/cli/src/bin.ts', program);
  plant('pnpm', `#!/usr/bin/env bash\nset -eu\n${pnpm}\n`);
  chmodSync(join(root, 'pnpm'), 0o755);
  plant(
    'node_modules/.cache/cloche/pnpm.json',
    JSON.stringify({ version: versions.pnpm, file: join(root, 'pnpm') }),
  );
  return {
    root,
    plant,
    start: (file, argv, options = {}) => {
      const { INIT_CWD: _, ...env } = process.env;
      return follow(spawn(file, argv, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], ...options }));
    },
  };
}
