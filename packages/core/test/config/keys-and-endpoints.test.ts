import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { skipWithoutFileModes } from '../skip-without-file-modes.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { entry, load, refusal, SECRETS_FILE, USER_FILE } from './load-given.ts';

describe('keys and endpoints', () => {
  test('secrets are shown by their last four characters alone', async () => {
    const files = {
      [USER_FILE]:
        '[other]\nauthToken = "tok_1234567890abcd"\nshort = "x"\nnested = { password = "hunter2" }\n',
    };
    const loaded = await load({ environment: { DAYTONA_API_KEY: 'dtn_0123456789wxyz' }, files });
    expect(entry(loaded, 'daytona.apiKey').value).toBe('…wxyz');
    expect(entry(loaded, 'other.authToken').value).toBe('…abcd');
    expect(entry(loaded, 'other.nested').value).toEqual({ password: '…' });
    expect(JSON.stringify([loaded.entries, loaded.warnings])).not.toMatch(/0123456789|hunter2/u);
    expect(loaded.config.executorOptions['daytona']).toEqual({ apiKey: 'dtn_0123456789wxyz' });
  });

  test('the endpoint is taken from where the key comes from, and another is named in a warning', async () => {
    const files = {
      [USER_FILE]: '[daytona]\napiKey = "dtn_user_key_000"\napiUrl = "https://user.example"\n',
    };
    const own = await load({ files });
    expect(own.config.executorOptions['daytona']).toEqual({
      apiKey: 'dtn_user_key_000',
      apiUrl: 'https://user.example',
    });
    const mixed = await load({ files, environment: { DAYTONA_API_URL: 'https://other.example' } });
    expect(mixed.config.executorOptions['daytona']).toEqual({
      apiKey: 'dtn_user_key_000',
      apiUrl: 'https://user.example',
    });
    expect(mixed.warnings[0]?.en).toContain('daytona.apiUrl of DAYTONA_API_URL is not used');
    const keyAbove = await load({ files, environment: { DAYTONA_API_KEY: 'dtn_environment' } });
    expect(keyAbove.config.executorOptions['daytona']).toEqual({ apiKey: 'dtn_environment' });
    expect(keyAbove.warnings).toHaveLength(1);
  });

  test('DAYTONA_API_BASE is the old name of DAYTONA_API_URL, and both at once must agree', async () => {
    const environment = {
      DAYTONA_API_KEY: 'dtn_environment',
      DAYTONA_API_BASE: 'https://a.example',
      DAYTONA_TARGET: 'eu',
    };
    expect((await load({ environment })).config.executorOptions['daytona']).toEqual({
      apiKey: 'dtn_environment',
      apiUrl: 'https://a.example',
      target: 'eu',
    });
    const error = await refusal({ environment: { ...environment, DAYTONA_API_URL: 'https://b.example' } });
    expect(error.message).toContain('DAYTONA_API_URL and DAYTONA_API_BASE contradict each other');
  });

  test('the secrets of Streamlit in the home directory give DAYTONA_… and nothing else, lowest', async () => {
    const files = {
      [SECRETS_FILE]:
        'OPENAI = "x"\nexecutor = "evil"\nDAYTONA_API_KEY = "dtn_streamlit_1234"\n\n[daytona]\nx = 1\n',
    };
    const loaded = await load({ files });
    expect(loaded.config.executor).toBe('auto');
    expect(entry(loaded, 'daytona.apiKey')).toEqual({
      value: '…1234',
      kind: 'streamlit',
      name: `${SECRETS_FILE}:3`,
    });
    const above = await load({ files: { ...files, [USER_FILE]: 'daytona.apiKey = "dtn_user_key_5678"' } });
    expect(entry(above, 'daytona.apiKey')).toMatchObject({ value: '…5678', kind: 'user' });
  });

  test('the secrets of Streamlit in a working directory are not read', async () => {
    const loaded = await load({
      files: { 'home/project/.streamlit/secrets.toml': 'DAYTONA_API_KEY = "dtn_planted_0000"' },
    });
    expect(entry(loaded, 'daytona.apiKey')).toMatchObject({ value: null, kind: 'default' });
  });

  test('a key in a file that others can read is a warning', async (context) => {
    skipWithoutFileModes(context);
    const root = await temporaryDirectory();
    await load({ files: { [USER_FILE]: 'daytona.apiKey = "dtn_user_key_5678"' } }, root);
    await chmod(join(root, USER_FILE), 0o644);
    expect((await load({}, root)).warnings[0]?.en).toContain('chmod 600');
  });
});
