import assert from 'node:assert/strict';
import type { ExecutionResult } from '@cloche/core/executor';
import type { CaseContext } from '../case-context.ts';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.ts';
import { expectStatus } from '../expectations.ts';
import { python } from './requests.ts';

interface Trap {
  readonly id: string;
  readonly title: string;
  /** What the program does beside writing `honest.txt`. */
  readonly code: string;
  /** Names that must be told as `not_a_regular_file`. */
  readonly omitted: readonly string[];
}

/** Each makes something in the work directory that is no regular file. None of it may come back, nor what it leads to. */
const TRAPS: readonly Trap[] = [
  {
    id: 'link-to-a-host-file',
    title: 'does not follow a link to /etc/passwd',
    code: `os.symlink("/etc/passwd", "trap")`,
    omitted: ['trap'],
  },
  {
    id: 'link-to-a-directory',
    title: 'does not go down a link to /etc',
    code: `os.symlink("/etc", "trap")`,
    omitted: ['trap'],
  },
  {
    id: 'link-in-a-parent',
    title: 'does not go through a link that took the place of a directory of inputs',
    code: `import shutil\nshutil.rmtree("data")\nos.symlink("/etc", "data")`,
    omitted: ['data'],
  },
  {
    id: 'link-in-place-of-an-input',
    title: 'does not follow a link that took the place of an input file',
    code: `os.unlink("data/passwd")\nos.symlink("/etc/passwd", "data/passwd")`,
    omitted: ['data/passwd'],
  },
  {
    id: 'link-that-dangles',
    title: 'survives a link to nothing',
    code: `os.symlink("/nowhere/at/all", "trap")`,
    omitted: ['trap'],
  },
  {
    id: 'link-in-a-circle',
    title: 'survives links that lead to each other and to their own directory',
    code: `os.symlink("two", "one")\nos.symlink("one", "two")\nos.symlink(".", "self")\nos.symlink("..", "up")`,
    omitted: ['one', 'self', 'two', 'up'],
  },
  {
    id: 'link-to-an-artifact',
    title: 'does not give back a file twice through a link',
    code: `os.symlink("honest.txt", "trap")`,
    omitted: ['trap'],
  },
  {
    id: 'fifo-among-artifacts',
    title: 'does not wait for a named pipe',
    code: `os.mkfifo("trap")`,
    omitted: ['trap'],
  },
  {
    id: 'socket-among-artifacts',
    title: 'does not open a socket',
    code: `import socket\nserver = socket.socket(socket.AF_UNIX)\nserver.bind("trap")`,
    omitted: ['trap'],
  },
];

const FILES = [{ path: 'data/passwd', content: 'an input\n' }];

function program(code: string): string {
  return `import os\n${code}\nopen("honest.txt", "w").write("honest\\n")\n`;
}

function expectHonestOnly(result: ExecutionResult): void {
  const artifacts = result.artifacts.map(({ path, content }) => [path, Buffer.from(content).toString()]);
  assert.deepEqual(artifacts, [['honest.txt', 'honest\n']]);
}

function trapCase({ id, title, code, omitted }: Trap): ConformanceCase {
  return {
    id,
    title,
    languages: ['python'],
    run: async (context) => {
      const { result } = await context.run(python(program(code), { files: FILES }));
      expectStatus(result, 'ok');
      expectHonestOnly(result);
      const told = result.omittedArtifacts.map(({ path, reason }) => `${path}: ${reason}`).toSorted();
      assert.deepEqual(
        told,
        omitted.map((path) => `${path}: not_a_regular_file`),
      );
    },
  };
}

async function runTolerant(context: CaseContext, code: string): Promise<ExecutionResult> {
  const { result } = await context.run(python(code, { files: FILES }));
  expectStatus(result, 'ok');
  return result;
}

export const LINK_CASES: ConformanceGroup = {
  concept: 'links',
  cases: [
    ...TRAPS.map(trapCase),
    {
      id: 'device-among-artifacts',
      title: 'does not read a device, where a program can make one',
      languages: ['python'],
      run: async (context) => {
        const code = `try:
    os.mknod("trap", 0o20666, os.makedev(1, 5))
except OSError:
    pass`;
        const result = await runTolerant(context, program(code));
        expectHonestOnly(result);
        assert.ok(
          result.omittedArtifacts.every(
            ({ path, reason }) => path === 'trap' && reason === 'not_a_regular_file',
          ),
        );
      },
    },
    {
      id: 'hard-link',
      title: 'gives back both names of a file that has two',
      languages: ['python'],
      run: async (context) => {
        const result = await runTolerant(
          context,
          program(`open("first", "w").write("shared\\n")\nos.link("first", "second")`),
        );
        const artifacts = Object.fromEntries(
          result.artifacts.map(({ path, content }) => [path, Buffer.from(content).toString()]),
        );
        assert.deepEqual(artifacts, { first: 'shared\n', 'honest.txt': 'honest\n', second: 'shared\n' });
      },
    },
    {
      id: 'link-in-place-of-the-work-directory',
      title: 'does not go through a link that took the place of the work directory',
      languages: ['python'],
      run: async (context) => {
        const code = `import os
here = os.getcwd()
try:
    os.rename(here, here + "-moved")
    os.symlink("/etc", here)
except OSError:
    pass
print("tried")
`;
        const result = await runTolerant(context, code);
        const paths = result.artifacts.map(({ path }) => path);
        assert.deepEqual(paths, [], 'files from elsewhere came back');
      },
    },
  ],
};
