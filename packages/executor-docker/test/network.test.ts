import { createPlan } from '@cloche/core/executor';
import type { ExecutionResult, Executor } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';
import { outputOf } from './faults/support/docker-under-test.ts';
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

/** Says where the kernel would send a packet for each address. */
const ROUTES = `for address; do
  case $(ip route get "$address" 2>&1) in
    "$address "*" dev "*) echo "$address routed" ;;
    *) echo "$address unreachable" ;;
  esac
done
`;
/** The first and the last address of each network, and those that something is known to listen on. */
const CLOSED =
  '0.0.0.1 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 168.63.129.16 169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.192 192.0.0.255 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 224.0.0.1 239.255.255.255'.split(
    ' ',
  );
/** Of the world, among them the neighbours of what is closed. */
const OPEN =
  '1.0.0.1 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 168.63.129.15 168.63.129.17 169.253.255.255 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.167.255.255 198.17.255.255 198.20.0.0 223.255.255.255'.split(
    ' ',
  );

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
    const lines = outputOf(result).trim().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.filter((line) => !line.endsWith(' closed'))).toEqual([]);
    expect(result.network).toBe('full');
    expect(result.warnings).toEqual([]);
  });

  test('has a way to every public address, and to none that is closed', async (context) => {
    if (!engine.available) context.skip(engine.reason);
    const executor: Executor = dockerExecutor.create(
      { ...DEFAULT_DOCKER_OPTIONS, image: engine.available ? engine.image : null },
      testHost.host,
    );
    try {
      const plan = createPlan({
        language: 'bash',
        code: ROUTES,
        network: 'full',
        arguments: [...CLOSED, ...OPEN],
      });
      const result = await executor.execute(plan, { signal: new AbortController().signal }).result;
      const lines = outputOf(result).trim().split('\n');
      expect(lines).toEqual([
        ...CLOSED.map((address) => `${address} unreachable`),
        ...OPEN.map((address) => `${address} routed`),
      ]);
    } finally {
      await executor[Symbol.asyncDispose]();
    }
  });

  test('says plainly where that cannot be done, and is as open as it says', async (context) => {
    if (!engine.available) context.skip(engine.reason);
    const result = await run(BUSYBOX_IMAGE);
    expect(result.warnings.map(({ en }) => en)).toEqual([expect.stringContaining('is not filtered here')]);
    expect(outputOf(result)).toContain(`${gateway} open`);
  });
});
