import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { currentOwner, formatOwner } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import { runCli } from './support/cli-process.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();
const environment = { DOCKER_HOST: `unix://${directory}/absent.sock` };

test.each([
  {
    locale: 'en',
    warning: /Could not look for what docker left behind: .*absent\.sock/u,
    outcome: 'Nothing was left behind by: local\n',
  },
  {
    locale: 'zh',
    warning: /无法查找 docker 遗留的内容：.*absent\.sock/u,
    outcome: '以下执行器没有遗留内容：local\n',
  },
])(
  'cloche clean says in $locale that an executor could not be asked, and claims nothing of it',
  async ({ locale, warning, outcome }) => {
    const result = await runCli(['clean', '--lang', locale], { directory, environment });
    expect(result).toMatchObject({ exitCode: 0, stdout: outcome });
    expect(result.stderr).toMatch(warning);
  },
);

test.each(['mcp-server', 'playground'])(
  'cloche clean removes what a killed %s has kept of outputs, and nothing of a live one',
  async (server) => {
    const outputs = path.join(directory, 'cloche/state', server);
    const killed = path.join(
      outputs,
      `${formatOwner({ ...currentOwner(), startTime: '1' })}.0123456789abcdef`,
    );
    const live = path.join(outputs, `${formatOwner(currentOwner())}.0123456789abcdef`);
    const strange = path.join(outputs, 'of-nobody');
    for (const made of [killed, live, strange]) {
      mkdirSync(made, { recursive: true, mode: 0o700 });
      writeFileSync(path.join(made, '1'), 'output');
    }
    const { stdout } = await runCli(['clean'], { directory, environment });
    expect(stdout).toContain(`${server}: directory ${path.basename(killed)}\nRemoved: 1\n`);
    expect([killed, live, strange].map((made) => existsSync(made))).toEqual([false, true, true]);
  },
);
