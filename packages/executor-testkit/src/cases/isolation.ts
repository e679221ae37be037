import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isIsolationAtLeast } from '@cloche/core/executor';
import type { CaseContext } from '../case-context.ts';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.ts';
import { okJson } from '../expectations.ts';
import { expectWarning } from './isolation-warning.ts';
import { expectLimitRefused } from './limits.ts';
import { processMark } from './process-marks.ts';
import { python } from './requests.ts';

const SECRET = 'canary-in-a-file-of-the-host';

interface HeldCase {
  readonly id: string;
  readonly title: string;
  readonly check: (context: CaseContext) => Promise<void>;
}

/** For executors of isolation `process` and stronger; of `none` it is asked that they say so. */
function heldCase({ id, title, check }: HeldCase): ConformanceCase {
  return {
    id,
    title: `${title} (isolation none: warns that it does not)`,
    languages: ['python'],
    run: (context) =>
      isIsolationAtLeast(context.capabilities.isolation, 'process') ? check(context) : expectWarning(context),
  };
}

async function listen(
  server: Server,
  at: { readonly host: string; readonly port: number } | { readonly path: string },
): Promise<void> {
  server.listen(at);
  await once(server, 'listening');
}

const CONNECT = `import json, socket, sys
reached = []
for target in json.load(sys.stdin):
    family = socket.AF_INET if isinstance(target, list) else socket.AF_UNIX
    with socket.socket(family) as client:
        client.settimeout(2)
        try:
            client.connect(tuple(target) if isinstance(target, list) else target)
            reached.append(target)
        except OSError:
            pass
print(json.dumps(reached))
`;

/** Sockets by which a program would get hold of the machine or of its user. */
const HOST_SOCKETS = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/podman/podman.sock',
  '/run/containerd/containerd.sock',
  '/run/dbus/system_bus_socket',
  '/run/systemd/private',
  '/run/user/0/bus',
  '/run/user/1000/bus',
  '/tmp/.X11-unix/X0',
  '\0/tmp/.X11-unix/X0',
];

export const ISOLATION_CASES: ConformanceGroup = {
  concept: 'isolation',
  cases: [
    heldCase({
      id: 'host-files-are-out-of-reach',
      title: 'lets a program read no file of the home directory or the temporary directory of the host',
      check: async (context) => {
        const directories = [
          await mkdtemp(join(homedir(), '.cloche-conformance-')),
          await mkdtemp(join(tmpdir(), 'cloche-conformance-')),
        ];
        try {
          for (const directory of directories) await writeFile(join(directory, 'secret'), SECRET);
          const code = `import json, os, sys
found = []
for directory in json.load(sys.stdin):
    for path in (os.path.join(directory, "secret"), "/proc/1/root" + os.path.join(directory, "secret")):
        try:
            found.append(open(path).read())
        except OSError:
            pass
print(json.dumps(found))
`;
          const { result } = await context.run(python(code, { stdin: JSON.stringify(directories) }));
          assert.deepEqual(okJson(result), []);
        } finally {
          for (const directory of directories) await rm(directory, { recursive: true, force: true });
        }
      },
    }),
    heldCase({
      id: 'host-files-are-not-written',
      title: 'lets nothing that a program writes outside its directories reach the host or the next program',
      check: async (context) => {
        const name = processMark();
        const places = [
          '/',
          '/etc',
          '/usr',
          '/usr/bin',
          '/usr/local',
          '/opt',
          '/var',
          '/var/lib',
          '/root',
          '/home',
          homedir(),
          tmpdir(),
          process.cwd(),
        ];
        const paths = places.map((place) => join(place, name));
        const write = `import json, sys
for path in json.load(sys.stdin):
    try:
        open(path, "x").close()
    except OSError:
        pass
`;
        const look = `import json, os, sys\nprint(json.dumps([path for path in json.load(sys.stdin) if os.path.exists(path)]))\n`;
        try {
          await context.run(python(write, { stdin: JSON.stringify(paths) }));
          const onHost: string[] = [];
          for (const path of paths) if (await exists(path)) onHost.push(path);
          assert.deepEqual(onHost, [], 'the program wrote to this machine');
          const { result } = await context.run(python(look, { stdin: JSON.stringify(paths) }));
          assert.deepEqual(okJson(result), [], 'what the program wrote is there for the next one');
        } finally {
          for (const path of paths) await rm(path, { force: true });
        }
      },
    }),
    heldCase({
      id: 'host-processes-are-out-of-sight',
      title: 'shows a program no process of the host and no environment of one',
      check: async (context) => {
        const mark = processMark();
        const script = 'setTimeout(() => {}, 60_000)';
        const helper = spawn(process.execPath, ['-e', script, mark], {
          env: { MARK: mark },
          stdio: 'ignore',
        });
        try {
          const code = `import glob, json, sys
mark = sys.stdin.read().encode()
found = []
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try:
        if mark in open(path, "rb").read():
            found.append(path)
    except OSError:
        pass
print(json.dumps(found))
`;
          const { result } = await context.run(python(code, { stdin: mark }));
          assert.deepEqual(okJson(result), []);
        } finally {
          helper.kill('SIGKILL');
        }
      },
    }),
    heldCase({
      id: 'host-sockets-are-out-of-reach',
      title: 'lets a program connect to no socket of the host',
      check: async (context) => {
        const directory = await mkdtemp(join(tmpdir(), 'cloche-conformance-'));
        const own = join(directory, 'socket');
        const server = createServer((client) => client.destroy());
        try {
          await listen(server, { path: own });
          const agent = context.canary.hostEnvironment['SSH_AUTH_SOCK'];
          const targets = [own, ...HOST_SOCKETS, ...(agent === undefined ? [] : [agent])];
          const { result } = await context.run(python(CONNECT, { stdin: JSON.stringify(targets) }));
          assert.deepEqual(okJson(result), []);
        } finally {
          server.close();
          await rm(directory, { recursive: true, force: true });
        }
      },
    }),
    {
      id: 'network-none-reaches-no-host',
      title: 'keeps a program without network from reaching a server on this machine (not offered: refuses)',
      languages: ['python'],
      run: async (context) => {
        const server = createServer((client) => client.destroy());
        try {
          await listen(server, { host: '127.0.0.1', port: 0 });
          const { port } = server.address() as AddressInfo;
          const request = python(CONNECT, { network: 'none', stdin: JSON.stringify([['127.0.0.1', port]]) });
          if (!context.capabilities.networks.includes('none')) {
            await expectLimitRefused(context, request);
            return;
          }
          assert.deepEqual(okJson((await context.run(request)).result), []);
        } finally {
          server.close();
        }
      },
    },
    {
      id: 'network-none-has-no-route',
      title: 'gives a program without network no route and no name resolution (not offered: refuses)',
      languages: ['python'],
      run: async (context) => {
        const code = `import json, socket
reached = []
for family, target in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET, "169.254.169.254"), (socket.AF_INET6, "2001:db8::1")):
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as client:
            client.connect((target, 53))
            reached.append(target)
    except OSError:
        pass
try:
    reached.append(socket.getaddrinfo("example.com", 80)[0][4][0])
except OSError:
    pass
print(json.dumps(reached))
`;
        const request = python(code, { network: 'none' });
        if (!context.capabilities.networks.includes('none')) {
          await expectLimitRefused(context, request);
          return;
        }
        assert.deepEqual(okJson((await context.run(request)).result), []);
      },
    },
    {
      id: 'network-policies-are-kept-or-refused',
      title: 'runs a plan with each network policy that it offers, and refuses the others',
      languages: ['python'],
      run: async (context) => {
        const code = `import socket
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
print("loopback")
`;
        for (const network of ['none', 'full'] as const) {
          const request = python(code, { network });
          if (!context.capabilities.networks.includes(network)) {
            await expectLimitRefused(context, request);
            continue;
          }
          const { result } = await context.run(request);
          assert.deepEqual(
            [result.status, Buffer.from(result.run?.stdout.head ?? []).toString()],
            ['ok', 'loopback\n'],
          );
        }
      },
    },
  ],
};

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
