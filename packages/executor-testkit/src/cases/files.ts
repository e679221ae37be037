import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ConformanceGroup } from '../conformance-case.ts';
import { expectStatus, okJson, okLines, okText, runOf } from '../expectations.ts';
import { bash, python } from './requests.ts';

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

export const FILE_CASES: ConformanceGroup = {
  concept: 'files',
  cases: [
    {
      id: 'files-are-byte-exact',
      title: 'lays out input files byte by byte as given, empty and large ones included',
      languages: ['python'],
      run: async (context) => {
        const large = Buffer.alloc(5_000_000, ALL_BYTES);
        const files = [
          { path: 'empty', content: '' },
          { path: 'bytes.bin', content: ALL_BYTES },
          { path: 'a/b/c/large.bin', content: large },
          { path: 'text.txt', content: 'line\r\nline\n\n' },
        ];
        const code = `import hashlib, json
print(json.dumps([hashlib.sha256(open(path, "rb").read()).hexdigest() for path in ["empty", "bytes.bin", "a/b/c/large.bin", "text.txt"]]))
`;
        const { result } = await context.run(python(code, { files }));
        assert.deepEqual(
          okJson(result),
          files.map(({ content }) => createHash('sha256').update(content).digest('hex')),
        );
      },
    },
    {
      id: 'executable-bit',
      title: 'makes exactly those input files executable that were given as such',
      languages: ['bash'],
      run: async (context) => {
        const content = '#!/bin/sh\necho "ran $1"\n';
        const files = [
          { path: 'bin/tool', content, executable: true },
          { path: 'plain', content },
        ];
        const { result } = await context.run(
          bash(
            `./bin/tool well\ntest -x plain && echo 'plain is executable'\ntest -r plain && echo readable\n`,
            { files },
          ),
        );
        assert.deepEqual(okLines(result), ['ran well', 'readable']);
      },
    },
    {
      id: 'many-input-files',
      title: 'lays out 900 input files in 30 directories',
      languages: ['bash'],
      run: async (context) => {
        const files = Array.from({ length: 900 }, (_, number) => ({
          path: `d${number % 30}/f${number}`,
          content: `${number}\n`,
        }));
        const { result } = await context.run(
          bash(`cat d*/f* | sort -n | tail -n 1; ls d* | grep -c f; ls -d d* | wc -l | tr -d ' '\n`, {
            files,
          }),
        );
        assert.deepEqual(okLines(result), ['899', '900', '30']);
        assert.deepEqual(result.artifacts, []);
      },
    },
    {
      id: 'entry-with-an-awkward-name',
      title: 'runs programs whose own name begins with a dash or holds spaces and $()',
      languages: ['python'],
      run: async (context) => {
        for (const fileName of [
          '-c.py',
          '--version',
          'two words.py',
          '$(touch injected) `id`.py',
          'sub directory/-程序 🔔.py',
          "it's.py",
        ]) {
          const { result } = await context.run(python(`print("ran")\n`, { fileName }));
          expectStatus(result, 'ok');
          assert.equal(
            Buffer.from(runOf(result).stdout.head).toString(),
            'ran\n',
            `the program ${fileName} did not run`,
          );
          assert.deepEqual(result.artifacts, [], `a part of the name ${fileName} was executed`);
        }
      },
    },
    {
      id: 'program-may-hold-a-byte-order-mark',
      title: 'runs a program that begins with a byte order mark and ends its lines with CR LF',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(python(`\uFEFFprint("one")\r\nprint("two")\r\n`));
        assert.equal(okText(result), 'one\ntwo\n');
      },
    },
  ],
};
