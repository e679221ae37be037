import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { endOf, runCli, startCli } from '../support/cli-process.ts';
import { packSamplePlugin } from '../support/sample-plugin.ts';
import { temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

/** What a client of 2025-06-18 sends, from the opening to the call of a tool. */
function messages(code: string): string {
  const clientInfo = { name: 'test', version: '1.0.0' };
  return [
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
    {
      id: 3,
      method: 'tools/call',
      params: { name: 'execute_code', arguments: { language: 'python', code } },
    },
  ]
    .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
    .join('');
}

interface Answer {
  readonly id: number;
  readonly result: {
    readonly tools?: readonly { readonly name: string }[];
    readonly structuredContent?: unknown;
  };
}

/** Prints on standard output in every way that a library may, as long as it lives. */
const NOISE = `
import fs, { writeSync } from 'node:fs';
const print = () => {
  console.log('noise of the console');
  console.table([{ noise: 1 }]);
  process.stdout.write('noise of the stream');
  fs.writeSync(1, 'noise of the descriptor');
  writeSync(process.stdout.fd, 'noise of the descriptor, by name');
  fs.write(1, 'noise of the descriptor, later', () => {});
};
print();
setInterval(print, 5).unref();
`;

/** Everything that a server says to a client that asks for a program, until it has answered. */
async function ask(
  words: readonly string[],
  directory: string,
  code: string,
): Promise<readonly [tools: readonly string[] | undefined, result: unknown]> {
  const child = startCli(['mcp', ...words], { directory });
  child.stdin.write(messages(code));
  let said = '';
  while (!said.includes('"id":3')) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    said += chunk.toString();
  }
  const rest = endOf(child);
  child.stdin.end();
  const { exitCode, stdout } = await rest;
  expect(exitCode).toBe(0);
  const answers = (said + stdout)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
  const answerTo = (id: number): Answer['result'] | undefined => answers.find((one) => one.id === id)?.result;
  return [answerTo(2)?.tools?.map(({ name }) => name), answerTo(3)?.structuredContent];
}

describe('cloche mcp', () => {
  test('serves its tools and runs a program, with nothing but the protocol on standard output', async () => {
    const [tools, result] = await ask(['--debug'], temporaryDirectoryOfTest(), 'print(6 * 7)');
    expect(tools).toEqual(['execute_code', 'read_output', 'manage_sandbox', 'generate_code']);
    expect(result).toMatchObject({ status: 'ok', executor: 'local' });
    expect(JSON.stringify(result)).toContain('42');
  });

  test('runs programs with an executor that its user added', async () => {
    const directory = temporaryDirectoryOfTest();
    packSamplePlugin(directory);
    await runCli(['executors', 'add', './somebodys-mirror-1.2.3.tgz'], { directory });
    const [, result] = await ask(['--executor', 'mirror'], directory, 'print("not run")');
    expect(result).toMatchObject({ status: 'runtime_error', executor: 'mirror' });
  });

  test('keeps everything that an executor prints out of the protocol', async () => {
    const directory = temporaryDirectoryOfTest();
    packSamplePlugin(directory, NOISE);
    await runCli(['executors', 'add', './somebodys-mirror-1.2.3.tgz'], { directory });
    const [tools, result] = await ask(['--executor', 'mirror'], directory, 'print("not run")');
    expect(tools).toContain('execute_code');
    expect(result).toMatchObject({ executor: 'mirror' });
  });

  test.each([
    [['--tokenfile', 'x'], 'Did you mean --token-file?'],
    [['--host', '0.0.0.0'], '--host is for HTTP, and --http is not given.'],
    [['serve'], 'more arguments than this command takes'],
    [['--network', 'some'], '--network'],
  ])('refuses %j before anything starts', async (words, message) => {
    const directory = temporaryDirectoryOfTest();
    const { exitCode, stdout, stderr } = await runCli(['mcp', ...words], { directory });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('says what is wrong in Chinese', async () => {
    const directory = temporaryDirectoryOfTest();
    const environment = { CLOCHE_LANG: 'zh' };
    const { stderr } = await runCli(['mcp', '--port', '1'], { directory, environment });
    expect(stderr).toContain('--port 只用于 HTTP');
  });
});
