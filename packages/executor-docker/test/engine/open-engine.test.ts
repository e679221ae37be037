import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Unavailability } from '@cloche/core/executor';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineEndpoint } from '../../src/engine/engine-endpoint.ts';
import { loadDockerode } from '../../src/engine/load-dockerode.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import type { SearchOptions } from '../../src/engine/open-engine.ts';
import { createTestHost } from './create-test-host.ts';
import { listen } from './listen.ts';

let directory: string;
let cleanups: (() => Promise<unknown> | void)[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-engine-'));
  await chmod(directory, 0o755);
  cleanups = [];
});

afterEach(async () => {
  for (const cleanup of cleanups) await cleanup();
  await rm(directory, { recursive: true });
});

function usual(origin: string, socketPath: string): EngineEndpoint {
  return {
    address: `unix://${socketPath}`,
    origin,
    isExplicit: false,
    transport: { kind: 'socket', path: socketPath },
  };
}

/** Closed at the end of the test. @returns the port */
async function serve(server: net.Server, place: { path: string } | { port: number }): Promise<number> {
  const listening = await listen(server, place);
  cleanups.push(() => listening.close());
  return listening.port;
}

function fakeEngine(): http.Server {
  return http.createServer((request, response) => {
    const answer = request.url?.endsWith('/info') === true ? {} : { ApiVersion: '1.41', Version: '1.2.3' };
    response.end(JSON.stringify(answer));
  });
}

async function unavailability(
  environment: Record<string, string>,
  options: SearchOptions,
  platform: NodeJS.Platform = 'linux',
): Promise<Unavailability> {
  const search = await openEngine(
    createTestHost({ HOME: directory, ...environment }, platform),
    null,
    options,
  );
  if (!search.found) return search.unavailability;
  search.engine.close();
  throw new Error(`an engine was found: ${search.engine.address}`);
}

describe('where no engine answers, three answers', () => {
  test.each([
    ['linux', 'sudo apt-get install docker.io'],
    ['darwin', 'brew install colima docker && colima start'],
    ['win32', 'winget install Docker.DockerDesktop'],
  ] as const)('not installed: how to install it on %s', async (platform, command) => {
    const result = await unavailability({ PATH: directory }, { endpoints: [] }, platform);
    expect(result.code).toBe('ERR_EXECUTOR_UNAVAILABLE');
    expect(result.reason.en).toContain('No container engine is installed');
    expect(result.reason.zh).toContain('未安装');
    expect(result.fix).toContain(command);
  });

  test('not running: a client is installed, and how to start the engine', async () => {
    const bin = path.join(directory, 'bin');
    await mkdir(bin);
    await writeFile(path.join(bin, 'docker'), '', { mode: 0o755 });
    await writeFile(path.join(bin, 'colima'), '', { mode: 0o755 });
    const result = await unavailability({ PATH: bin }, { endpoints: [] }, 'darwin');
    expect(result.reason.en).toContain(path.join(bin, 'docker'));
    expect(result.reason.en).toContain('none is running');
    expect(result.reason.zh).toContain('没有引擎在运行');
    expect(result.fix).toEqual(['open -a Docker', 'colima start']);
  });

  test('not running: a socket that refuses, with what starts this product', async () => {
    const socketPath = path.join(directory, 'stale.sock');
    await leaveSocketBehind(socketPath);
    const options = { endpoints: [usual('Colima', socketPath)] };
    const result = await unavailability({ PATH: directory }, options);
    expect(result.reason.en).toMatch(/Colima is not running.*ECONNREFUSED/u);
    expect(result.fix).toEqual(['colima start']);
    expect(result.hint.zh).toContain('colima start');
  });

  test('not allowed: permission denied on the socket', async (context) => {
    const { seteuid } = process;
    context.skip(seteuid === undefined, 'this worker cannot become another user');
    const socketPath = path.join(directory, 'closed.sock');
    await serve(fakeEngine(), { path: socketPath });
    await chmod(socketPath, 0o000);
    // Loaded while its files may still be read.
    await loadDockerode();
    const isRoot = process.getuid?.() === 0;
    if (isRoot) seteuid?.(65_534);
    try {
      const result = await unavailability({ PATH: directory }, { endpoints: [usual('Docker', socketPath)] });
      expect(result.reason.en).toMatch(/^Permission denied/u);
      expect(result.reason.zh).toContain('权限不足');
      expect(result.hint.en).toContain('as good as root');
      expect(result.fix.slice(0, 2)).toEqual(['sudo usermod -aG docker $USER', 'newgrp docker']);
    } finally {
      if (isRoot) seteuid?.(0);
    }
  });

  async function leaveSocketBehind(socketPath: string): Promise<void> {
    const program = `require('net').createServer().listen(${JSON.stringify(socketPath)}, () => process.kill(process.pid, 'SIGKILL'))`;
    const child = spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
  }
});

describe('the order', () => {
  test('the first that answers is used, and the next where it does not', async () => {
    const first = path.join(directory, 'first.sock');
    const second = path.join(directory, 'second.sock');
    await serve(fakeEngine(), { path: second });
    const endpoints = [usual('Docker', first), usual('Podman', second)];
    const host = createTestHost({ HOME: directory });
    const without = await openEngine(host, null, { endpoints });
    expect(without).toMatchObject({ found: true, origin: 'Podman', identity: { version: '1.2.3' } });
    await serve(fakeEngine(), { path: first });
    const both = await openEngine(host, null, { endpoints });
    expect(both).toMatchObject({ found: true, origin: 'Docker' });
    for (const search of [without, both]) if (search.found) search.engine.close();
  });

  test('an engine that hangs does not hide the next one', async () => {
    const silent = path.join(directory, 'silent.sock');
    const alive = path.join(directory, 'alive.sock');
    await serve(net.createServer(), { path: silent });
    await serve(fakeEngine(), { path: alive });
    const startedAtMs = performance.now();
    const search = await openEngine(createTestHost({ HOME: directory }), null, {
      endpoints: [usual('Docker', silent), usual('Podman', alive)],
    });
    expect(search).toMatchObject({ found: true, origin: 'Podman' });
    expect(performance.now() - startedAtMs).toBeLessThan(4000);
    if (search.found) search.engine.close();
  });

  test('an engine that somebody names is never replaced', async () => {
    const result = await unavailability({ DOCKER_HOST: `unix://${directory}/none.sock` }, {});
    expect(result.reason.en).toMatch(/which DOCKER_HOST names, is not running.*ENOENT/u);
    expect(result.reason.zh).toContain('DOCKER_HOST');
    expect(result.fix).toContain('unset DOCKER_HOST');
  });

  test('an address that cannot be read is told as such', async () => {
    const result = await unavailability({ DOCKER_HOST: 'gopher://x' }, {});
    expect(result.code).toBe('ERR_CONFIG_INVALID');
    expect(result.reason.en).toContain('DOCKER_HOST');
  });

  test('the caller’s signal ends the search with its reason', async () => {
    const silent = path.join(directory, 'silent.sock');
    await serve(net.createServer(), { path: silent });
    const controller = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason), 50);
    const host = createTestHost({ HOME: directory, DOCKER_HOST: `unix://${silent}` });
    await expect(openEngine(host, null, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('something else answers', () => {
  test('nothing at all, in bounded time', async () => {
    const port = await serve(net.createServer(), { port: 0 });
    const startedAtMs = performance.now();
    const result = await unavailability({ DOCKER_HOST: `tcp://127.0.0.1:${port}` }, { budgetMs: 300 });
    expect(performance.now() - startedAtMs).toBeLessThan(3000);
    expect(result.reason.en).toMatch(/which DOCKER_HOST names, does not answer: nothing within \d+ ms/u);
  });

  test('a server that sends a byte now and then is given up as well', async () => {
    const server = http.createServer((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    const port = await serve(server, { port: 0 });
    const result = await unavailability({ DOCKER_HOST: `tcp://127.0.0.1:${port}` }, { budgetMs: 300 });
    expect(result.reason.en).toContain('does not answer');
  });

  test.each([
    ['a web page', html(200)],
    ['a web page that says not found', html(404)],
    ['a redirect to a place that cannot be reached', redirect],
    ['an answer of JSON that is no engine’s', json],
  ])('%s', async (_name, handler) => {
    const port = await serve(http.createServer(handler), { port: 0 });
    const result = await unavailability({ DOCKER_HOST: `tcp://127.0.0.1:${port}` }, {});
    expect(result.reason.en).toContain('does not speak the API of Docker');
    expect(result.reason.en).not.toContain('<');
    expect(result.hint.en).toContain('DOCKER_HOST');
  });

  test('bytes that are no HTTP', async () => {
    const server = net.createServer((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2\r\n'));
    const port = await serve(server, { port: 0 });
    const result = await unavailability({ DOCKER_HOST: `tcp://127.0.0.1:${port}` }, {});
    expect(result.reason.en).toContain('does not speak the API of Docker');
  });

  function html(statusCode: number): http.RequestListener {
    return (_request, response) => {
      response.writeHead(statusCode, { 'Content-Type': 'text/html' }).end('<!doctype html><h1>Welcome</h1>');
    };
  }

  function redirect(_request: http.IncomingMessage, response: http.ServerResponse): void {
    response.writeHead(301, { Location: 'https://127.0.0.1:1/' }).end();
  }

  function json(_request: http.IncomingMessage, response: http.ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"hello":1}');
  }
});
