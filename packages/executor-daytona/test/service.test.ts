import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { createPlan, LANGUAGE_IDS } from '@cloche/core/executor';
import { describe, expect } from 'vitest';
import { namesLeft, planOf, run } from './support/daytona-fixture.ts';
import { daytonaTest } from './support/daytona-test.ts';

const runFile = promisify(execFile);

describe('a probe is one cheap request, and tells apart', () => {
  daytonaTest('that all is well', async ({ server, executor }) => {
    expect(await executor().probe()).toMatchObject({ available: true });
    expect(server.requests.map(({ operation }) => operation)).toEqual(['getCurrentApiKey']);
  });

  daytonaTest('no key', async ({ executor }) => {
    const probe = await executor({ apiKey: null }).probe();
    expect(probe).toMatchObject({ available: false, code: 'ERR_EXECUTOR_UNAVAILABLE' });
    expect(JSON.stringify(probe)).toMatch(/DAYTONA_API_KEY[^]*cloche config import/u);
  });

  daytonaTest('a bad key, which is in no answer', async ({ executor }) => {
    const probe = await executor({ apiKey: 'dtn_this_key_is_not_known' }).probe();
    expect(probe).toMatchObject({ available: false, reason: { en: expect.stringMatching(/HTTP 401/u) } });
    expect(JSON.stringify(probe)).not.toContain('dtn_this_key_is_not_known');
  });

  daytonaTest(
    'no permission',
    async ({ executor }) => {
      expect(await executor().probe()).toMatchObject({
        available: false,
        reason: { en: 'The Daytona API key lacks permissions: delete:sandboxes.' },
      });
    },
    { permissions: ['write:sandboxes'] },
  );

  daytonaTest('no balance', async ({ server, executor }) => {
    const body = { statusCode: 403, message: 'Organization is suspended: Depleted credits' };
    server.inject({ operation: 'getCurrentApiKey', answer: { status: 403, body } });
    expect(await executor().probe()).toMatchObject({ hint: { en: expect.stringMatching(/balance/u) } });
  });

  daytonaTest('a wrong address', async ({ server, executor }) => {
    const apiUrl = server.apiUrl.replace(/\/api$/u, '/dashboard');
    expect(await executor({ apiUrl }).probe()).toMatchObject({
      hint: { en: expect.stringMatching(/end in \/api/u) },
    });
  });

  daytonaTest('an address of the former service', async ({ executor }) => {
    for (const apiUrl of ['https://api.daytona.dev', 'https://daytona.example/workspaces']) {
      const probe = await executor({ apiUrl }).probe();
      expect(probe).toMatchObject({ available: false, code: 'ERR_CONFIG_INVALID' });
      expect(JSON.stringify(probe)).toContain('https://app.daytona.io/api');
    }
  });

  daytonaTest('no network', async ({ executor }) => {
    const probe = await executor({ apiUrl: 'http://127.0.0.1:1/api' }).probe();
    expect(probe).toMatchObject({ available: false, hint: { en: expect.stringMatching(/network/u) } });
  });

  daytonaTest('silence', async ({ server, executor }) => {
    server.inject({ operation: 'getCurrentApiKey', answer: 'silence' });
    const startedAtMs = performance.now();
    expect(await executor().probe()).toMatchObject({ available: false });
    expect(performance.now() - startedAtMs).toBeLessThan(4000);
  });
});

describe('what a snapshot has', () => {
  daytonaTest('is looked up once, in a sandbox that the next run has', async ({ server, executor }) => {
    const daytona = executor();
    const { languages } = await daytona.capabilities();
    expect(LANGUAGE_IDS.filter((id) => languages[id]?.available !== true)).toEqual([]);
    await run(daytona, planOf('true'));
    await executor().capabilities();
    expect(server.requests.filter(({ operation }) => operation === 'createSandbox')).toHaveLength(1);
    expect(await namesLeft(server)).toEqual([]);
  });

  daytonaTest('is not looked up where that must not cost anything', async ({ server, executor }) => {
    const { languages, isolation } = await executor().capabilities({ mayCost: false });
    expect([languages, isolation]).toEqual([{}, 'container']);
    expect(server.requests).toEqual([]);
  });

  daytonaTest(
    'brings no sandbox to a run that may take longer than it was made for',
    async ({ server, executor }) => {
      const daytona = executor();
      await daytona.capabilities();
      const result = run(daytona, planOf('sleep 0.5', { limits: { runTimeoutMs: 3_600_000 } }));
      while (!server.sandboxes().some(({ request }) => (request.autoStopInterval ?? 0) >= 65))
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect((await result).status).toBe('ok');
    },
  );

  daytonaTest('goes when no run comes', async ({ server, executor }) => {
    const daytona = executor();
    await daytona.capabilities();
    expect(server.sandboxes()).toHaveLength(1);
    await daytona[Symbol.asyncDispose]();
    expect(await namesLeft(server, 500)).toEqual([]);
  });

  daytonaTest(
    'and lacks is said before the program runs, with the command that makes one that has it',
    async ({ server, executor }) => {
      const daytona = executor();
      const go = createPlan({ language: 'go', code: 'package main\nfunc main() {}\n' });
      await expect(run(daytona, go)).rejects.toMatchObject({
        code: 'ERR_LANGUAGE_UNSUPPORTED',
        message: 'Go needs go, which is not in this Daytona snapshot.',
        hint: expect.stringMatching(/cloche daytona snapshot create$/u),
      });
      const { languages } = await daytona.capabilities({ languages: ['go', 'python'] });
      expect(languages.go).toMatchObject({ available: false, fix: ['cloche daytona snapshot create'] });
      expect(languages.python).toMatchObject({ available: true });
      expect(await namesLeft(server)).toEqual([server.sandboxes()[0]?.name ?? 'none']);
    },
    { hiddenPrograms: ['go'] },
  );

  daytonaTest(
    'of the class linux-vm is a microvm',
    async ({ executor }) => {
      expect(await executor().capabilities({ languages: ['bash'] })).toMatchObject({ isolation: 'microvm' });
    },
    { sandboxClass: 'linux-vm' },
  );
});

describe('a service that does not hold what it says', () => {
  daytonaTest(
    'about the network is not believed again',
    async ({ executor }) => {
      const daytona = executor();
      const { networks, warnings } = await daytona.capabilities({ languages: ['bash'] });
      expect(networks).toEqual(['full']);
      expect(warnings.map(({ en }) => en).join(' ')).toMatch(/networkBlockAll/u);
      const result = await run(daytona, planOf('true'));
      expect([result.network, result.warnings]).toEqual(['full', warnings]);
      await expect(run(daytona, planOf('true', { network: 'none' }))).rejects.toMatchObject({
        code: 'ERR_CAPABILITY_UNSUPPORTED',
      });
    },
    { holdsNetwork: false },
  );

  daytonaTest('one that does is', async ({ executor }) => {
    const { networks, warnings } = await executor().capabilities({ languages: ['bash'] });
    expect([networks, warnings]).toEqual([['none', 'full'], []]);
  });
});

describe('a hostile working directory', () => {
  daytonaTest('cannot send the key elsewhere, nor switch anything on', async ({ server }) => {
    const asked: string[] = [];
    const thief = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
      response.end();
    });
    thief.listen(0, '127.0.0.1');
    await new Promise((resolve) => thief.once('listening', resolve));
    const { port } = thief.address() as AddressInfo;
    const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-daytona-test-'));
    try {
      const lines = [
        `DAYTONA_API_URL=http://127.0.0.1:${port}/api`,
        `DAYTONA_SERVER_URL=http://127.0.0.1:${port}/api`,
        'DAYTONA_API_KEY=dtn_of_the_thief',
        'DAYTONA_JWT_TOKEN=thief',
        'DAYTONA_ORGANIZATION_ID=thief',
        'DAYTONA_TARGET=thief',
        'DAYTONA_OTEL_ENABLED=true',
        'DAYTONA_EXPERIMENTAL_OTEL_ENABLED=true',
        `OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:${port}`,
      ];
      for (const name of ['.env', '.env.local'])
        await writeFile(path.join(directory, name), lines.join('\n'));
      const script = new URL('run-once.ts', import.meta.url).pathname;
      const { stdout } = await runFile(
        process.execPath,
        ['--conditions=@cloche/source', script, server.apiUrl],
        {
          cwd: directory,
          env: { DAYTONA_API_KEY: server.apiKey },
        },
      );
      expect(JSON.parse(stdout)).toMatchObject({ status: 'ok' });
      expect(asked).toEqual([]);
      const sandbox = server.requests.find(({ operation }) => operation === 'createSandbox');
      expect(sandbox?.status).toBe(200);
      expect(await namesLeft(server)).toEqual([]);
    } finally {
      thief.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});

describe('what is asked of the service', () => {
  daytonaTest(
    'is a sandbox that deletes itself, that says whose it is, and that has what was asked for',
    async ({ server, executor }) => {
      const daytona = executor({
        labels: { team: 'glass' },
        networkAllowList: ['10.0.0.0/8'],
        snapshot: 'daytona-small',
      });
      const result = run(
        daytona,
        planOf('sleep 0.5', { network: 'full', limits: { runTimeoutMs: 600_000 } }),
      );
      while (server.sandboxes().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      const [sandbox] = server.sandboxes();
      expect(sandbox?.request).toMatchObject({
        snapshot: 'daytona-small',
        autoDeleteInterval: 0,
        autoStopInterval: 16,
        networkBlockAll: false,
        networkAllowList: '10.0.0.0/8',
        labels: { team: 'glass', 'cloche.sandbox': '1' },
      });
      const deadline = Number(sandbox?.labels['cloche.deadline']) * 1000 - Date.now();
      expect(deadline).toBeGreaterThan(660_000);
      expect((await result).network).toBe('full');
    },
  );

  daytonaTest('is refused where the key is of another organization', async ({ server, executor }) => {
    await expect(run(executor({ organizationId: 'another' }), planOf('echo ran'))).rejects.toMatchObject({
      message: expect.stringMatching(/belongs to the organization/u),
    });
    expect(await namesLeft(server)).toEqual([]);
  });

  daytonaTest('has no network where the options block it, whatever the plan says', async ({ executor }) => {
    const daytona = executor({ blocksNetwork: true });
    await expect(run(daytona, planOf('true', { network: 'full' }))).rejects.toMatchObject({
      code: 'ERR_CAPABILITY_UNSUPPORTED',
    });
    expect((await daytona.capabilities({ mayCost: false })).networks).toEqual(['none']);
  });
});
