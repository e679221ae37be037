import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startModelServer } from '@cloche/model-test-server';
import { expect, test } from 'vitest';
import { PROVIDERS } from './support/test-models.ts';

const run = promisify(execFile);
const fixture = fileURLToPath(new URL('fixtures/import-and-list-packages.ts', import.meta.url));

interface Ran {
  readonly packages: readonly string[];
  /** Everything else that the process printed. */
  readonly stderr: string;
}

async function loadedBy(...words: readonly string[]): Promise<Ran> {
  const { stdout, stderr } = await run(process.execPath, ['--conditions=@cloche/source', fixture, ...words]);
  return { packages: JSON.parse(stdout) as string[], stderr };
}

test('importing the generator loads nothing of the AI SDK, nor does opening and probing a model', async () => {
  await using server = await startModelServer();
  expect((await loadedBy('import')).packages).toEqual([]);
  expect((await loadedBy('open', server.baseUrls.compatible)).packages).toEqual([]);
  expect(server.requests).toHaveLength(1);
});

test.each(PROVIDERS)(
  '%s: writing loads the SDK and no other provider’s package, and prints nothing',
  async (provider) => {
    await using server = await startModelServer();
    // A failure, and a setting that the model does not know, are what the SDK likes to print.
    server.setFallback({ text: ['a', 'b'], fault: { failure: 'server error' } });
    const { packages, stderr } = await loadedBy(provider, server.baseUrls[provider]);
    const own = provider === 'compatible' ? '@ai-sdk/openai-compatible' : `@ai-sdk/${provider}`;
    expect(packages).toContain('ai');
    const providers = packages.filter((name) =>
      /^@ai-sdk\/(?:anthropic|google|openai|openai-compatible)$/u.test(name),
    );
    expect(providers).toEqual([own]);
    expect(stderr).toBe('');
    expect(server.calls).toHaveLength(1);
  },
);
