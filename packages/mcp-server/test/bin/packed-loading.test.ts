import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startModelServer } from '@cloche/model-test-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PackedServer } from './support/packed-server.ts';
import { packServer } from './support/packed-server.ts';
import { runServer } from './support/server-process.ts';

const KEY = 'a-key-of-the-test-0123456789';

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

/** A word of each part that a start does not need. Names and comments of its sources are not in the package. */
const PARTS: Readonly<Record<string, string>> = {
  dockerode: 'Dockerode',
  execa: 'ExecaError',
  sandbox: 'bubblewrap',
  'tokens of an issuer': 'JWTClaimValidationFailed',
  'TypeScript transform': 'amaro',
  HTTP: '/healthz',
  TOML: 'TomlError',
  generator: 'RepairLoop',
  'AI SDK': 'AI_RetryError',
  'compatible provider': 'OpenAICompatibleChatLanguageModel',
  'Google provider': 'GoogleGenerativeAI',
};

let server: PackedServer;

beforeAll(() => {
  server = packServer();
}, 120_000);

afterAll(() => server[Symbol.dispose]());

function partsIn(files: readonly string[]): string[] {
  const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return Object.entries(PARTS).flatMap(([part, word]) => (sources.includes(word) ? [part] : []));
}

function packedFiles(): string[] {
  const directory = join(server.directory, 'package/dist');
  return readdirSync(directory)
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(directory, name));
}

function loadedFiles(stderr: string): string[] {
  const urls = [...stderr.matchAll(/^loaded (?<url>.+)$/gmu)].map(({ groups }) => groups?.['url'] ?? '');
  return urls.map((url) => fileURLToPath(url));
}

function spy(): string {
  const file = join(server.directory, 'spy.mjs');
  writeFileSync(file, SPY);
  return file;
}

describe('the package', () => {
  test('loads no executor, no HTTP, no model and no token library for a start over standard input and output', async () => {
    const [file, entry] = server.argv;
    const { stderr } = await runServer({ ...server, argv: [file, '--import', spy(), entry ?? ''] }, []);
    const loaded = loadedFiles(stderr);
    expect(loaded.length).toBeGreaterThan(2);
    // A word that is nowhere in the package would be missing from what was loaded whatever that is.
    expect(partsIn(packedFiles())).toEqual(Object.keys(PARTS));
    expect(partsIn(loaded)).toEqual([]);
  });

  test('writes programs with nothing but its own files, and loads the model’s with the first of them', async () => {
    await using model = await startModelServer();
    model.script(['```python\nprint(6 * 7)\n```\nIt prints 42.']);
    const [command, ...args] = server.argv;
    const transport = new StdioClientTransport({
      command,
      args: ['--import', spy(), ...args],
      env: {
        ...server.environment,
        CLOCHE_GENERATOR_PROVIDER: 'compatible',
        CLOCHE_GENERATOR_BASE_URL: model.baseUrls.compatible,
        CLOCHE_GENERATOR_MODEL: 'test-model',
        CLOCHE_GENERATOR_API_KEY: KEY,
      },
      cwd: server.directory,
      stderr: 'pipe',
    });
    let stderr = '';
    transport.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(transport);
    await client.listTools();
    await client.callTool({ name: 'execute_code', arguments: { language: 'bash', code: 'true' } });
    const before = partsIn(loadedFiles(stderr));
    const answer = await client.callTool({ name: 'generate_code', arguments: { requirement: 'Print 42.' } });
    const after = partsIn(loadedFiles(stderr));
    await client.close();
    expect(answer.structuredContent).toMatchObject({
      status: 'ok',
      execution: { stdout: '42\n', executor: 'local' },
    });
    expect(model.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(before).not.toEqual(expect.arrayContaining(['generator']));
    expect(after).toEqual(expect.arrayContaining(['generator', 'AI SDK', 'compatible provider']));
    expect(after).not.toEqual(expect.arrayContaining(['Google provider']));
    expect(JSON.stringify(answer) + stderr).not.toContain(KEY);
  });
});
