import assert from 'node:assert/strict';
import type { ExecutionRequest, LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import type { CaseContext } from '../case-context.ts';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.ts';
import {
  compileOf,
  diagnostics,
  expectBytes,
  expectFailure,
  expectStatus,
  okText,
  runOf,
} from '../expectations.ts';
import { LANGUAGE_PROGRAMS } from '../programs/language-programs-table.ts';
import type { LanguagePrograms } from '../programs/language-programs.ts';

const AWKWARD_ARGUMENTS = [
  'two words',
  '',
  `'single' "double"`,
  '$(touch injected) `touch injected` ; touch injected & $HOME',
  'line one\nline two',
  '--leading-dash',
  '-c',
  '*',
  '\\back\\slash',
  '你好 мир 🔔',
];
const STDIN = Buffer.concat([
  Buffer.from('first line\nsecond line 你好\n'),
  Buffer.from([0, 255, 254, 10, 13, 10]),
  Buffer.from('no end'),
]);

interface Row {
  readonly id: string;
  readonly title: string;
  readonly check: (context: CaseContext, programs: LanguagePrograms) => Promise<void>;
}

/** What every language is asked for. */
const ROWS: readonly Row[] = [
  {
    id: 'hello',
    title: 'prints hello and leaves nothing behind',
    check: async (context, { language, hello }) => {
      const { result } = await context.run({ language, code: hello });
      assert.equal(okText(result), 'hello\n');
      assert.equal(runOf(result).exitCode, 0);
      assert.equal(result.language, language);
      assert.deepEqual(result.artifacts, [], 'what the compiler made is no artifact');
    },
  },
  {
    id: 'arguments',
    title: 'takes arguments with spaces, quotes, $(), newlines, dashes and Chinese as they are',
    check: async (context, { language, printArguments }) => {
      const { result } = await context.run({ language, code: printArguments, arguments: AWKWARD_ARGUMENTS });
      const received = okText(result).split('\0').slice(0, -1);
      assert.deepEqual(received, AWKWARD_ARGUMENTS);
      assert.deepEqual(result.artifacts, [], 'a part of an argument was executed');
    },
  },
  {
    id: 'stdin',
    title: 'reads stdin byte by byte as given, to its end',
    check: async (context, { language, copyStdin }) => {
      const { result } = await context.run({ language, code: copyStdin, stdin: STDIN });
      expectStatus(result, 'ok');
      expectBytes(runOf(result).stdout, STDIN, 'what came back from stdin');
    },
  },
  {
    id: 'exit-code',
    title: 'keeps exit code 3 and what was printed before',
    check: async (context, { language, exitWithThree }) => {
      const { result } = await context.run({ language, code: exitWithThree });
      expectStatus(result, 'runtime_error');
      const run = runOf(result);
      assert.deepEqual(
        { exitCode: run.exitCode, signal: run.signal, stoppedBy: run.stoppedBy },
        { exitCode: 3, signal: null, stoppedBy: null },
      );
      expectBytes(run.stdout, Buffer.from('before the end\n'), 'stdout');
    },
  },
  {
    id: 'broken-source',
    title: 'tells the message of the compiler, or of the interpreter, about a broken source',
    check: async (context, { language, broken }) => {
      const { result } = await context.run({ language, code: broken.code });
      if (LANGUAGES[language].compile === null) {
        expectStatus(result, 'runtime_error');
        assert.match(diagnostics(runOf(result), context.capabilities), broken.message);
        return;
      }
      expectStatus(result, 'compile_error');
      assert.match(diagnostics(compileOf(result), context.capabilities), broken.message);
      assert.notEqual(compileOf(result).exitCode, 0);
      assert.equal(result.run, null, 'nothing is run after a compile error');
    },
  },
  {
    id: 'file-in',
    title: 'reads a file that came with the request',
    check: async (context, { language, readFile }) => {
      const content = 'first\nsecond 你好\n';
      const { result } = await context.run({
        language,
        code: readFile,
        files: [{ path: 'data/input.txt', content }],
      });
      assert.equal(okText(result), content);
      assert.deepEqual(result.artifacts, [], 'an unchanged input is no artifact');
    },
  },
  {
    id: 'file-out',
    title: 'gives back a file that the program wrote, and no other',
    check: async (context, { language, writeFile }) => {
      const { result } = await context.run({ language, code: writeFile });
      expectStatus(result, 'ok');
      const files = result.artifacts.map(({ path, content }) => [path, Buffer.from(content).toString()]);
      assert.deepEqual(files, [['result.txt', 'written\n']]);
    },
  },
  {
    id: 'unicode',
    title: 'handles Unicode in the source, in its name, in paths and in the output',
    check: async (context, { language, unicode }) => {
      const extension = LANGUAGES[language].extensions[0] ?? '';
      const request: ExecutionRequest = {
        language,
        code: unicode,
        fileName: `程序${extension}`,
        files: [{ path: '数据/файл 🔔.txt', content: 'прочитано 🔔\n' }],
      };
      const { result } = await context.run(request);
      assert.equal(okText(result), '你好, мир 🔔\nпрочитано 🔔\n');
    },
  },
  {
    id: 'two-files',
    title: 'runs a program of two source files',
    check: async (context, { language, twoFiles }) => {
      const { result } = await context.run({ language, code: twoFiles.code, files: twoFiles.files });
      assert.equal(okText(result), 'hello from another file\n');
      assert.deepEqual(result.artifacts, []);
    },
  },
];

/** One group for each language; for one that the executor does not run here, that it says so and refuses. */
export function languageGroups(
  available: readonly LanguageId[],
  all: readonly LanguageId[],
): ConformanceGroup[] {
  return all.map((language) => ({
    concept: `language ${LANGUAGES[language].displayName}`,
    cases: available.includes(language) ? rowsOf(language) : [refusalOf(language)],
  }));
}

function rowsOf(language: LanguageId): ConformanceCase[] {
  return ROWS.map((row) => ({
    id: `${language}-${row.id}`,
    title: row.title,
    languages: [language],
    run: (context) => row.check(context, LANGUAGE_PROGRAMS[language]),
  }));
}

function refusalOf(language: LanguageId): ConformanceCase {
  return {
    id: `${language}-is-refused`,
    title: 'says that the language is missing, and refuses it',
    languages: [],
    run: async (context) => {
      const capability = context.capabilities.languages[language];
      assert.ok(capability?.available === false, `capabilities say that ${language} is available`);
      const { observation } = context.start({ language, code: LANGUAGE_PROGRAMS[language].hello });
      const failure = await context.wait(expectFailure(observation, `a ${language} program`), 'the refusal');
      assert.equal(failure.code, capability.code);
    },
  };
}
