import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { endOf } from '../support/cli-process.ts';
import { daytonaEndToEnd } from '../support/daytona-end-to-end.ts';
import { plant } from '../support/temporary-directory.ts';

const daytona = daytonaEndToEnd();
const { directory, cloche } = daytona;
const AUTO = { CLOCHE_EXECUTOR: 'auto', CLOCHE_AUTO_ORDER: 'daytona,local' };
const UNREACHABLE = { DAYTONA_API_URL: 'http://127.0.0.1:1/api' };

plant(directory, 'program.py', 'print("ran")\n');
plant(directory, 'program.ts', 'const word: string = "ran";\nconsole.log(word);\n');

describe('auto', () => {
  test('takes Daytona where that comes first and works', async () => {
    const { exitCode, stdout } = await cloche(['run', '--json', 'program.py'], { environment: AUTO });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ executor: { name: 'daytona', passedOver: [] } });
  });

  test.each([
    ['en', 'warning: auto ran this on local', 'daytona: Daytona API error: connect ECONNREFUSED 127.0.0.1:1'],
    ['zh', 'local', 'Daytona API错误: connect ECONNREFUSED 127.0.0.1:1'],
  ])('falls to local where the service is out of reach, and says so in %s', async (locale, said, reason) => {
    const environment = { ...AUTO, ...UNREACHABLE, CLOCHE_LANG: locale };
    const { exitCode, stdout, stderr } = await cloche(['run', 'program.py'], { environment });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'ran\n' });
    expect(stderr).toContain(said);
    expect(stderr).toContain(reason);
  });

  test('falls to local where the service refuses the sandbox: nothing has started', async () => {
    const fault = daytona.server.inject({
      operation: 'createSandbox',
      times: Infinity,
      answer: { status: 403 },
    });
    const { exitCode, stdout, stderr } = await cloche(['run', 'program.py'], { environment: AUTO });
    fault.remove();
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'ran\n' });
    expect(stderr).toMatch(/warning: auto ran this on local .* instead of daytona\. .*\(HTTP 403\)/u);
    expect(fault.count).toBe(1);
  });

  test('runs nothing a second time once the program has started', async () => {
    plant(directory, 'lost.py', 'import time\nprint("once", flush=True)\ntime.sleep(600)\n');
    const child = daytona.start(['run', 'lost.py'], { environment: AUTO });
    const ending = endOf(child);
    await once(child.stdout, 'data');
    const [sandbox] = daytona.server.sandboxes();
    await daytona.server.loseSandbox(sandbox?.id ?? '');
    expect(await ending).toMatchObject({ exitCode: 125, stdout: 'once\n' });
  });
});

describe('cloche run on another executor', () => {
  test.each(['program.py', 'program.ts'])(
    'neither loads the plugin nor asks its service: %s',
    async (program) => {
      daytona.server.forgetRequests();
      const before = { loaded: daytona.loaded(), connected: daytona.connected() };
      expect(await cloche(['run', '--executor', 'local', program])).toMatchObject({
        exitCode: 0,
        stdout: 'ran\n',
      });
      expect({ loaded: daytona.loaded(), connected: daytona.connected() }).toEqual(before);
      expect(daytona.server.requests).toEqual([]);
    },
  );

  test('the look would find what it loads', async () => {
    const before = daytona.loaded().length;
    expect(await cloche(['run', 'program.py'])).toMatchObject({ exitCode: 0, stdout: 'ran\n' });
    const loaded = daytona.loaded().slice(before);
    expect(loaded.some((url) => url.includes('/@cloche/executor-daytona/dist/index.js'))).toBe(true);
    expect(loaded.filter((url) => url.includes('/@daytonaio/sdk/')).length).toBeGreaterThan(10);
  });

  test('a command that asks no service loads the plugin and not the SDK', async () => {
    const before = daytona.loaded().length;
    const { stdout } = await cloche(['doctor'], { account: {} });
    expect(stdout).toContain('No Daytona API key is configured.');
    const loaded = daytona.loaded().slice(before);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((url) => url.includes('/@daytonaio/') || url.includes('/axios/'))).toEqual([]);
  });
});
