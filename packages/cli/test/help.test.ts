import { describe, expect, test } from 'vitest';
import { displayWidth } from '../src/output/display-width.ts';
import { ALL_DEFINITIONS } from '../src/program/definitions/all-definitions.ts';
import { ROOT_DEFINITION } from '../src/program/definitions/root-definition.ts';
import { formatHelp } from '../src/program/format-help.ts';
import manifest from '../package.json' with { type: 'json' };
import { runCli } from './support/cli-process.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();
const LOCALES = ['en', 'zh'] as const;

describe.each(LOCALES)('the help in %s', (locale) => {
  test.each([ROOT_DEFINITION, ...ALL_DEFINITIONS])(
    'of "$name" fits 80 columns and has an example',
    (definition) => {
      const help = formatHelp(definition, [], locale);
      const tooLong = help.split('\n').filter((line) => displayWidth(line) > 80);
      expect(tooLong).toEqual([]);
      expect(definition.examples.length).toBeGreaterThan(0);
      for (const { command } of definition.examples) expect(help).toContain(command);
    },
  );

  test('says everything in its own language', () => {
    for (const definition of [ROOT_DEFINITION, ...ALL_DEFINITIONS]) {
      const texts = [
        definition.summary,
        ...(definition.details === undefined ? [] : [definition.details]),
        ...definition.arguments.map(({ description }) => description),
        ...definition.options.map(({ description }) => description),
        ...definition.examples.map(({ meaning }) => meaning),
      ].map((text) => text[locale]);
      for (const text of texts) expect(/\p{Script=Han}/u.test(text)).toBe(locale === 'zh');
    }
  });
});

describe('the command line', () => {
  test('shows its commands and what each mode is for', async () => {
    const { exitCode, stdout, stderr } = await runCli(['--help'], { directory });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const { name } of ALL_DEFINITIONS.filter((definition) => !definition.name.includes(' '))) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'mu'));
    }
    expect(stdout).toContain('docker  In a hardened container');
  });

  test('says the same for help COMMAND, COMMAND --help and COMMAND -h', async () => {
    const [first, ...others] = await Promise.all(
      [
        ['help', 'doctor'],
        ['doctor', '--help'],
        ['doctor', '-h'],
      ].map((words) => runCli(words, { directory })),
    );
    for (const other of others) expect(other).toEqual(first);
    expect(first?.stdout).toMatch(/^Usage: cloche doctor/u);
  });

  test('speaks Chinese with --lang, CLOCHE_LANG and LANG', async () => {
    const results = await Promise.all([
      runCli(['run', '--help', '--lang', 'zh'], { directory }),
      runCli(['run', '--help'], { directory, environment: { CLOCHE_LANG: 'zh' } }),
      runCli(['run', '--help'], { directory, environment: { LANG: 'zh_CN.UTF-8' } }),
    ]);
    for (const { stdout } of results) expect(stdout).toMatch(/^用法：cloche run|^用法： cloche run/u);
  });

  test('without a word is a mistake, told on stderr', async () => {
    const { exitCode, stdout, stderr } = await runCli([], { directory });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: cloche/u);
  });

  test('says its version', async () => {
    expect(await runCli(['--version'], { directory })).toMatchObject({
      exitCode: 0,
      stdout: `${manifest.version}\n`,
    });
  });

  test('is coloured for nobody who reads it through a pipe', async () => {
    const { stdout } = await runCli(['--help'], { directory, environment: { FORCE_COLOR: '0' } });
    expect(stdout.includes('\u001B')).toBe(false);
  });
});
