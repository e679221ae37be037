import { describe, expect, test } from 'vitest';
import { createPlan } from '@cloche/core/executor';
import { attackSuite } from './support/attack-suite.ts';
import { python } from './support/docker-under-test.ts';
import { containersOf, inspectContainer } from './support/engine-objects.ts';

const suite = attackSuite();
const MEBIBYTE = 1024 * 1024;

describe('a container, as the engine has made it', () => {
  test('has everything that was asked for', async () => {
    const limits = {
      memoryBytes: 128 * MEBIBYTE,
      scratchBytes: 32 * MEBIBYTE,
      processCount: 40,
      openFileCount: 100,
      cpuCount: 0.5,
    };
    const abort = new AbortController();
    const code = 'import time\nprint("up", flush=True)\ntime.sleep(600)\n';
    const plan = createPlan(python(code, { limits }));
    const execution = suite.docker.executor.execute(plan, { signal: abort.signal });
    let inspected: Record<string, unknown> | null = null;
    for await (const event of execution) {
      // The line and its end may come apart, and the container is gone after the first.
      if (event.type !== 'stdout' || inspected !== null) continue;
      const [id = ''] = await containersOf(suite.docker.owner);
      inspected = await inspectContainer(id);
      abort.abort();
    }
    await execution.result;
    expect(inspected).toMatchObject({
      Mounts: [],
      Config: { User: '65534:65534', Volumes: null, Env: expect.not.arrayContaining(['HOME']) as unknown },
      HostConfig: {
        Memory: 160 * MEBIBYTE,
        MemorySwap: 160 * MEBIBYTE,
        PidsLimit: 42,
        NanoCpus: 500_000_000,
        CapDrop: ['ALL'],
        CapAdd: null,
        Privileged: false,
        ReadonlyRootfs: true,
        Binds: null,
        Devices: null,
        VolumesFrom: null,
        AutoRemove: true,
        NetworkMode: 'none',
        PublishAllPorts: false,
        LogConfig: { Type: 'none' },
        IpcMode: 'private',
        PidMode: '',
        UTSMode: '',
        ShmSize: 16 * MEBIBYTE,
        Tmpfs: { '/tmp': `rw,exec,nosuid,nodev,size=${32 * MEBIBYTE},mode=1777` },
        Ulimits: expect.arrayContaining([
          { Name: 'nofile', Soft: 100, Hard: 100 },
          { Name: 'fsize', Soft: 32 * MEBIBYTE, Hard: 32 * MEBIBYTE },
          { Name: 'core', Soft: 0, Hard: 0 },
        ]) as unknown,
        SecurityOpt: expect.arrayContaining([
          'no-new-privileges',
          expect.stringMatching(/^seccomp=\{"defaultAction":"SCMP_ACT_ERRNO"/u),
        ]) as unknown,
      },
    });
  });
});

describe('a container without a network', () => {
  test('has loopback alone, and no raw or packet sockets', async () => {
    const code = `import json, socket
answers = {"interfaces": [name for _, name in socket.if_nameindex()]}
for name, family, kind in [
    ("raw", socket.AF_INET, socket.SOCK_RAW), ("packet", 17, socket.SOCK_RAW), ("vsock", 40, socket.SOCK_STREAM),
    ("alg", 38, socket.SOCK_SEQPACKET), ("bluetooth", 31, socket.SOCK_RAW),
]:
    try:
        socket.socket(family, kind, 1 if name == "raw" else 0)
        answers[name] = "made"
    except OSError:
        answers[name] = "refused"
print(json.dumps(answers))
`;
    expect(JSON.parse(await suite.docker.print(python(code)))).toEqual({
      interfaces: ['lo'],
      raw: 'refused',
      packet: 'refused',
      vsock: 'refused',
      alg: 'refused',
      bluetooth: 'refused',
    });
  });

  test('reaches no gateway, no name server, no metadata service and no address of IPv6', async () => {
    const code = `import json, socket
reached = []
for family, address, port in [
    (socket.AF_INET, "172.17.0.1", 22), (socket.AF_INET, "172.17.0.1", 2375), (socket.AF_INET, "10.0.0.1", 53),
    (socket.AF_INET, "8.8.8.8", 53), (socket.AF_INET, "127.0.0.11", 53), (socket.AF_INET, "169.254.169.254", 80),
    (socket.AF_INET6, "fd00:ec2::254", 80), (socket.AF_INET6, "2606:4700:4700::1111", 53), (socket.AF_INET6, "fe80::1", 80),
]:
    with socket.socket(family, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        try:
            client.connect((address, port))
            reached.append(address)
        except OSError:
            pass
for name in ["example.com", "host.docker.internal", "metadata.google.internal"]:
    try:
        reached.append(socket.getaddrinfo(name, 80)[0][4][0])
    except OSError:
        pass
print(json.dumps(reached))
`;
    expect(await suite.docker.print(python(code))).toBe('[]\n');
  });
});
