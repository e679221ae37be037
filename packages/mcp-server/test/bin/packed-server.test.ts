import { once } from 'node:events';
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientOfV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as TransportOfV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PackedServer } from './support/packed-server.ts';
import { packServer } from './support/packed-server.ts';
import { runServer, saidOnStderr, startServer } from './support/server-process.ts';

const INFO = { name: 'test', version: '1.0.0' };
/** What a client of 2025-06-18 sends first. */
const INITIALIZE = `${JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: INFO },
})}\n`;
const TOKEN = 'a-token-of-the-test-0123456789';

/** Tells every file that is loaded, on stderr. */
const SPY = `
import { registerHooks } from 'node:module';
import { writeSync } from 'node:fs';
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (resolved.url.startsWith('file:')) writeSync(2, 'loaded ' + resolved.url + '\\n');
    return resolved;
  },
});
`;

let server: PackedServer;

beforeAll(() => {
  server = packServer();
}, 120_000);

afterAll(() => server[Symbol.dispose]());

function parameters(words: readonly string[] = []): {
  command: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
} {
  const [command, ...argv] = server.argv;
  return { command, args: [...argv, ...words], env: { ...server.environment }, cwd: server.directory };
}

describe('over standard input and output', () => {
  test.each(['auto', 'legacy'] as const)('the client of version 2 gets the tools (%s)', async (mode) => {
    const client = new Client(INFO, { versionNegotiation: { mode } });
    await client.connect(new StdioClientTransport(parameters()));
    const { tools } = await client.listTools();
    await client.close();
    expect(tools.map(({ name }) => name)).toEqual(['execute_code', 'read_output', 'manage_sandbox']);
  });

  test('the client of version 1 gets the tools, and runs a program', async () => {
    const client = new ClientOfV1(INFO);
    await client.connect(new TransportOfV1(parameters()));
    const { tools } = await client.listTools();
    const result = await client.callTool({
      name: 'execute_code',
      arguments: { language: 'python', code: 'print(6 * 7)' },
    });
    await client.close();
    expect(tools.map(({ name }) => name)).toEqual(['execute_code', 'read_output', 'manage_sandbox']);
    expect(result.structuredContent).toMatchObject({ status: 'ok' });
    expect(JSON.stringify(result.content)).toContain('42');
  });

  test('standard output carries the protocol alone, also with --debug', async () => {
    const { child, ended } = startServer(server, ['--debug'], { CLOCHE_LOG: 'debug' });
    child.stdin.write(INITIALIZE);
    await once(child.stdout, 'data');
    child.stdin.end();
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    const messages = stdout.trimEnd().split('\n');
    expect(messages).toHaveLength(1);
    expect(JSON.parse(messages[0] ?? '')).toMatchObject({ jsonrpc: '2.0', id: 1 });
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it within five seconds', async (signal) => {
    const { child, ended } = startServer(server, []);
    child.stdin.write(INITIALIZE);
    await once(child.stdout, 'data');
    const startedAt = performance.now();
    child.kill(signal);
    expect(await ended).toMatchObject({ exitCode: 0, signal: null, stderr: '' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('the end of standard input ends it', async () => {
    expect(await runServer(server, [])).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('a client that reads no more ends it', async () => {
    const { child, ended } = startServer(server, []);
    const closed = once(child, 'close');
    // What is read of a stream that was destroyed is no result.
    ended.catch(() => undefined);
    child.stdout.destroy();
    child.stdin.write(INITIALIZE);
    expect(await closed).toEqual([0, null]);
  });
});

describe('over HTTP', () => {
  test('it says its address and a token once, and answers whoever has it', async () => {
    const started = startServer(server, ['--http', '--port', '0', '--debug']);
    let stderr = '';
    started.child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const token = await saidOnStderr(started, /Bearer (?<word>[\w-]+)/u);
    const url = /http:\/\/127\.0\.0\.1:\d+\/mcp/u.exec(stderr)?.[0] ?? '';
    const client = new Client(INFO, { versionNegotiation: { mode: 'auto' } });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(url), {
        requestInit: { headers: { Authorization: `Bearer ${token}` } },
      }),
    );
    const { tools } = await client.listTools();
    await client.close();
    expect(tools.map(({ name }) => name)).toContain('execute_code');
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    started.child.kill('SIGTERM');
    const { exitCode, stdout } = await started.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr.split(token)).toHaveLength(2);
  });

  test.each([
    ['CLOCHE_HTTP_TOKEN', [], { CLOCHE_HTTP_TOKEN: TOKEN }],
    ['--token-file', ['--token-file', 'token'], {}],
  ] as const)('a token of its user’s (%s) is shown nowhere', async (_, words, environment) => {
    writeFileSync(join(server.directory, 'token'), `${TOKEN}\n`, { mode: 0o600 });
    const started = startServer(server, ['--http', '--port', '0', ...words], environment);
    const url = await saidOnStderr(started, /(?<word>http:\S+)/u);
    const answer = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      body: INITIALIZE,
    });
    expect(answer.status).not.toBe(401);
    await answer.body?.cancel();
    started.child.kill('SIGINT');
    const { exitCode, stderr } = await started.ended;
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain(TOKEN);
  });

  test('beyond loopback it runs nothing without a container, unless somebody has said so', async () => {
    const words = ['--http', '--host', '0.0.0.0', '--port', '0'];
    const answers: unknown[] = [];
    for (const more of [[], ['--isolation', 'none']]) {
      const started = startServer(server, [...words, ...more], { CLOCHE_HTTP_TOKEN: TOKEN });
      const port = await saidOnStderr(started, /http:\/\/\S+:(?<word>\d+)\/mcp/u);
      const client = new Client(INFO, { versionNegotiation: { mode: 'auto' } });
      const headers = { Authorization: `Bearer ${TOKEN}` };
      const url = new URL(`http://127.0.0.1:${port}/mcp`);
      await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
      const program = { language: 'python', code: 'print(6 * 7)' };
      answers.push(await client.callTool({ name: 'execute_code', arguments: program }));
      await client.close();
      started.child.kill('SIGTERM');
      await started.ended;
    }
    expect(answers).toMatchObject([
      { isError: true, content: [{ text: expect.stringContaining('container') as string }] },
      { structuredContent: { status: 'ok', executor: 'local', stdout: '42\n' } },
    ]);
  });

  test('beyond loopback it warns of the network, and of an isolation that somebody has lowered', async () => {
    const words = ['--http', '--host', '0.0.0.0', '--port', '0'];
    const usual = startServer(server, words);
    await saidOnStderr(usual, /not encrypted/u);
    usual.child.kill('SIGTERM');
    expect((await usual.ended).stderr).not.toContain('isolation.minimum');

    const lowered = startServer(server, [...words, '--isolation', 'none']);
    await saidOnStderr(lowered, /isolation\.minimum is none \(--isolation\)[^]+not encrypted/u);
    lowered.child.kill('SIGTERM');
    expect(await lowered.ended).toMatchObject({ exitCode: 0 });
  });
});

describe('the command line', () => {
  test.each([
    [['--prot', '1'], 'There is no option "--prot".\nhint: Did you mean --port?'],
    [['serve'], 'This command takes options alone, not "serve".'],
    [['--port', '1'], '--port is for HTTP, and --http is not given.'],
    [['--http', '--port', '70000'], '--port is "70000", which is no port.'],
    [['--http', '--host'], 'The option --host needs a value.'],
    [['--http=yes'], '--http takes no value.'],
    [['--executor', '--http'], 'The option --executor needs a value.'],
    [['--http', '--jwt-issuer', 'https://a.example'], 'belong together'],
    [['--http', '--token-file', 'absent'], 'cannot be read: ENOENT'],
    [['--timeout', 'soon'], '--timeout'],
    [['--lang', 'fr'], '--lang takes en, zh.'],
  ])('%j is refused before anything starts', async (words, message) => {
    const { exitCode, stdout, stderr } = await runServer(server, words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('its help names every option, in both languages', async () => {
    const [english, chinese] = await Promise.all([
      runServer(server, ['--help']),
      runServer(server, ['-h', '--lang', 'zh']),
    ]);
    expect(english.stdout).toMatch(/^Usage: cloche-mcp-server \[options\]/u);
    expect(chinese.stdout).toMatch(/^用法： ?cloche-mcp-server/u);
    for (const flag of [
      '--http',
      '--token-file',
      '--allowed-origin',
      '--executor',
      '--network',
      '--memory',
    ]) {
      for (const { stdout } of [english, chinese]) expect(stdout).toContain(`  ${flag}`);
    }
  });

  test('says what is wrong in Chinese', async () => {
    const { exitCode, stderr } = await runServer(server, ['--http', '--port', 'x'], { LANG: 'zh_CN.UTF-8' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('不是端口');
  });

  test('says its version', async () => {
    const manifest = JSON.parse(readFileSync(join(server.directory, 'package/package.json'), 'utf8')) as {
      version: string;
    };
    expect(await runServer(server, ['-V'])).toMatchObject({ exitCode: 0, stdout: `${manifest.version}\n` });
  });
});

describe('the package', () => {
  test('keeps its compiled code in a directory of this user alone', async () => {
    await runServer(server, ['--version']);
    const cache = join(server.directory, 'cloche/cache/compile-cache');
    expect(lstatSync(cache).mode & 0o777).toBe(0o700);
    expect(readdirSync(cache)).not.toEqual([]);
  });

  test('loads no executor, no HTTP and no token library for a start over standard input and output', async () => {
    const [file, entry] = server.argv;
    const spy = join(server.directory, 'spy.mjs');
    writeFileSync(spy, SPY);
    const { stderr } = await runServer({ ...server, argv: [file, '--import', spy, entry ?? ''] }, []);
    const files = [...stderr.matchAll(/^loaded (?<url>.+)$/gmu)].map(({ groups }) => groups?.['url'] ?? '');
    const sources = files.map((url) => readFileSync(new URL(url), 'utf8')).join('\n');
    expect(files.length).toBeGreaterThan(2);
    const heavy = ['dockerode', 'execa', 'jose', 'amaro', '@modelcontextprotocol/node', 'smol-toml'];
    expect(heavy.filter((name) => sources.includes(`/node_modules/${name}/`))).toEqual([]);
  });
});
