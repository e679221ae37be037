import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ClocheError } from '@cloche/core/executor';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findEndpoints } from '../../src/engine/find-endpoints.ts';
import { createTestHost } from './create-test-host.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'cloche-home-'));
});

afterEach(() => rm(home, { recursive: true }));

async function find(environment: Record<string, string>, configured: string | null = null) {
  return findEndpoints(createTestHost({ HOME: home, ...environment }), configured);
}

async function refusal(
  environment: Record<string, string>,
  configured: string | null = null,
): Promise<ClocheError> {
  const error: unknown = await find(environment, configured).catch((thrown: unknown) => thrown);
  if (!ClocheError.isInstance(error)) throw new Error('nothing was refused', { cause: error });
  return error;
}

async function writeContext(name: string, docker: object, tls: Record<string, string> = {}): Promise<void> {
  const hash = createHash('sha256').update(name).digest('hex');
  const meta = path.join(home, '.docker/contexts/meta', hash);
  await mkdir(meta, { recursive: true });
  await writeFile(path.join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker } }));
  const files = path.join(home, '.docker/contexts/tls', hash, 'docker');
  await mkdir(files, { recursive: true });
  await Promise.all(Object.entries(tls).map(([file, text]) => writeFile(path.join(files, file), text)));
}

async function writeConfig(config: unknown): Promise<void> {
  await mkdir(path.join(home, '.docker'), { recursive: true });
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  await writeFile(path.join(home, '.docker/config.json'), text);
}

describe('an address that somebody names', () => {
  test.each([
    ['unix:///tmp/x.sock', { kind: 'socket', path: '/tmp/x.sock' }],
    ['unix://', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'socket', path: '//./pipe/docker_engine' }],
    ['tcp://build', { kind: 'tcp', host: 'build', port: 2375, pathPrefix: '', tls: null }],
    [
      'tcp://build:1234/engine/',
      { kind: 'tcp', host: 'build', port: 1234, pathPrefix: '/engine', tls: null },
    ],
    ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375, pathPrefix: '', tls: null }],
    ['build:2375', { kind: 'tcp', host: 'build', port: 2375, pathPrefix: '', tls: null }],
    ['http://build', { kind: 'tcp', host: 'build', port: 80, pathPrefix: '', tls: null }],
    ['ssh://build', { kind: 'ssh', host: 'build', user: null, port: null, socketPath: null }],
    [
      'ssh://me@build:2222/run/user/1000/docker.sock',
      { kind: 'ssh', host: 'build', user: 'me', port: 2222, socketPath: '/run/user/1000/docker.sock' },
    ],
  ])('%s is the only one to try', async (address, transport) => {
    const endpoint = { address, isExplicit: true, transport };
    expect(await find({ DOCKER_HOST: address })).toEqual([{ ...endpoint, origin: 'DOCKER_HOST' }]);
    expect(await find({ DOCKER_HOST: 'unix:///other' }, address)).toEqual([
      { ...endpoint, origin: 'docker.host' },
    ]);
  });

  test.each([
    ['gopher://build', 'gopher'],
    ['/var/run/docker.sock', 'no scheme'],
    ['unix://docker.sock', 'not absolute'],
    ['tcp://', 'host'],
    ['tcp://build:99999', 'cannot be read'],
    ['ssh://-oProxyCommand=id', 'plain name'],
    ['ssh://-l@build', 'plain name'],
    ['ssh://me@build/tmp/$(id)', 'shell'],
    ['ssh://me:secret@build', 'password'],
    ['tcp://build?x=1', '?'],
  ])('%s is refused with the name of what holds it', async (address, part) => {
    const fromEnvironment = await refusal({ DOCKER_HOST: address });
    expect(fromEnvironment.code).toBe('ERR_CONFIG_INVALID');
    expect(fromEnvironment.message).toContain('DOCKER_HOST');
    expect(fromEnvironment.message).toContain(part);
    expect(fromEnvironment.message).not.toContain('secret');
    expect(fromEnvironment.text.message.zh).toContain('DOCKER_HOST');
    expect((await refusal({}, address)).message).toContain('docker.host');
  });
});

describe('TLS of a named address', () => {
  async function writeCertificates(directory: string): Promise<void> {
    await mkdir(directory, { recursive: true });
    const files = ['ca', 'cert', 'key'].map((name) => writeFile(path.join(directory, `${name}.pem`), name));
    await Promise.all(files);
  }
  const material = {
    authority: Buffer.from('ca'),
    certificate: Buffer.from('cert'),
    key: Buffer.from('key'),
    isVerified: true,
  };

  test('is asked for by DOCKER_TLS_VERIFY, with the files of ~/.docker and the port of TLS', async () => {
    await writeCertificates(path.join(home, '.docker'));
    const [endpoint] = await find({ DOCKER_HOST: 'tcp://build', DOCKER_TLS_VERIFY: '1' });
    expect(endpoint?.transport).toMatchObject({ port: 2376, tls: material });
  });

  test('takes the files of DOCKER_CERT_PATH', async () => {
    const directory = path.join(home, 'certificates');
    await writeCertificates(directory);
    const [endpoint] = await find({ DOCKER_HOST: 'tcp://build:1', DOCKER_CERT_PATH: directory });
    expect(endpoint?.transport).toMatchObject({ port: 1, tls: material });
  });

  test('never becomes plain text for want of files', async () => {
    const [endpoint] = await find({ DOCKER_HOST: 'tcp://build', DOCKER_TLS_VERIFY: '1' });
    const tls = { authority: null, certificate: null, key: null, isVerified: true };
    expect(endpoint?.transport).toMatchObject({ tls });
    const [secure] = await find({ DOCKER_HOST: 'https://build' });
    expect(secure?.transport).toMatchObject({ port: 443, tls });
  });

  test('is refused with a certificate and no key', async () => {
    await mkdir(path.join(home, '.docker'));
    await writeFile(path.join(home, '.docker/cert.pem'), 'cert');
    const error = await refusal({ DOCKER_HOST: 'tcp://build', DOCKER_TLS_VERIFY: '1' });
    expect(error.message).toContain('key.pem is missing');
  });
});

describe('a context of Docker’s command line', () => {
  test('is taken from config.json', async () => {
    await writeContext('colima', { Host: 'unix:///home/me/.colima/default/docker.sock' });
    await writeConfig({ currentContext: 'colima' });
    expect(await find({})).toEqual([
      {
        address: 'unix:///home/me/.colima/default/docker.sock',
        origin: 'context colima',
        isExplicit: true,
        transport: { kind: 'socket', path: '/home/me/.colima/default/docker.sock' },
      },
    ]);
  });

  test('is taken from DOCKER_CONTEXT first, and after DOCKER_HOST', async () => {
    await writeContext('one', { Host: 'unix:///one' });
    await writeContext('two', { Host: 'unix:///two' });
    await writeConfig({ currentContext: 'one' });
    expect(await find({ DOCKER_CONTEXT: 'two' })).toMatchObject([{ origin: 'context two' }]);
    expect(await find({ DOCKER_CONTEXT: 'two', DOCKER_HOST: 'unix:///x' })).toMatchObject([
      { origin: 'DOCKER_HOST' },
    ]);
  });

  test('brings its TLS files', async () => {
    await writeContext(
      'far',
      { Host: 'tcp://far:2376' },
      { 'ca.pem': 'ca', 'cert.pem': 'cert', 'key.pem': 'key' },
    );
    await writeContext('lax', { Host: 'tcp://lax:2376', SkipTLSVerify: true });
    await writeContext('plain', { Host: 'tcp://plain', SkipTLSVerify: false });
    expect(await find({ DOCKER_CONTEXT: 'far' })).toMatchObject([
      { transport: { tls: { authority: Buffer.from('ca'), key: Buffer.from('key'), isVerified: true } } },
    ]);
    expect(await find({ DOCKER_CONTEXT: 'lax' })).toMatchObject([
      { transport: { tls: { isVerified: false } } },
    ]);
    expect(await find({ DOCKER_CONTEXT: 'plain' })).toMatchObject([{ transport: { port: 2375, tls: null } }]);
  });

  test('is none by the name default, and where there is no file', async () => {
    const usual = await find({});
    expect(usual.every(({ isExplicit }) => !isExplicit)).toBe(true);
    await writeConfig({ currentContext: 'default' });
    expect(await find({})).toEqual(usual);
    await writeContext('colima', { Host: 'unix:///colima' });
    await writeConfig({ currentContext: 'colima' });
    expect(await find({ DOCKER_CONTEXT: 'default' })).toEqual(usual);
  });

  test('is refused with the name of the file where it cannot be read', async () => {
    expect((await refusal({ DOCKER_CONTEXT: 'gone' })).message).toMatch(/DOCKER_CONTEXT.*gone.*meta\.json/u);
    await writeContext('odd', { SkipTLSVerify: false });
    expect((await refusal({ DOCKER_CONTEXT: 'odd' })).message).toContain('Endpoints.docker.Host');
    await writeConfig('{');
    const error = await refusal({});
    expect(error.code).toBe('ERR_CONFIG_INVALID');
    expect(error.message).toContain(path.join(home, '.docker/config.json'));
  });
});

describe('the usual sockets', () => {
  test('of Linux, in their order', async () => {
    const host = createTestHost({ HOME: '/home/me', XDG_RUNTIME_DIR: '/run/user/7' }, 'linux');
    const endpoints = await findEndpoints(host, null);
    expect(endpoints.map(({ origin, address }) => `${origin}: ${address}`)).toEqual([
      'Docker: unix:///var/run/docker.sock',
      'Docker Desktop: unix:///home/me/.docker/desktop/docker.sock',
      'rootless Docker: unix:///run/user/7/docker.sock',
      'rootless Docker: unix:///home/me/.docker/run/docker.sock',
      'Colima: unix:///home/me/.colima/default/docker.sock',
      'Colima: unix:///home/me/.config/colima/default/docker.sock',
      'Rancher Desktop: unix:///home/me/.rd/docker.sock',
      'rootless Podman: unix:///run/user/7/podman/podman.sock',
      'Podman: unix:///run/podman/podman.sock',
    ]);
  });

  test('of macOS', async () => {
    const environment = { HOME: '/Users/me', TMPDIR: '/tmp/me', COLIMA_HOME: '/opt/colima' };
    const endpoints = await findEndpoints(createTestHost(environment, 'darwin'), null);
    const addresses = endpoints.map(({ origin, address }) => `${origin}: ${address}`);
    expect(addresses).toEqual(
      expect.arrayContaining([
        'Docker Desktop: unix:///Users/me/.docker/run/docker.sock',
        'OrbStack: unix:///Users/me/.orbstack/run/docker.sock',
        'Colima: unix:///opt/colima/default/docker.sock',
        'Podman machine: unix:///tmp/me/podman/podman-machine-default-api.sock',
      ]),
    );
  });

  test('of Windows are pipes', async () => {
    const endpoints = await findEndpoints(createTestHost({ USERPROFILE: home }, 'win32'), null);
    expect(endpoints.map(({ origin, address }) => `${origin}: ${address}`)).toEqual([
      'Docker: npipe:////./pipe/docker_engine',
      'Docker Desktop: npipe:////./pipe/dockerDesktopLinuxEngine',
      'Podman machine: npipe:////./pipe/podman-machine-default',
    ]);
  });
});
