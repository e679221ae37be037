import { createPlan, outputText } from '@cloche/core/executor';
import type { ExecutionResult, Executor } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';
import { BUSYBOX_IMAGE, findTestEngine } from './support/test-engine.ts';

const engine = await findTestEngine();

/** Tries each address from inside, and says which one answered. */
const PROGRAM = `import socket, sys
for address in sys.argv[1:]:
    host, port = address.rsplit(":", 1)
    try:
        socket.create_connection((host, int(port)), 3).close()
        print(address, "open")
    except OSError:
        print(address, "closed")
`;

describe('the network full', () => {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let server: http.Server;
  let gateway: string;

  beforeAll(async () => {
    testHost = await createTestHost();
    server = http.createServer((_, response) => response.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const bridge = networkInterfaces()['docker0']?.find(({ family }) => family === 'IPv4')?.address;
    gateway = `${bridge ?? '172.17.0.1'}:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.close();
    await testHost.remove();
  });

  async function run(image: string): Promise<ExecutionResult> {
    const executor: Executor = dockerExecutor.create({ ...DEFAULT_DOCKER_OPTIONS, image }, testHost.host);
    try {
      const plan = createPlan({
        language: 'python',
        code: PROGRAM,
        network: 'full',
        arguments: [gateway, '169.254.169.254:80', '10.0.0.1:80', '192.168.1.1:80'],
      });
      return await executor.execute(plan, { signal: new AbortController().signal }).result;
    } finally {
      await executor[Symbol.asyncDispose]();
    }
  }

  test('keeps away from the gateway, the local network and the metadata address', async (context) => {
    if (!engine.available) context.skip(engine.reason);
    const result = await run(engine.available ? engine.image : '');
    const lines = outputText(result.run?.stdout ?? expect.fail())
      .trim()
      .split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.filter((line) => !line.endsWith(' closed'))).toEqual([]);
    expect(result.network).toBe('full');
    expect(result.warnings).toEqual([]);
  });

  test('says plainly where that cannot be done, and is as open as it says', async (context) => {
    if (!engine.available) context.skip(engine.reason);
    const result = await run(BUSYBOX_IMAGE);
    expect(result.warnings.map(({ en }) => en)).toEqual([expect.stringContaining('is not filtered here')]);
    expect(outputText(result.run?.stdout ?? expect.fail())).toContain(`${gateway} open`);
  });
});
