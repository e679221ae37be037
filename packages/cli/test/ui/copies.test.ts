import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { cliEnvironment, startCli } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { temporaryDirectory, temporaryDirectoryOfTest } from '../support/temporary-directory.ts';
import type { CopiedRun } from './support/copied-runs.ts';
import { runAndCopy, runCommand, runModule } from './support/copied-runs.ts';

const CODE =
  String.raw`import sys, os
data = open("a b.csv").read() if os.path.exists("a b.csv") else None
print(repr(sys.argv[1:]), repr(data), repr(sys.stdin.read()), os.path.basename(__file__))
print("""` + '`${HOME}` $HOME \'quoted\' \\\\ CLOCHE_END\nCLOCHE_END\n""")\n';

const TABLE = "x,y\n1,'2'\n";
const FILES = [{ path: 'a b.csv', content: Buffer.from(TABLE).toString('base64') }];
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

const REQUESTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a program alone': {},
  'files and hostile arguments': { files: FILES, arguments: HOSTILE_WORDS },
  'standard input': { stdin: "it's\n\u001B]0;x\u0007 typed", files: FILES },
  'a name of its own, in a directory': { fileName: 'tools/my tool.py', arguments: ['x'] },
  'what a terminal would act upon': { code: 'print(repr("\u001B[201~\u0003"))\n' },
  'what MCP takes': { files: FILES, arguments: ["it's"], stdin: 'typed' },
};
const NAMES = Object.keys(REQUESTS);
const copied = new Map<string, CopiedRun>();

beforeAll(async () => {
  const requests = Object.values(REQUESTS).map((request) => ({
    kind: 'execute',
    language: 'python',
    code: CODE,
    ...request,
  }));
  const runs = await runAndCopy(requests, temporaryDirectory());
  for (const [index, run] of runs.entries()) copied.set(NAMES[index] ?? '', run);
});

function copiesOf(name: string): CopiedRun {
  const found = copied.get(name);
  if (found === undefined || found.stdout === '') throw new Error(`The run of ${name} printed nothing.`);
  return found;
}

describe('the copies of a run do the same', () => {
  test.each(NAMES)('as a command, with %s', async (name) => {
    const directory = temporaryDirectoryOfTest();
    const { copies, stdout } = copiesOf(name);
    writeFileSync(path.join(directory, 'a b.csv'), TABLE);
    const ran = await runCommand(copies.command, directory, cliEnvironment(directory));
    expect(ran.stdout).toBe(stdout);
    expect(copies.command).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/u);
  });

  test.each(NAMES)('as TypeScript, with %s', async (name) => {
    const directory = temporaryDirectoryOfTest();
    const { copies, stdout } = copiesOf(name);
    writeFileSync(path.join(directory, 'a b.csv'), TABLE);
    const ran = await runModule(copies.typescript, directory, cliEnvironment(directory));
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

test('the copies of a generation ask the model for the same', async () => {
  const directory = temporaryDirectoryOfTest();
  const program = 'import sys\nprint(sys.argv[1:], sys.stdin.read())';
  const model = await modelService(Array.from({ length: 3 }, () => answer(program)));
  const own = modelEnvironment(model);
  const request = {
    kind: 'generate',
    language: 'python',
    requirement: "--Print it's $(id) `id`\n \u001B[201~ done",
    arguments: ["it's"],
    stdin: 'a b',
  };
  const [run] = await runAndCopy([request], directory, own);
  const env = cliEnvironment(directory, own);
  const command = await runCommand(run?.copies.command ?? '', directory, env);
  expect([run?.stdout, command.stdout]).toEqual([`["it's"] a b\n`, `["it's"] a b\n`]);
  const module = await runModule(run?.copies.typescript ?? '', directory, env);
  expect(module).toMatchObject({
    stdout: expect.stringContaining('print(sys.argv[1:]') as string,
    stderr: 'ok\n',
  });
  const prompts = model.calls.map(({ prompt }) => JSON.stringify(prompt?.messages));
  expect(prompts).toHaveLength(3);
  expect(new Set(prompts).size).toBe(1);
});
