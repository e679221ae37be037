import assert from 'node:assert/strict';
import type { ExecutionResult } from '@cloche/core/executor';
import type { ConformanceGroup } from '../conformance-case.ts';
import { expectStatus, okText } from '../expectations.ts';
import { bash, python } from './requests.ts';

function contents(result: ExecutionResult): Record<string, string> {
  return Object.fromEntries(
    result.artifacts.map(({ path, content }) => [path, Buffer.from(content).toString('latin1')]),
  );
}

function reasons(result: ExecutionResult): Record<string, string> {
  return Object.fromEntries(result.omittedArtifacts.map(({ path, reason }) => [path, reason]));
}

export const ARTIFACT_CASES: ConformanceGroup = {
  concept: 'artifacts',
  cases: [
    {
      id: 'artifacts-are-what-changed',
      title: 'gives back new and changed files, and no input that is as it was',
      languages: ['bash'],
      run: async (context) => {
        const files = ['same', 'changed', 'touched', 'rewritten', 'removed'].map((path) => ({
          path,
          content: `${path}\n`,
        }));
        const code = `echo more >> changed
touch -t 203001010000 touched
cp rewritten copy && mv copy rewritten
rm removed
mkdir -p new/directory empty
echo deep > new/directory/file
echo hidden > .hidden
: > nothing
`;
        const { result } = await context.run(bash(code, { files }));
        expectStatus(result, 'ok');
        assert.deepEqual(contents(result), {
          '.hidden': 'hidden\n',
          changed: 'changed\nmore\n',
          'new/directory/file': 'deep\n',
          nothing: '',
        });
        assert.deepEqual(result.omittedArtifacts, []);
      },
    },
    {
      id: 'removed-files-are-told',
      title: 'tells which input files are no more: removed, moved, or something else in their place',
      languages: ['bash'],
      run: async (context) => {
        const files = ['kept', 'changed', 'removed', 'moved', 'linked', 'deep/removed'].map((path) => ({
          path,
          content: `${path}\n`,
        }));
        const code = `echo more >> changed
rm removed deep/removed
mv moved away
rm linked && ln -s kept linked
`;
        const { plan, observation } = context.start(bash(code, { files }));
        const { result } = await context.wait(observation, 'the result');
        expectStatus(result, 'ok');
        assert.deepEqual(result.removedFiles.toSorted(), ['deep/removed', 'linked', 'moved', 'removed']);
        assert.ok(result.removedFiles.every((path) => plan.files.some((file) => file.path === path)));
        const unchanged = await context.run(bash(`cat kept\n`, { files }));
        assert.deepEqual(unchanged.result.removedFiles, []);
      },
    },
    {
      id: 'artifacts-are-byte-exact',
      title: 'gives back artifacts byte by byte, large ones included',
      languages: ['python'],
      run: async (context) => {
        const code = `open("bytes.bin", "wb").write(bytes(range(256)))
open("large.bin", "wb").write(bytes(range(256)) * 20_000)
`;
        const { result } = await context.run(python(code));
        expectStatus(result, 'ok');
        const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
        const artifacts = new Map(result.artifacts.map(({ path, content }) => [path, Buffer.from(content)]));
        assert.ok(artifacts.get('bytes.bin')?.equals(bytes), 'the small file is not what was written');
        assert.ok(
          artifacts.get('large.bin')?.equals(Buffer.alloc(256 * 20_000, bytes)),
          'the large file is not what was written',
        );
      },
    },
    {
      id: 'artifacts-keep-the-executable-bit',
      title: 'says which artifacts are executable',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(
          bash(`echo a > tool; chmod 755 tool; echo b > plain; chmod 644 plain\n`),
        );
        expectStatus(result, 'ok');
        const executable = Object.fromEntries(
          result.artifacts.map((artifact) => [artifact.path, artifact.executable]),
        );
        assert.deepEqual(executable, { plain: false, tool: true });
      },
    },
    {
      id: 'artifacts-after-a-failure',
      title: 'gives back the files of a program that failed',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(bash(`echo half > half.txt; exit 4\n`));
        expectStatus(result, 'runtime_error');
        assert.deepEqual(contents(result), { 'half.txt': 'half\n' });
      },
    },
    {
      id: 'artifacts-are-not-collected-unasked',
      title: 'gives back no file where none is asked for',
      languages: ['bash'],
      run: async (context) => {
        const { result, events } = await context.run(
          bash(`echo made > made.txt\n`, { collectArtifacts: false }),
        );
        expectStatus(result, 'ok');
        assert.deepEqual(result.artifacts, []);
        assert.ok(!events.some(({ type }) => type === 'artifact'));
      },
    },
    {
      id: 'artifact-events',
      title: 'tells every artifact of the result in an event before it',
      languages: ['bash'],
      run: async (context) => {
        const { result, events } = await context.run(
          bash(`for name in a b c; do echo "$name" > "$name.txt"; done\n`),
        );
        expectStatus(result, 'ok');
        const told = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
        assert.deepEqual(told, result.artifacts);
        assert.deepEqual(Object.keys(contents(result)).toSorted(), ['a.txt', 'b.txt', 'c.txt']);
      },
    },
    {
      id: 'artifact-count-is-capped',
      title: 'gives back as many artifacts as allowed, and names the others',
      languages: ['bash'],
      run: async (context) => {
        const code = `for number in 1 2 3 4 5 6 7 8; do echo $number > file$number; done\n`;
        const { result } = await context.run(bash(code, { limits: { artifactCount: 3 } }));
        expectStatus(result, 'ok');
        assert.equal(result.artifacts.length, 3);
        assert.deepEqual(new Set(Object.values(reasons(result))), new Set(['too_many']));
        assert.equal(
          new Set([...Object.keys(contents(result)), ...Object.keys(reasons(result))]).size,
          8,
          'a file is not accounted for',
        );
      },
    },
    {
      id: 'artifact-bytes-are-capped',
      title: 'gives back no more bytes than allowed, and names what was too large',
      languages: ['python'],
      run: async (context) => {
        const code = `open("large", "wb").write(b"x" * 100_000)
open("small", "wb").write(b"small")
`;
        const { result } = await context.run(python(code, { limits: { artifactBytes: 50_000 } }));
        expectStatus(result, 'ok');
        assert.deepEqual(contents(result), { small: 'small' });
        assert.deepEqual(reasons(result), { large: 'too_large' });
      },
    },
    {
      id: 'artifact-bytes-are-capped-together',
      title: 'counts the bytes of all artifacts together',
      languages: ['python'],
      run: async (context) => {
        const code = `for number in range(10):
    open(f"file{number}", "wb").write(b"x" * 10_000)
`;
        const { result } = await context.run(python(code, { limits: { artifactBytes: 35_000 } }));
        expectStatus(result, 'ok');
        assert.equal(result.artifacts.length, 3);
        assert.equal(result.omittedArtifacts.length, 7);
        assert.deepEqual(new Set(Object.values(reasons(result))), new Set(['too_large']));
      },
    },
    {
      id: 'artifact-sparse-file',
      title: 'does not read a sparse file of 10 GB',
      languages: ['python'],
      run: async (context) => {
        const code = `import os
try:
    os.truncate(os.open("sparse", os.O_CREAT | os.O_WRONLY), 10_000_000_000)
    print("made")
except OSError:
    os.unlink("sparse")
    print("cannot be made")
open("small", "w").write("small")
`;
        const { result } = await context.run(python(code));
        const isMade = okText(result) === 'made\n';
        assert.deepEqual(contents(result), { small: 'small' });
        // Where a file so large cannot be made there is nothing to leave out.
        assert.deepEqual(reasons(result), isMade ? { sparse: 'too_large' } : {});
      },
    },
    {
      id: 'artifact-five-thousand',
      title: 'gives back 5,000 files',
      languages: ['python'],
      run: async (context) => {
        const code = `import os
for number in range(5000):
    if number % 100 == 0:
        os.mkdir(f"d{number // 100}")
    open(f"d{number // 100}/f{number}", "w").write(str(number))
`;
        const { result } = await context.run(python(code, { limits: { artifactCount: 5000 } }));
        expectStatus(result, 'ok');
        assert.equal(result.artifacts.length, 5000);
        assert.equal(contents(result)['d49/f4999'], '4999');
      },
    },
    {
      id: 'artifact-deep-directories',
      title: 'gives back a file from 100 directories down',
      languages: ['bash'],
      run: async (context) => {
        const path = `${'deep/'.repeat(100)}file`;
        const { result } = await context.run(
          bash(`mkdir -p '${'deep/'.repeat(100)}'; echo far > '${path}'\n`),
        );
        expectStatus(result, 'ok');
        assert.deepEqual(contents(result), { [path]: 'far\n' });
      },
    },
    {
      id: 'artifact-deeper-than-a-path',
      title: 'survives directories deeper than any path can be long',
      languages: ['python'],
      run: async (context) => {
        const code = `import os
open("beside", "w").write("beside")
for _ in range(1200):
    os.mkdir("level")
    os.chdir("level")
open("bottom", "w").write("bottom")
print("made")
`;
        const { result } = await context.run(python(code));
        expectStatus(result, 'ok');
        assert.deepEqual(contents(result), { beside: 'beside' });
        assert.ok(
          result.omittedArtifacts.some(({ reason }) => reason === 'invalid_name'),
          'what lies too deep is not named',
        );
      },
    },
    {
      id: 'artifact-name-of-invalid-utf8',
      title: 'leaves out a file whose name is no UTF-8, and says so',
      languages: ['python'],
      run: async (context) => {
        const code = `open(b"bad-\\xff\\xfe-name", "w").write("bad")
open("good", "w").write("good")
`;
        const { result } = await context.run(python(code));
        expectStatus(result, 'ok');
        assert.deepEqual(contents(result), { good: 'good' });
        assert.deepEqual(reasons(result), { 'bad-\uFFFD\uFFFD-name': 'invalid_name' });
      },
    },
    {
      id: 'artifact-without-permissions',
      title: 'survives files and directories that nobody may read',
      languages: ['bash'],
      run: async (context) => {
        const code = `mkdir closed; echo inside > closed/file; echo secret > unreadable; chmod 000 closed unreadable; echo open > open.txt\n`;
        const { result } = await context.run(bash(code));
        expectStatus(result, 'ok');
        assert.equal(contents(result)['open.txt'], 'open\n');
      },
    },
  ],
};
