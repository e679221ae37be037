import assert from 'node:assert/strict';
import type { ConformanceGroup } from '../conformance-case.ts';
import { okJson, okLines, okText } from '../expectations.ts';
import { bash, python } from './requests.ts';

/** Leaves a file with this name wherever a program may write. */
const LEAVE_TRACES = `import os, tempfile
places = [".", "../build", os.environ["HOME"], os.environ["TMPDIR"], tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"]
for place in places:
    try:
        with open(os.path.join(place, "trace-of-conformance"), "x") as file:
            file.write("here")
    except OSError:
        pass
`;
const FIND_TRACES = `import json, os, tempfile
places = [".", "../build", os.environ["HOME"], os.environ["TMPDIR"], tempfile.gettempdir()]
print(json.dumps([place for place in places if os.path.exists(os.path.join(place, "trace-of-conformance"))]))
`;

export const WORK_DIRECTORY_CASES: ConformanceGroup = {
  concept: 'work directory',
  cases: [
    {
      id: 'work-directory-holds-the-inputs-alone',
      title: 'starts in a directory that holds the input files and nothing else',
      languages: ['bash'],
      run: async (context) => {
        const files = [
          { path: 'data/a.txt', content: 'a' },
          { path: '.hidden', content: 'h' },
        ];
        const { result } = await context.run(bash(`find . | LC_ALL=C sort\n`, { files }));
        assert.deepEqual(okLines(result), ['.', './.hidden', './data', './data/a.txt', './main.sh']);
      },
    },
    {
      id: 'work-directory-is-fresh',
      title: 'shows a program nothing that a former one left in any directory',
      languages: ['python'],
      run: async (context) => {
        assert.equal(okText((await context.run(python(LEAVE_TRACES))).result), '');
        const { result } = await context.run(python(FIND_TRACES));
        assert.deepEqual(okJson(result), []);
      },
    },
    {
      id: 'work-directory-is-writable',
      title: 'lets a program make, change and remove files and directories where it starts',
      languages: ['bash'],
      run: async (context) => {
        const files = [
          { path: 'input.txt', content: 'input\n' },
          { path: 'old.txt', content: 'old\n' },
        ];
        const code = `set -e
mkdir -p a/b
echo new > a/b/new.txt
echo more >> input.txt
rm old.txt
mv a/b/new.txt moved.txt
cat input.txt moved.txt
test ! -e old.txt
`;
        const { result } = await context.run(bash(code, { files }));
        assert.equal(okText(result), 'input\nmore\nnew\n');
      },
    },
    {
      id: 'build-directory-is-beside',
      title: 'has an empty, writable ../build beside the work directory',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(
          bash(`ls -A ../build; echo made > ../build/file && cat ../build/file\n`),
        );
        assert.equal(okText(result), 'made\n');
        assert.deepEqual(result.artifacts, [], 'what lies in ../build is no artifact');
      },
    },
    {
      id: 'home-is-writable',
      title: 'gives the program a home directory of its own that it can write to',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(
          bash(
            `echo kept > "$HOME/file" && cat "$HOME/file" && cd && pwd -P && cd "$OLDPWD" && cat main.sh > /dev/null\n`,
          ),
        );
        assert.equal(okLines(result)[0], 'kept');
        assert.deepEqual(result.artifacts, [], 'what lies in the home directory is no artifact');
      },
    },
    {
      id: 'temporary-directory-is-writable',
      title: 'gives the program a temporary directory of its own that it can write to',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(
          bash(`ls -A "$TMPDIR"; file=$(mktemp) && echo kept > "$file" && cat "$file" && echo "$file"\n`),
        );
        const [content, path, ...more] = okLines(result);
        assert.equal(content, 'kept', 'the temporary directory is not empty, or cannot be written to');
        assert.match(path ?? '', /^\//u);
        assert.deepEqual(more, []);
        assert.deepEqual(result.artifacts, [], 'what lies in the temporary directory is no artifact');
      },
    },
  ],
};
