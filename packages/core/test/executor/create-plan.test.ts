import { describe, expect, test } from 'vitest';
import type { ExecutionRequest, LanguageId } from '../../src/executor/index.ts';
import { ClocheError, createPlan, DEFAULT_LIMITS, LANGUAGE_IDS } from '../../src/executor/index.ts';

const PYTHON: ExecutionRequest = { language: 'python', code: 'print(1)' };

function refusal(request: unknown): ClocheError {
  try {
    createPlan(request as ExecutionRequest);
  } catch (error) {
    if (ClocheError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('The request was not refused.');
}

describe('createPlan', () => {
  test('fills everything in, so that an executor has no defaults', () => {
    const plan = createPlan(PYTHON);
    expect(plan).toMatchObject({
      language: 'python',
      entry: 'main.py',
      compile: null,
      runArgv: ['python3', 'main.py'],
      stdin: { kind: 'none' },
      limits: DEFAULT_LIMITS,
      requiredLimits: [],
      network: 'none',
      isNetworkRequired: false,
      collectArtifacts: true,
    });
    expect(plan.id).toMatch(/^[\da-z]+$/u);
    expect(createPlan(PYTHON).id).not.toBe(plan.id);
  });

  test('what the caller gave is required; what the configuration gave is not', () => {
    const defaults = { ...DEFAULT_LIMITS, memoryBytes: 2 ** 30, processCount: 9 };
    const plan = createPlan({ ...PYTHON, limits: { memoryBytes: 2 ** 26 }, network: 'none' }, defaults);
    expect(plan.limits).toEqual({ ...defaults, memoryBytes: 2 ** 26 });
    expect(plan.requiredLimits).toEqual(['memoryBytes']);
    expect(plan.isNetworkRequired).toBe(true);
  });

  test('the program is one of the files, bytes or text', () => {
    const code = Uint8Array.of(0x70, 0xff);
    const plan = createPlan({
      language: 'python',
      code,
      files: [{ path: 'run.sh', content: 'é', executable: true }],
    });
    expect(plan.files).toEqual([
      { path: 'main.py', content: code, executable: false },
      { path: 'run.sh', content: Uint8Array.of(0xc3, 0xa9), executable: true },
    ]);
  });

  test('arguments stand behind the program, flags before it', () => {
    const plan = createPlan({ ...PYTHON, arguments: ['-x', ''], compileArguments: ['-O'] });
    expect(plan.runArgv).toEqual(['python3', '-O', 'main.py', '-x', '']);
  });

  test('a file that is named like an option is no option', () => {
    expect(createPlan({ ...PYTHON, fileName: '-c' }).runArgv).toEqual(['python3', './-c']);
    const compile = createPlan({
      language: 'c',
      code: 'int x;',
      fileName: '-o.c',
      files: [{ path: '@x.c', content: '' }],
    }).compile;
    expect(compile?.kind === 'command' && compile.argv.filter((word) => word.endsWith('.c'))).toEqual([
      './-o.c',
      './@x.c',
    ]);
  });

  test('further sources of the language are compiled with the entry, data is not', () => {
    const compile = createPlan({
      language: 'cpp',
      code: 'int main() {}',
      files: [
        { path: 'lib/a.CC', content: '' },
        { path: 'a.h', content: '' },
        { path: 'data.c', content: '' },
      ],
    }).compile;
    expect(compile?.kind === 'command' && compile.argv.slice(-2)).toEqual(['main.cpp', 'lib/a.CC']);
  });

  test('a Go module is built from the directory of its entry', () => {
    const files = [{ path: 'go.mod', content: 'module x' }];
    const compile = createPlan({
      language: 'go',
      code: 'package main',
      fileName: 'cmd/app/main.go',
      files,
    }).compile;
    expect(compile?.kind === 'command' && compile.argv.at(-1)).toBe('./cmd/app');
  });

  test('TypeScript runs as the JavaScript that is made of it', () => {
    const plan = createPlan({ language: 'typescript', code: 'let x: number', fileName: 'src/a.mts' });
    expect(plan.compile).toEqual({ kind: 'host-transform' });
    expect(plan.runArgv).toEqual(['node', 'src/a.mjs']);
  });

  test('an interpreter takes a file of any name', () => {
    expect(createPlan({ language: 'bash', code: 'ls', fileName: 'tool' }).entry).toBe('tool');
  });

  test('a byte order mark is no program', () => {
    expect(refusal({ ...PYTHON, code: '\uFEFF \n' }).message).toContain('empty');
  });

  test.each<[LanguageId, string]>([
    ['typescript', 'script'],
    ['typescript', 'main.js'],
    ['java', 'script'],
    ['c', 'a.txt'],
  ])('%s does not take a file named %s, which its compiler would not know', (language, fileName) => {
    expect(refusal({ language, code: 'x', fileName }).message).toContain('extension');
  });

  test.each<[string, object, string]>([
    ['an empty program', { code: '' }, 'empty'],
    ['a program of blanks', { code: ' \n\t' }, 'empty'],
    ['a path outside', { fileName: '../x.py' }, '../x.py'],
    ['a file outside', { files: [{ path: '/etc/passwd', content: '' }] }, '/etc/passwd'],
    ['a file given twice', { files: [{ path: 'main.py', content: '' }] }, 'twice'],
    [
      'a file that is also a directory',
      {
        files: [
          { path: 'a/b/c', content: '' },
          { path: 'a/b', content: '' },
        ],
      },
      'directory',
    ],
    ['a limit that is too small', { limits: { memoryBytes: 1 } }, 'memoryBytes'],
    ['a limit that is no whole number', { limits: { runTimeoutMs: 1.5 } }, 'whole number'],
    ['a limit that is no number', { limits: { cpuCount: Number.NaN } }, 'cpuCount'],
    ['a limit that is text', { limits: { runTimeoutMs: '5' } }, 'runTimeoutMs'],
    ['a limit that does not exist', { limits: { memory: 5 } }, '"memory"'],
    ['a limit named like a property of every object', { limits: { constructor: 5 } }, '"constructor"'],
    ['a NUL in an argument', { arguments: ['ok', 'a\0'] }, 'Argument 2'],
    ['a NUL in a variable', { environment: { A: '\0' } }, 'A contains'],
    ['a variable that is no name', { environment: { 'A=B': '' } }, '"A=B"'],
    ['an argument that no system takes', { arguments: ['x'.repeat(131_072)] }, '131072 bytes'],
    ['a variable that no system takes', { environment: { A: 'x'.repeat(131_070) } }, 'variable A'],
    [
      'more arguments than a system takes',
      { arguments: Array.from({ length: 20 }, () => 'x'.repeat(100_000)) },
      'together',
    ],
    ['too many files', { limits: { inputCount: 1 }, files: [{ path: 'a', content: '' }] }, '2 input files'],
    ['too many bytes', { limits: { inputBytes: 10 }, stdin: '123' }, '11 bytes'],
  ])('%s is refused', (_, change, words) => {
    const error = refusal({ ...PYTHON, ...change });
    expect(error.code).toBe('ERR_REQUEST_INVALID');
    expect(error.message).toContain(words);
    expect(error.localizedMessage('zh')).toMatch(/[\u4E00-\u9FFF]/u);
  });

  test.each(['cobol', 'constructor', '__proto__', ''])(
    'the language %j is refused with those that there are',
    (language) => {
      const error = refusal({ language, code: 'x' });
      expect(error.code).toBe('ERR_LANGUAGE_UNSUPPORTED');
      expect(error.hint).toContain('python');
    },
  );

  test('TypeScript that would overwrite a given file, or another source, is refused', () => {
    const request = { language: 'typescript', code: 'x', fileName: 'a.ts' };
    expect(refusal({ ...request, files: [{ path: 'a.js', content: '' }] }).message).toContain('"a.js"');
    expect(refusal({ ...request, files: [{ path: 'a.TS', content: '' }] }).message).toContain('"a.js"');
  });

  test('an argument that is refused is not repeated, since it may be a secret', () => {
    expect(JSON.stringify(refusal({ ...PYTHON, arguments: ['canary\0'] }))).not.toContain('canary');
    expect(JSON.stringify(refusal({ ...PYTHON, environment: { A: 'canary\0' } }))).not.toContain('canary');
  });

  test('a thousand deep paths are checked in no time', () => {
    const deep = 'a/'.repeat(500);
    const files = Array.from({ length: 999 }, (_, index) => ({ path: `${deep}${index}`, content: '' }));
    const startedAtMs = performance.now();
    createPlan({ ...PYTHON, files });
    expect(performance.now() - startedAtMs).toBeLessThan(2000);
  });

  test('every language has a plan for a program without a name', () => {
    for (const language of LANGUAGE_IDS) {
      const plan = createPlan({ language, code: 'x' });
      expect(plan.files[0]?.path).toBe(plan.entry);
      expect(plan.runArgv.length).toBeGreaterThan(0);
    }
  });
});
