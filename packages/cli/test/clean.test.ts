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
