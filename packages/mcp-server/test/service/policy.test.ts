import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { openConnection } from '../support/open-connection.ts';
import { textOf } from '../support/text-of.ts';

const ALL_TOOLS_TOKENS = 1_000;
const GENERATE_CODE_TOKENS = 200;

const NO_ENGINE = { host: 'unix:///absent/engine.sock' };

interface ListedTool {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly inputSchema: { readonly properties: Readonly<Record<string, unknown>> };
}

async function toolsWith(config: Parameters<typeof openConnection>[0]): Promise<readonly ListedTool[]> {
  await using connection = await openConnection(config);
  return (await connection.client.listTools()) as readonly unknown[] as readonly ListedTool[];
}

describe('what a model is offered', () => {
  test.each(['none', 'full'] as const)(
    'all tools cost less than 1,000 tokens with room for one more, network %s',
    async (network) => {
      const tools = await toolsWith({ config: { network } });
      expect(encode(JSON.stringify(tools)).length).toBeLessThan(ALL_TOOLS_TOKENS - GENERATE_CODE_TOKENS);
    },
  );

  test('the network only where the configuration has it', async () => {
    const [closed] = await toolsWith({ config: { network: 'none' } });
    const [open] = await toolsWith({ config: { network: 'full' } });
    expect(closed?.inputSchema.properties).not.toHaveProperty('network');
    expect(open?.inputSchema.properties).toHaveProperty('network');
    expect(closed?.annotations).toMatchObject({ openWorldHint: false });
    expect(open?.annotations).toMatchObject({ openWorldHint: true });
  });

  test.each([
    [true, { executor: 'local' }],
    [true, { executor: 'auto', auto: { order: ['docker', 'local'] } }],
    [true, { executor: 'somebody-elses' }],
    [false, { executor: 'docker' }],
    [false, { executor: 'auto', isolation: { minimum: 'container' } }],
    [false, { executor: 'local', executorOptions: { local: { sandbox: 'required' } } }],
  ] as const)('may destroy things: %s for %o', async (destructiveHint, config) => {
    const [executeCode, readOutput] = await toolsWith({ config });
    expect(executeCode?.annotations).toMatchObject({ destructiveHint, readOnlyHint: false });
    expect(readOutput?.annotations).toMatchObject({ readOnlyHint: true });
  });

  test('arrays say what they hold, and every number has its bounds', async () => {
    const schemas = JSON.stringify(await toolsWith({ config: { network: 'full' } }));
    const arrays = schemas.match(/"type":"array"/gu) ?? [];
    expect(schemas.match(/"items":/gu)).toHaveLength(arrays.length);
    expect(schemas).not.toContain('9007199254740991');
  });
});

describe('a server without an executor that works', () => {
  test('starts, and says in each answer what is wrong and what to do', async () => {
    await using connection = await openConnection({
      config: { executor: 'auto', auto: { order: ['docker'] }, executorOptions: { docker: NO_ENGINE } },
    });
    const answer = await connection.client.call('execute_code', { code: 'print(1)', language: 'python' });
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain('docker');
    expect(textOf(answer)).toMatch(/ERR_EXECUTOR_(?:NOT_FOUND|UNAVAILABLE)/u);
    expect(textOf(answer).split('\n').length).toBeGreaterThanOrEqual(3);
    const status = await connection.client.call('manage_sandbox', { action: 'status' });
    expect(status.isError).toBeFalsy();
    expect(status.structuredContent).toMatchObject({
      executors: [{ name: 'docker', available: false }, { name: 'local' }],
    });
  });

  test('says it in the language of its configuration', async () => {
    await using connection = await openConnection({ config: { locale: 'zh' } });
    const answer = await connection.client.call('read_output', { run_id: 'none' });
    expect(textOf(answer)).toContain('没有此 run_id 对应的运行');
  });
});

test('falling back to no sandbox at all is said in the first lines, with the reason', async () => {
  const local = { sandbox: 'off' };
  await using connection = await openConnection({
    config: {
      executor: 'auto',
      auto: { order: ['docker', 'local'] },
      executorOptions: { docker: NO_ENGINE, local },
    },
  });
  const answer = await connection.client.call('execute_code', { code: 'print(1)', language: 'python' });
  expect(answer.structuredContent).toMatchObject({
    status: 'ok',
    executor: 'local',
    isolation: 'none',
    passed_over: [{ executor: 'docker' }],
  });
  const [first, second] = textOf(answer).split('\n');
  expect(first).toContain('NO SANDBOX');
  expect(second).toContain('passed over: docker');
});

test('a stronger isolation than there is refuses the run', async () => {
  await using connection = await openConnection({ config: { isolation: { minimum: 'microvm' } } });
  const answer = await connection.client.call('execute_code', { code: 'print(1)', language: 'python' });
  expect(answer.isError).toBe(true);
  expect(textOf(answer)).toContain('microvm');
});
