import assert from 'node:assert/strict';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.ts';
import { expectStatus, okText } from '../expectations.ts';
import { ClocheError } from '@cloche/core/executor';
import { bash, python } from './requests.ts';

/** Each goes in as an input, through the program as an argument, and comes back as an artifact. */
const NAMES: Readonly<Record<string, string>> = {
  spaces: ' two  words ',
  quotes: `it's "quoted"`,
  'command-substitution': '$(touch injected)`touch injected`',
  separators: 'a;touch injected&|touch injected>x',
  newline: 'line one\nline two',
  'leading-dash': '-rf',
  'leading-dashes': '--help',
  chinese: '数据文件.txt',
  emoji: '🔔👩‍🔬.txt',
  combining: 'e\u0301 and \u00e9',
  wildcards: '*?[a-z]{a,b}',
  tilde: '~root',
  backslash: 'back\\slash\\n',
  percent: '%2e%2e%2f%s%n',
  'two-dots': '..data..',
  'at-sign': '@file',
  'control-characters': 'bell\u0007tab\tescape\u001b[31m',
  'longest-name': 'n'.repeat(255),
  'longest-chinese-name': '界'.repeat(85),
};

/** What could mean a place outside the work directory, or no place at all. */
const REFUSED_PATHS: Readonly<Record<string, string>> = {
  absolute: '/etc/cloche-conformance',
  parent: '../outside.txt',
  'hidden-parent': 'a/../../outside.txt',
  'only-parent': '..',
  'windows-drive': 'C:\\outside.txt',
  'double-slash': 'a//b',
  'nul-byte': 'a\0b',
  empty: '',
};

const COPY = `import os, shutil, sys
source = sys.argv[1]
os.mkdir("copies")
shutil.copyfile(source, os.path.join("copies", source))
print("copied")
`;

function nameCase([what, name]: [string, string]): ConformanceCase {
  return {
    id: `name-with-${what}`,
    title: `takes a file in and gives one back whose name is ${JSON.stringify(name.length > 40 ? `${name.slice(0, 3)}…` : name)}`,
    languages: ['python'],
    run: async (context) => {
      const content = `content of ${what}\n`;
      const { result } = await context.run(
        python(COPY, { files: [{ path: name, content }], arguments: [name] }),
      );
      assert.equal(okText(result), 'copied\n');
      const artifacts = result.artifacts.map((artifact) => [
        artifact.path,
        Buffer.from(artifact.content).toString(),
      ]);
      assert.deepEqual(artifacts, [[`copies/${name}`, content]]);
      assert.deepEqual(result.omittedArtifacts, []);
    },
  };
}

function refusedPathCase([what, path]: [string, string]): ConformanceCase {
  return {
    id: `path-${what}-is-refused`,
    title: `is never handed a file at ${JSON.stringify(path)}`,
    languages: ['bash'],
    run: async (context) => {
      const files = [{ path, content: 'outside' }];
      try {
        const { observation } = context.start(bash('echo started\n', { files }));
        const { result } = await context.wait(observation, 'the result');
        expectStatus(result, 'ok');
      } catch (error) {
        assert.ok(ClocheError.isInstance(error), String(error));
        assert.equal(error.code, 'ERR_REQUEST_INVALID');
        return;
      }
      assert.fail(`a request with a file at ${JSON.stringify(path)} was run`);
    },
  };
}

export const NAME_CASES: ConformanceGroup = { concept: 'names', cases: Object.entries(NAMES).map(nameCase) };

export const REFUSED_PATH_CASES: ConformanceGroup = {
  concept: 'refused paths',
  cases: Object.entries(REFUSED_PATHS).map(refusedPathCase),
};
