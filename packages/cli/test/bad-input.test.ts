import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from './support/cli-process.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();
plant(directory, 'hello.py', 'print("hello")');
plant(directory, 'empty.py', ' \n\t\n');
plant(directory, 'noext', 'print("hello")');
plant(directory, 'large.py', `#${'x'.repeat(5000)}`);
plant(directory, 'secret.py', 'print(1)', 0o000);
plant(directory, 'file', '');
mkdirSync(path.join(directory, 'folder.py'));

interface BadInput {
  readonly words: readonly string[];
  readonly code: number;
  readonly message: RegExp;
  readonly hint: RegExp;
}

const INPUTS: readonly BadInput[] = [
  { words: ['rnu'], code: 2, message: /There is no command rnu/u, hint: /Did you mean run\?/u },
  { words: ['run'], code: 2, message: /argument .*FILE.* is missing/u, hint: /cloche run --help/u },
  {
    words: ['run', 'hello.py', '--tmeout', '1s'],
    code: 2,
    message: /no option --tmeout/u,
    hint: /--timeout/u,
  },
  { words: ['run', 'hello.py', '--zzzzzz'], code: 2, message: /no option --zzzzzz/u, hint: /-- --zzzzzz/u },
  {
    words: ['run', 'hello.py', '--timeout'],
    code: 2,
    message: /--timeout.* needs a value/u,
    hint: /--help/u,
  },
  { words: ['run', 'absent.py'], code: 2, message: /absent\.py: it does not exist/u, hint: /ls/u },
  { words: ['run', 'folder.py'], code: 2, message: /folder\.py: it is a directory/u, hint: /--file/u },
  { words: ['run', 'file/x.py'], code: 2, message: /file\/x\.py: .*not a directory/u, hint: /^$/u },
  { words: ['run', 'empty.py'], code: 2, message: /empty\.py is empty/u, hint: /^$/u },
  {
    words: ['run', '-', '--language', 'python'],
    code: 2,
    message: /standard input is empty/u,
    hint: /echo/u,
  },
  { words: ['run', 'noext'], code: 2, message: /noext/u, hint: /--language python/u },
  {
    words: ['run', 'hello.py', '--language', 'pyhton'],
    code: 2,
    message: /no language pyhton/u,
    hint: /--language python/u,
  },
  {
    words: ['run', 'large.py', '--input-bytes', '4KiB'],
    code: 2,
    message: /large\.py is larger than the limit of 4 KiB/u,
    hint: /--input-bytes/u,
  },
  { words: ['run', 'hello.py', '--timeout', '5x'], code: 2, message: /--timeout.*5x/u, hint: /90s/u },
  { words: ['run', 'hello.py', '--memory', 'lots'], code: 2, message: /--memory.*lots/u, hint: /512MiB/u },
  { words: ['run', 'hello.py', '--memory', '1B'], code: 2, message: /--memory/u, hint: /^$/u },
  { words: ['run', 'hello.py', '--cpus', 'two'], code: 2, message: /--cpus.*two/u, hint: /^$/u },
  { words: ['run', 'hello.py', '--network', 'ful'], code: 2, message: /--network.*ful/u, hint: /full/u },
  {
    words: ['run', 'hello.py', '--sandbox', 'maybe'],
    code: 2,
    message: /--sandbox.*maybe.*required/u,
    hint: /^$/u,
  },
  {
    words: ['run', 'hello.py', '--json', '--events'],
    code: 2,
    message: /--json and --events/u,
    hint: /leave one/u,
  },
  { words: ['run', '-', '--stdin', '-'], code: 2, message: /--stdin -/u, hint: /--stdin input\.txt/u },
  { words: ['run', 'hello.py', '--stdin', 'absent.txt'], code: 2, message: /absent\.txt/u, hint: /ls/u },
  { words: ['run', 'hello.py', '--file', 'absent.csv'], code: 2, message: /absent\.csv/u, hint: /ls/u },
  { words: ['run', 'hello.py', '--file', 'noext:../up'], code: 2, message: /"\.\.\/up"/u, hint: /relative/u },
  { words: ['run', 'hello.py', '--file', 'noext:/abs'], code: 2, message: /"\/abs"/u, hint: /relative/u },
  {
    words: ['run', 'hello.py', '--file', 'noext:hello.py'],
    code: 2,
    message: /"hello\.py" is given twice/u,
    hint: /^$/u,
  },
  { words: ['run', 'hello.py', '--env', 'NOT_SET_HERE'], code: 2, message: /NOT_SET_HERE/u, hint: /=VALUE/u },
  { words: ['run', 'hello.py', '--env', '1BAD=x'], code: 2, message: /"1BAD"/u, hint: /./u },
  {
    words: ['run', 'hello.py', '--out', 'file'],
    code: 2,
    message: /--out file is not a directory/u,
    hint: /directory/u,
  },
  {
    words: ['run', 'hello.py', '--lang', 'fr'],
    code: 2,
    message: /fr is not a value of --lang/u,
    hint: /^$/u,
  },
  { words: ['run', 'hello.py', '--executor', 'Not A Name'], code: 125, message: /"Not A Name"/u, hint: /./u },
  { words: ['languages', 'extra'], code: 2, message: /more arguments/u, hint: /--help/u },
  { words: ['completions', 'bsh'], code: 2, message: /bsh/u, hint: /cloche completions bash/u },
  { words: ['executors', 'remove', 'absent'], code: 125, message: /absent/u, hint: /list/u },
  { words: ['executors', 'ad', 'x'], code: 2, message: /no command ad/u, hint: /add/u },
  { words: ['config', 'import'], code: 2, message: /secrets\.toml/u, hint: /./u },
];

/** Without what Cloche keeps for itself. */
function namesIn(parent: string): string[] {
  return readdirSync(parent).filter((name) => name !== 'cloche');
}

describe('a command line that cannot be carried out', () => {
  test.each(INPUTS)('cloche $words', async ({ words, code, message, hint }) => {
    const before = namesIn(directory);
    const { exitCode, stdout, stderr } = await runCli(words, { directory });
    const [first = '', second = ''] = stderr.trimEnd().split('\n');
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(first).toMatch(/^cloche: \S/u);
    expect(first).toMatch(message);
    expect(second.replace(/^hint: /u, '')).toMatch(hint);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect(namesIn(directory)).toEqual(before);
  });

  test('a file that this user may not read', async (context) => {
    // Nothing is unreadable to root but what the kernel itself keeps for writing.
    const isRoot = process.getuid?.() === 0;
    const file = isRoot ? '/proc/sys/vm/compact_memory' : 'secret.py';
    context.skip(isRoot && !existsSync(file), 'this kernel has no file that root may not read');
    const { exitCode, stderr } = await runCli(['run', file], { directory });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${file}: this user may not read it`);
  });

  test('is told in Chinese to people who speak it', async () => {
    const { stderr } = await runCli(['run', 'absent.py'], { directory, environment: { CLOCHE_LANG: 'zh' } });
    expect(stderr).toBe('cloche: 无法读取 absent.py：文件不存在。\n提示：请检查拼写，或列出此处的文件：ls\n');
  });

  test('shows a stack trace with --debug, and then alone', async () => {
    const { stderr } = await runCli(['run', 'absent.py', '--debug'], { directory });
    expect(stderr).toMatch(/ {4}at /u);
    expect((await runCli(['run', 'absent.py'], { directory })).stderr).not.toMatch(/ {4}at /u);
  });
});
