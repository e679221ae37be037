import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { daytonaEndToEnd } from '../support/daytona-end-to-end.ts';
import { plant } from '../support/temporary-directory.ts';

const CONFIG_FILE = 'cloche/config/config.toml';
const SECRETS_FILE = 'cloche/home/.streamlit/secrets.toml';
const PROJECT_FILE = 'cloche.toml';

const daytona = daytonaEndToEnd();
const { directory, cloche } = daytona;
const RAN = { exitCode: 0, stdout: 'ran\n' };

plant(directory, 'program.py', 'print("ran")\n');

afterEach(() => {
  for (const name of [CONFIG_FILE, SECRETS_FILE, PROJECT_FILE])
    rmSync(path.join(directory, name), { force: true });
});

describe('key and address', () => {
  test("come from the user's config.toml, and are shown by their last four characters", async () => {
    const { apiKey, apiUrl } = daytona.server;
    plant(directory, CONFIG_FILE, `[daytona]\napiKey = "${apiKey}"\napiUrl = "${apiUrl}"\n`, 0o600);
    expect(await cloche(['run', 'program.py'], { account: {} })).toMatchObject(RAN);

    const { stdout, stderr } = await cloche(['config', '--sources'], { account: {} });
    expect(stdout).toMatch(new RegExp(`^daytona\\.apiKey +…${apiKey.slice(-4)} +.*config\\.toml`, 'mu'));
    expect(stdout).toMatch(new RegExp(`^daytona\\.apiUrl +${apiUrl} +.*config\\.toml`, 'mu'));
    expect(stdout + stderr).not.toContain(apiKey.slice(-5));
    const json = await cloche(['config', '--sources', '--json'], { account: {} });
    expect(json.stdout).not.toContain(apiKey.slice(-5));
  });

  test('come from ~/.streamlit/secrets.toml', async () => {
    const { apiKey, apiUrl } = daytona.server;
    const secrets = `DAYTONA_API_KEY = "${apiKey}"\nDAYTONA_API_BASE = "${apiUrl}"\n`;
    plant(directory, SECRETS_FILE, secrets, 0o600);
    expect(await cloche(['run', 'program.py'], { account: {} })).toMatchObject(RAN);
    const { stdout } = await cloche(['config', '--sources'], { account: {} });
    expect(stdout).toMatch(/^daytona\.apiKey +….{4} +.*secrets\.toml/mu);
  });

  test('come from flags, with a warning that others can read them, and before the environment', async () => {
    const { apiKey, apiUrl } = daytona.server;
    const flags = ['--daytona-api-key', apiKey, '--daytona-api-url', apiUrl];
    const account = { DAYTONA_API_KEY: 'dtn_another', DAYTONA_API_URL: 'http://127.0.0.1:1/api' };
    const { exitCode, stdout, stderr } = await cloche(['run', ...flags, 'program.py'], { account });
    expect({ exitCode, stdout }).toEqual(RAN);
    expect(stderr).toMatch(/^cloche: warning: .*--daytona-api-key/mu);
    expect(stderr).not.toContain(apiKey);
  });

  test('come from one place: the key of one never goes to the address of another', async () => {
    const { apiKey, apiUrl } = daytona.server;
    plant(directory, CONFIG_FILE, `[daytona]\napiKey = "dtn_of_the_file"\napiUrl = "${apiUrl}"\n`, 0o600);
    const { stdout } = await cloche(['config', '--sources'], { account: { DAYTONA_API_KEY: apiKey } });
    expect(stdout).toMatch(new RegExp(`^daytona\\.apiKey +…${apiKey.slice(-4)} +DAYTONA_API_KEY$`, 'mu'));
    expect(stdout).not.toMatch(new RegExp(`^daytona\\.apiUrl +${apiUrl}`, 'mu'));
  });

  test('do not come from a project', async () => {
    const { apiUrl } = daytona.server;
    plant(directory, PROJECT_FILE, `[daytona]\napiKey = "dtn_of_the_project"\napiUrl = "${apiUrl}"\n`);
    daytona.server.forgetRequests();
    const { exitCode, stdout, stderr } = await cloche(['run', 'program.py'], { account: {} });
    expect({ exitCode, stdout }).toEqual({ exitCode: expect.toBeOneOf([2, 125]), stdout: '' });
    expect(stderr).toContain('daytona.apiKey');
    expect(daytona.server.requests).toEqual([]);
  });
});

describe('options', () => {
  test('reach the service', async () => {
    daytona.server.setNextSandboxStart({ startsAfterMs: 600 });
    const environment = { CLOCHE_DAYTONA_LABELS: 'team=glass', CLOCHE_DAYTONA_AUTO_STOP: '10m' };
    const running = cloche(['run', 'program.py'], { environment });
    while (daytona.server.sandboxes().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const [sandbox] = daytona.server.sandboxes();
    expect(sandbox).toMatchObject({
      labels: { team: 'glass', 'cloche.sandbox': '1' },
      request: { autoStopInterval: 10, autoDeleteInterval: 0, networkBlockAll: true },
    });
    expect(await running).toMatchObject(RAN);
  });
});
