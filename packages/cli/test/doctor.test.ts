import { describe, expect, test } from 'vitest';
import { displayWidth } from '../src/output/display-width.ts';
import { runCli } from './support/cli-process.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();
/** The same on every machine: there is no engine. */
const environment = { CLOCHE_DOCKER_HOST: `unix://${directory}/absent.sock` };

describe('cloche doctor', () => {
  test.each(['en', 'zh'])(
    'in %s is a table of languages by executors, within 80 columns',
    async (language) => {
      const { exitCode, stdout, stderr } = await runCli(['doctor', '--lang', language], {
        directory,
        environment,
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout.split('\n')[0]).toMatch(/docker +local/u);
      for (const name of ['Python', 'JavaScript', 'TypeScript', 'Java', 'Go', 'Rust', 'Bash', 'C', 'C++']) {
        expect(stdout.split('\n').some((line) => line.startsWith(`${name} `))).toBe(true);
      }
      expect(stdout).toMatch(/^Python +\S+ +\d+\.\d+/mu);
      // A command to paste is never broken.
      const tooLong = stdout
        .split('\n')
        .filter((line) => displayWidth(line) > 80 && !line.startsWith('    $ '));
      expect(tooLong).toEqual([]);
    },
  );

  test('gives for a gap the reason and a command to paste, and says what suits what', async () => {
    const { stdout } = await runCli(['doctor'], { directory, environment });
    expect(stdout).toMatch(/^ {2}docker: .+\n(?: {2}.*\n)*? {4}\$ \S/mu);
    expect(stdout).toContain('Which one suits what:');
    expect(stdout).not.toContain('\u001B');
  });

  test('is JSON in English for programs', async () => {
    const { exitCode, stdout } = await runCli(['doctor', '--json', '--lang', 'zh'], {
      directory,
      environment,
    });
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as { canRun: boolean; executors: Record<string, unknown>[] };
    expect(report.canRun).toBe(true);
    expect(report.executors.find(({ name }) => name === 'local')).toMatchObject({
      origin: 'built-in',
      probe: { available: true },
      capabilities: { languages: { python: { available: true } }, limits: { wall: 'enforced' } },
      error: null,
    });
    const docker = report.executors.find(({ name }) => name === 'docker');
    expect(docker).toMatchObject({
      origin: 'built-in',
      probe: { available: false, code: 'ERR_EXECUTOR_UNAVAILABLE' },
      capabilities: null,
    });
    expect(stdout).not.toMatch(/\p{Script=Han}/u);
  });
});
