import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { TestContext } from 'vitest';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { CliResult } from './support/cli-process.ts';
import { cliArgv, cliEnvironment, endOf, runCli, startCli } from './support/cli-process.ts';
import { imageRegistry } from './support/image-registry.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';
import { skipWithoutTerminal } from './support/terminal.ts';
import {
  askEngine,
  ENGINE_ENVIRONMENT,
  engineProblem,
  removeImage,
  TEST_IMAGE,
} from './support/test-engine.ts';

const directory = temporaryDirectory();
const problem = await engineProblem();
/** Nothing listens on this port. */
const ABSENT_IMAGE = '127.0.0.1:1/cloche-test/absent:1';
const CTRL_C = '\u0003';

function images(words: readonly string[], environment: Record<string, string> = {}): Promise<CliResult> {
  return runCli(['images', ...words], { directory, environment: { ...ENGINE_ENVIRONMENT, ...environment } });
}

function skipWithoutEngine(context: TestContext): void {
  context.skip(problem !== null, problem ?? '');
}

describe('cloche images list', () => {
  beforeEach(skipWithoutEngine);

  test('shows the image of all languages once, with its size', async () => {
    const { exitCode, stdout, stderr } = await images(['list']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [heading, row = ''] = stdout.split('\n');
    expect(heading).toMatch(/^IMAGE +SIZE +LANGUAGES$/u);
    expect(row).toMatch(new RegExp(`^${TEST_IMAGE} +[\\d.]+ [MG]iB +python javascript`, 'u'));
  });

  test('says which image is missing, and what to do', async () => {
    plant(directory, 'own/config/config.toml', `[docker.images]\npython = "${ABSENT_IMAGE}"\n`);
    const own = { CLOCHE_HOME: `${directory}/own` };
    const { exitCode, stdout, stderr } = await images(['list'], own);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${ABSENT_IMAGE} +not here +python$`, 'mu'));
    expect(stderr).toMatch(/cloche images pull.*cloche images build/u);

    const json = await images(['list', '--json'], { ...own, CLOCHE_LANG: 'zh' });
    expect(JSON.parse(json.stdout)).toEqual([
      {
        reference: ABSENT_IMAGE,
        languages: ['python'],
        isPresent: false,
        id: null,
        digest: null,
        sizeBytes: null,
      },
      {
        reference: TEST_IMAGE,
        languages: LANGUAGE_IDS.filter((id) => id !== 'python'),
        isPresent: true,
        id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
        digest: null,
        sizeBytes: expect.any(Number),
      },
    ]);
  });

  test('speaks Chinese', async () => {
    const { stdout } = await images(['list'], { CLOCHE_LANG: 'zh' });
    expect(stdout).toMatch(/^镜像 +大小 +语言$/mu);
  });
});

describe('cloche images pull', () => {
  beforeEach(skipWithoutEngine);

  test('leaves alone what is there', async () => {
    const { exitCode, stdout, stderr } = await images(['pull', 'py', 'go']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Here already: ${TEST_IMAGE} \\([\\d.]+ [MG]iB\\)\n$`, 'u'));
  });

  test('pulls, saying how many layers and bytes have come', async () => {
    const image = await imageRegistry();
    onTestFinished(() => removeImage(image));
    const environment = { CLOCHE_DOCKER_IMAGE: image };
    const first = await images(['pull', 'python'], environment);
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toMatch(new RegExp(`^Pulled ${image} \\([\\d.]+ MiB\\)\n$`, 'u'));
    expect(first.stderr).toMatch(/^cloche: Pulling .*: \d of \d layers, [\d.]+ (?:bytes|[KM]iB)/mu);
    // Somebody who reads a log wants no line that is drawn again.
    expect(first.stderr).not.toMatch(/[\r\u001B]/u);
    expect((await images(['pull'], environment)).stdout).toContain('Here already');
    expect((await images(['pull', '--again'], environment)).stdout).toContain(`Pulled ${image}`);
  });

  test('names the image that cannot be had, and the two ways out', async () => {
    const environment = { CLOCHE_DOCKER_IMAGE: ABSENT_IMAGE };
    const english = await images(['pull', 'python'], environment);
    expect(english).toMatchObject({ exitCode: 125, stdout: '' });
    expect(english.stderr).toMatch(
      new RegExp(`^cloche: The image ${ABSENT_IMAGE} could not be pulled: `, 'u'),
    );
    expect(english.stderr).toContain('cloche images pull');
    expect(english.stderr).toContain('cloche images build');
    const chinese = await images(['pull', 'python'], { ...environment, CLOCHE_LANG: 'zh' });
    expect(chinese.stderr).toMatch(new RegExp(`无法拉取镜像 ${ABSENT_IMAGE}`, 'u'));
  });

  test('never pulls what is made on this machine', async () => {
    const image = 'cloche/toolchains:test-that-nobody-has';
    const { exitCode, stderr } = await images(['pull'], { CLOCHE_DOCKER_IMAGE: image });
    expect(exitCode).toBe(125);
    expect(stderr).toMatch(
      new RegExp(`^cloche: The image ${image} .* never pulled\\.\n.*cloche images build`, 'u'),
    );
  });

  test('an interruption ends it with 130', async () => {
    const image = await imageRegistry(true);
    const child = startCli(['images', 'pull'], {
      directory,
      environment: { ...ENGINE_ENVIRONMENT, CLOCHE_DOCKER_IMAGE: image },
    });
    child.stderr.once('data', () => child.kill('SIGINT'));
    const { exitCode, stderr } = await endOf(child);
    expect(exitCode).toBe(130);
    expect(stderr).toContain('cloche: Interrupted.');
  });

  test('on a terminal one line is drawn again, and Ctrl-C ends it', async (context) => {
    skipWithoutTerminal(context);
    const image = await imageRegistry(true);
    const command = cliArgv(['images', 'pull']).map((word) => `'${word}'`);
    const child = spawn('script', ['-qefc', command.join(' '), '/dev/null'], {
      cwd: directory,
      env: {
        ...cliEnvironment(directory, { ...ENGINE_ENVIRONMENT, CLOCHE_DOCKER_IMAGE: image }),
        SHELL: '/bin/sh',
        TERM: 'xterm',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let shown = '';
    let isPressed = false;
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (isPressed || !shown.includes('\r\u001B[KPulling ')) return;
      isPressed = true;
      child.stdin.write(CTRL_C);
    });
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect(exitCode).toBe(130);
    expect(shown).toMatch(/\r\u001B\[Kcloche: Interrupted\./u);
  });
});

describe('cloche images build', () => {
  beforeEach(skipWithoutEngine);

  test(
    'makes one image for every language, without a network where the base has all',
    { timeout: 300_000 },
    async () => {
      const tag = 'cloche-test/built:1';
      onTestFinished(() => removeImage(tag));
      const { exitCode, stdout, stderr } = await images(['build', '--base', TEST_IMAGE, '--tag', tag]);
      expect(exitCode, stderr).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Built ${tag} \\([\\d.]+ GiB\\), for every language`, 'u'));
      expect(stdout).toContain(`\n  export CLOCHE_DOCKER_IMAGE=${tag}\n`);
      expect(stdout).toContain(`\n  [docker]\n  image = "${tag}"\n`);
      expect(stdout).toContain(`${directory}/cloche/config/config.toml`);
      expect(stderr).toMatch(/^Step 2\//mu);
      const inspected = JSON.parse((await askEngine('GET', `/images/${tag}/json`)).body) as {
        Config: { Labels: Record<string, string>; Env: string[] };
      };
      expect(inspected.Config.Labels).toMatchObject({ 'dev.cloche.image': 'toolchains' });
      expect(inspected.Config.Env).toContain('GOCACHE=/opt/cloche/go-build');
    },
  );

  test('names a base that cannot be had', async () => {
    const { exitCode, stderr } = await images(['build', '--base', ABSENT_IMAGE]);
    expect(exitCode).toBe(125);
    expect(stderr).toMatch(new RegExp(`^cloche: The image ${ABSENT_IMAGE} could not be pulled`, 'u'));
  });

  test('says which step failed', async () => {
    const base = await imageRegistry();
    const tag = 'cloche-test/failed:1';
    onTestFinished(() => removeImage(base));
    const { exitCode, stderr } = await images(['build', '--base', base, '--tag', tag]);
    expect(exitCode).toBe(125);
    expect(stderr).toMatch(new RegExp(`^cloche: The image ${tag} could not be built on ${base}: `, 'mu'));
    expect(stderr).toContain('hint: ');
  });
});

describe('cloche images, without an engine', () => {
  test('a language that nobody knows is a wrong word', async () => {
    const english = await images(['pull', 'pyhton']);
    expect(english).toMatchObject({ exitCode: 2, stdout: '' });
    expect(english.stderr).toMatch(
      /^cloche: There is no language pyhton\.\nhint: Did you mean python\? Known: /u,
    );
    const chinese = await images(['pull', 'pyhton'], { CLOCHE_LANG: 'zh' });
    expect(chinese.stderr).toContain('没有名为 pyhton 的语言');
  });

  test.each([
    ['--tag', '-x'],
    ['--tag', `a@sha256:${'0'.repeat(64)}`],
    ['--base', 'https://example.com/x'],
  ])('%s %s is refused', async (flag, value) => {
    const { exitCode, stderr } = await images(['build', `${flag}=${value}`]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${JSON.stringify(value)} is not the name of an image.`);
  });

  test('an option that is invalid is named, with the variable that set it', async () => {
    const { exitCode, stderr } = await images(['list'], { CLOCHE_DOCKER_USER: '0' });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^cloche: The option docker\.user, set in CLOCHE_DOCKER_USER, is invalid: .*root/u,
    );
  });

  test.each([['list'], ['pull', 'python'], ['build']])(
    '%s says that none answers, and what to do',
    async (...words) => {
      const { exitCode, stdout, stderr } = await images(words, {
        CLOCHE_DOCKER_HOST: `unix://${directory}/absent.sock`,
      });
      expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: '' });
      expect(stderr).toContain(`${directory}/absent.sock`);
      expect(stderr).toContain('hint: ');
    },
  );

  test('the parent shows its commands', async () => {
    const { exitCode, stdout } = await images(['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/images list.*images pull.*images build/su);
  });
});
