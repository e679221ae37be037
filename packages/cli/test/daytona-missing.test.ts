import { expect, test } from 'vitest';
import { runCli } from './support/cli-process.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();
const withoutEngine = { DOCKER_HOST: `unix://${directory}/absent.sock` };
plant(directory, 'program.py', 'print("ran")\n');

test.each([
  {
    words: ['run', '--executor', 'daytona', 'program.py'],
    en: 'There is no executor named "daytona"',
    zh: '没有名为 "daytona" 的执行器',
  },
  {
    words: ['daytona', 'snapshot', 'create'],
    en: 'The executor daytona is not installed.',
    zh: '未安装 daytona 执行器。',
  },
  {
    words: ['daytona', 'snapshot', 'list'],
    en: 'The executor daytona is not installed.',
    zh: '未安装 daytona 执行器。',
  },
  {
    words: ['daytona', 'snapshot', 'delete', 'mine'],
    en: 'The executor daytona is not installed.',
    zh: '未安装 daytona 执行器。',
  },
])('cloche $words names the command that adds the executor', async ({ words, en, zh }) => {
  const english = await runCli(words, { directory });
  expect(english).toMatchObject({ exitCode: 125, stdout: '' });
  expect(english.stderr).toContain(en);
  expect(english.stderr).toMatch(/^hint: Install it: cloche executors add daytona$/mu);

  const chinese = await runCli([...words, '--lang', 'zh'].toSorted(programLast), { directory });
  expect(chinese).toMatchObject({ exitCode: 125, stdout: '' });
  expect(chinese.stderr).toContain(zh);
  expect(chinese.stderr).toMatch(/^提示：安装：cloche executors add daytona$/mu);
});

/** What stands behind the program is the program's. */
function programLast(left: string, right: string): number {
  return Number(left === 'program.py') - Number(right === 'program.py');
}

test('cloche doctor names it where the configuration means the executor, and in its advice', async () => {
  const environment = { ...withoutEngine, CLOCHE_EXECUTOR: 'daytona' };
  const named = await runCli(['doctor'], { directory, environment });
  expect(named.stdout).toMatch(/^ {2}daytona: .+\n(?: {2}.*\n)*? {4}\$ cloche executors add daytona$/mu);
  const chinese = await runCli(['doctor', '--lang', 'zh'], { directory, environment });
  expect(chinese.stdout).toContain('    $ cloche executors add daytona\n');
  const unnamed = await runCli(['doctor'], { directory, environment: withoutEngine });
  expect(unnamed.stdout.replaceAll(/\s+/gu, ' ')).toContain('Added with: cloche executors add daytona');
});

test('auto passes it over, and says so', async () => {
  const environment = { CLOCHE_EXECUTOR: 'auto', CLOCHE_AUTO_ORDER: 'daytona,local' };
  const result = await runCli(['run', 'program.py'], { directory, environment });
  expect(result).toMatchObject({ exitCode: 0, stdout: 'ran\n' });
  expect(result.stderr).toMatch(/auto ran this on local .* instead of daytona\./u);
});
