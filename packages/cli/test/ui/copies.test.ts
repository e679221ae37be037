import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { environment } from '../../src/environment.ts';
import { cliArgv, cliEnvironment, startCli } from '../support/cli-process.ts';
import { temporaryDirectory, temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

interface Copies {
  readonly command: string;
  readonly mcp: string;
  readonly typescript: string;
}

const CODE =
  String.raw`import sys, os
data = open("a b.csv").read() if os.path.exists("a b.csv") else None
print(repr(sys.argv[1:]), repr(data), repr(sys.stdin.read()), os.path.basename(__file__))
print("""` + '`${HOME}` $HOME \'quoted\' \\\\ CLOCHE_END\nCLOCHE_END\n""")\n';

const FILES = [{ path: 'a b.csv', content: Buffer.from("x,y\n1,'2'\n").toString('base64') }];
const HOSTILE_WORDS = [
  "it's",
  '$(touch escaped)',
  '`id`',
  '--flag',
  '',
  'a\nb',
  '\u001B[201~\\',
  'é\u0085!!',
];

interface Copied {
  readonly copies: Copies;
  /** What the run itself printed. */
  readonly stdout: string;
}

const REQUESTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a program alone': {},
  'files and hostile arguments': { files: FILES, arguments: HOSTILE_WORDS },
  'standard input': { stdin: "it's\n\u001B]0;x\u0007 typed", files: FILES },
  'a name of its own, in a directory': { fileName: 'tools/my tool.py', arguments: ['x'] },
  'what a terminal would act upon': { code: 'print(repr("\u001B[201~\u0003"))\n' },
  'what MCP takes': { files: FILES, arguments: ["it's"], stdin: 'typed' },
};
const NAMES = Object.keys(REQUESTS);
const copied = new Map<string, Copied>();

/** A page of a real server, which runs all of them. */
beforeAll(async () => {
  const child = startCli(['ui', '--no-open', '--port', '0'], { directory: temporaryDirectory() });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { origin, hash } = new URL(line.toString().trim());
  const opened = await fetch(`${origin}/api/sessions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${hash.slice(1)}` },
  });
  const { token } = (await opened.json()) as { token: string };
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  for (const [name, request] of Object.entries(REQUESTS)) {
    const body = JSON.stringify({ kind: 'execute', language: 'python', code: CODE, ...request });
    const started = await fetch(`${origin}/api/runs`, { method: 'POST', headers, body });
    const { id } = (await started.json()) as { id: string };
    const events = await (await fetch(`${origin}/api/runs/${id}/events`, { headers })).text();
    const record = await fetch(`${origin}/api/runs/${id}`, { headers });
    const { copies } = (await record.json()) as { copies: Copies };
    copied.set(name, { copies, stdout: stdoutOf(events) });
  }
  child.kill('SIGTERM');
  await once(child, 'close');
});

function stdoutOf(events: string): string {
  return [...events.matchAll(/^data: (?<data>.*"type":"stdout".*)$/gmu)]
    .map((match) => (JSON.parse(match.groups?.['data'] ?? '') as { text: string }).text)
    .join('');
}

function copiesOf(name: string): Copied {
  const found = copied.get(name);
  if (found === undefined || found.stdout === '') throw new Error(`The run of ${name} printed nothing.`);
  return found;
}

/** A search path on which `cloche` is this very command. */
function withCommand(directory: string): string {
  const programs = path.join(directory, 'programs');
  mkdirSync(programs);
  const file = path.join(programs, 'cloche');
  const words = cliArgv([]).map((word) => `'${word}'`);
  writeFileSync(file, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  chmodSync(file, 0o755);
  return `${programs}:${environment['PATH'] ?? ''}`;
}

describe('the copies of a run do the same', () => {
  test.each(NAMES)('as a command, with %s', async (name) => {
    const directory = temporaryDirectoryOfTest();
    const { copies, stdout } = copiesOf(name);
    writeFileSync(path.join(directory, 'a b.csv'), "x,y\n1,'2'\n");
    const env = cliEnvironment(directory, { PATH: withCommand(directory), TMPDIR: directory });
    const running = promisify(execFile)('bash', ['-c', copies.command], { cwd: directory, env });
    running.child.stdin?.end();
    expect((await running).stdout).toBe(stdout);
    expect(copies.command).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/u);
  });

  test.each(NAMES)('as TypeScript, with %s', async (name) => {
    const directory = temporaryDirectoryOfTest();
    const { copies, stdout } = copiesOf(name);
    writeFileSync(path.join(directory, 'a b.csv'), "x,y\n1,'2'\n");
    // Where the packages are found; it has no types in it.
    const folder = path.join(import.meta.dirname, '../../node_modules/.cache');
    const module = path.join(folder, `copy-${process.pid}-${path.basename(directory)}.mjs`);
    mkdirSync(folder, { recursive: true });
    onTestFinished(() => {
      rmSync(module, { force: true });
    });
    writeFileSync(
      module,
      copies.typescript.replace("    docker: () => import('@cloche/executor-docker'),\n", ''),
    );
    const env = cliEnvironment(directory);
    const ran = await promisify(execFile)(process.execPath, ['--conditions=@cloche/source', module], {
      cwd: directory,
      env,
    });
    expect(ran.stdout).toBe(stdout);
    expect(ran.stderr).toContain('ok');
  });

  test('as a call of MCP', async () => {
    const directory = temporaryDirectoryOfTest();
    const { copies, stdout } = copiesOf('what MCP takes');
    const child = startCli(['mcp'], { directory });
    onTestFinished(() => void child.kill('SIGKILL'));
    const messages = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
      },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: JSON.parse(copies.mcp) as unknown },
    ];
    for (const message of messages) child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    let said = '';
    while (!said.includes('"id":2')) said += String(((await once(child.stdout, 'data')) as [Buffer])[0]);
    child.stdin.end();
    expect(said).toContain(JSON.stringify(stdout.trimEnd()).slice(1, -1));
  });
});
