import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerCharacters } from '../support/answer-characters.ts';
import { numberField, textField } from '../support/answer-fields.ts';
import type { TestConnection } from '../support/open-connection.ts';
import { openConnection } from '../support/open-connection.ts';
import type { TestAnswer } from '../support/test-client.ts';
import { textOf } from '../support/text-of.ts';

let connection: TestConnection;
beforeAll(async () => {
  connection = await openConnection();
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
});

function python(code: string, more: Record<string, unknown> = {}): Promise<TestAnswer> {
  return connection.client.call('execute_code', { code, language: 'python', ...more });
}

describe('what became of a program', () => {
  test('an exit that is not 0 is a result, with everything that is known of it', async () => {
    const answer = await python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)");
    expect(answer.isError).toBeFalsy();
    expect(answer.structuredContent).toMatchObject({
      status: 'runtime_error',
      exit_code: 3,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
      stdout_bytes: 4,
      stdout_truncated: false,
      language: 'python',
      executor: 'local',
      network: expect.stringMatching(/none|full/u) as string,
      run_id: expect.stringMatching(/^[\da-f]{32}$/u) as string,
    });
    const text = textOf(answer);
    for (const said of ['runtime_error', 'exit code 3', 'out', 'err', textField(answer, 'run_id'), 'local']) {
      expect(text).toContain(said);
    }
  });

  test('a compiler that says no is heard in full', async () => {
    const code = 'int main(void) { return undefined_name; }';
    const answer = await connection.client.call('execute_code', { code, language: 'c' });
    expect(answer.structuredContent).toMatchObject({ status: 'compile_error', stdout: '' });
    expect(textField(answer, 'compile_output')).toContain('undefined_name');
    expect(textOf(answer)).toContain('undefined_name');
  });

  test('a timeout that the call gave ends it, and the hint speaks of timeout_seconds', async () => {
    const answer = await python("print('begun', flush=True)\nwhile True: pass", { timeout_seconds: 1 });
    expect(answer.structuredContent).toMatchObject({
      status: 'timeout',
      stdout: 'begun\n',
      stopped_in: 'run',
    });
    expect(textField(answer, 'hint')).toContain('timeout_seconds');
  });

  test('files, environment and standard input reach it', async () => {
    const code =
      "import os, sys; print(open('data/in.txt').read(), list(open('b.bin', 'rb').read()), os.environ['GREETING'], sys.stdin.read())";
    const answer = await python(code, {
      files: [
        { path: 'data/in.txt', content: 'text' },
        { path: 'b.bin', content: 'AAH/', encoding: 'base64' },
      ],
      env: { GREETING: 'hello' },
      stdin: 'input',
    });
    expect(answer.structuredContent).toMatchObject({ stdout: 'text [0, 1, 255] hello input\n' });
  });
});

describe('output in an answer', () => {
  test('a flood on both streams keeps to 10,000 characters, with head, tail and counts', async () => {
    const code =
      "import sys\nfor i in range(20000):\n  print(f'out {i}')\n  print(f'err {i}', file=sys.stderr)";
    const answer = await python(code);
    expect(answerCharacters(answer)).toBeLessThanOrEqual(10_000);
    expect(answerCharacters(answer)).toBeGreaterThan(8_000);
    for (const name of ['stdout', 'stderr']) {
      const shown = textField(answer, name);
      const short = name.slice(3);
      expect(shown).toContain(`${short} 0\n`);
      expect(shown).toContain(`${short} 19999\n`);
      expect(shown).toContain(`read_output with stream "${name}"`);
      const missing = Number(/\[\.\.\. (?<bytes>\d+) bytes left out/u.exec(shown)?.groups?.['bytes']);
      const [head = '', tail = ''] = shown.split(/\n\[\.\.\. .* \.\.\.\]\n/u);
      expect(missing + head.length + tail.length).toBe(numberField(answer, `${name}_bytes`));
    }
    expect(answer.structuredContent).toMatchObject({ stdout_truncated: true, stderr_truncated: true });
  });

  test('control characters count as JSON has them', async () => {
    const answer = await python("print('\\x1b[31mred\\x1b[0m' * 3000)");
    expect(answerCharacters(answer)).toBeLessThanOrEqual(10_000);
    expect(textField(answer, 'stdout')).toContain('\u001b[31mred');
  });

  test('invalid UTF-8 is replaced, and no character is split', async () => {
    const broken = await python("import sys; sys.stdout.buffer.write(b'a\\xffb\\xe4')");
    expect(textField(broken, 'stdout')).toBe('a\uFFFDb\uFFFD');
    const long = await python("import sys; sys.stdout.write('字' * 40000)");
    expect(textField(long, 'stdout')).not.toContain('\uFFFD');
    expect(answerCharacters(long)).toBeLessThanOrEqual(10_000);
  });

  test('files with hostile names and numbers keep to the bound too', async () => {
    const code =
      "import os\nfor i in range(300):\n  open('\\x1b' * 50 + 'é' * 60 + str(i), 'w').write('x')\nos.symlink('/etc/passwd', 'link')\nprint('y' * 50000)";
    const answer = await python(code);
    expect(answerCharacters(answer)).toBeLessThanOrEqual(10_000);
    expect(numberField(answer, 'artifact_count')).toBe(300);
    expect(JSON.stringify(answer.structuredContent)).not.toContain('root:');
  });

  test('small images come as images, at most four, by what they are and not by their names', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const code = `import base64\ndata = base64.b64decode('${png}')\nfor i in range(6): open(f'plot{i}.dat', 'wb').write(data)\nopen('fake.png', 'w').write('no image')`;
    const answer = await python(code);
    const images = answer.content.filter(({ type }) => type === 'image');
    expect(images).toEqual(
      Array.from({ length: 4 }, () => ({ type: 'image', mimeType: 'image/png', data: png })),
    );
    const links = answer.content.filter(({ type }) => type === 'resource_link');
    expect(links).toHaveLength(7);
    expect(links.find(({ name }) => name === 'fake.png')).toMatchObject({ mimeType: 'text/plain' });
  });
});

describe('what is refused before anything runs', () => {
  test.each([
    [
      'a path that climbs out',
      { files: [{ path: '../../etc/cron.d/x', content: '' }] },
      'leaves the work directory',
    ],
    ['an absolute path', { files: [{ path: '/etc/passwd', content: '' }] }, 'absolute'],
    ['what is no base64', { files: [{ path: 'a', content: '!!', encoding: 'base64' }] }, 'not base64'],
    ['an unknown language', { language: 'cobol' }, 'language'],
    ['a wrong type', { args: 'one' }, 'args'],
    ['an unknown argument', { session: '1' }, 'session'],
    ['a timeout beyond the configuration', { timeout_seconds: 121 }, 'timeout_seconds'],
    ['an environment name that is none', { env: { '1=': 'x' } }, 'environment variable'],
    ['the network, which policy does not allow', { network: 'full' }, 'CLOCHE_NETWORK'],
  ])('%s', async (_, more, said) => {
    const answer = await python('print(1)', more);
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain(said);
    expect(textOf(answer).length).toBeLessThan(2_000);
  });

  test('an unknown tool is an error of the protocol', async () => {
    await expect(connection.client.call('delete_everything', {})).rejects.toThrow('There is no tool');
  });
});
