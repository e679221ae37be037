import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** What of the SDK is loaded after `code` ran in a process of its own. */
async function loadedBy(code: string): Promise<string[]> {
  const script = `
    import { createRequire } from 'node:module';
    ${code}
    const cache = Object.keys(createRequire(import.meta.url).cache);
    console.log(JSON.stringify(cache.filter((file) => /daytona|axios|opentelemetry|aws-sdk/u.test(file) && !file.includes('/packages/'))));
  `;
  const commandArguments = ['--conditions=@cloche/source', '--input-type=module', '--eval', script];
  const { stdout } = await run(process.execPath, commandArguments, { cwd: import.meta.dirname });
  return JSON.parse(stdout) as string[];
}

test('importing the plugin and creating an executor load nothing of the SDK', async () => {
  expect(
    await loadedBy(`
      const { daytonaExecutor, DEFAULT_DAYTONA_OPTIONS } = await import('@cloche/executor-daytona');
      const { createExecutorHost } = await import('@cloche/core');
      const executor = daytonaExecutor.create(DEFAULT_DAYTONA_OPTIONS, createExecutorHost({ environment: {} }));
      await executor.probe();
      await executor[Symbol.asyncDispose]();
    `),
  ).toEqual([]);
});

test('the look would find the SDK if it were loaded', async () => {
  const loaded = await loadedBy(
    `createRequire(import.meta.resolve('@cloche/executor-daytona'))('@daytonaio/sdk');`,
  );
  expect(loaded.length).toBeGreaterThan(50);
});
