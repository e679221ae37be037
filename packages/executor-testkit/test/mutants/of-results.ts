import { ClocheError, DEFAULT_LIMITS } from '@cloche/core/executor';
import type { Artifact, EnforcementReport, ExecutionResult } from '@cloche/core/executor';
import type { Mutant } from './mutant.ts';
import { COMPILED, inEveryLanguage } from './mutant.ts';
import { withKept, withPhases, withResult, withStream } from './rewire.ts';

const EXIT_CODES = [1, 2, 124, 125, 126, 127, 128, 137, 143, 255];
const SIGNALS = ['sigkill', 'sigterm', 'sigsegv', 'sigabrt', 'sigint', 'sigpipe'];

function failure(): ClocheError {
  return new ClocheError({ code: 'ERR_EXECUTOR_FAILED', message: { en: 'It failed.', zh: '失败。' } });
}

function withoutKey<Value extends object>(value: Value, key: keyof Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Value;
}

function withArtifacts(
  change: (result: ExecutionResult) => readonly Artifact[],
): NonNullable<Mutant['wrap']> {
  return withResult((result) => ({ ...result, artifacts: change(result) }));
}

/** Executors that say something else than what happened. */
export const MUTANTS_OF_RESULTS: readonly Mutant[] = [
  {
    id: 'loses-the-exit-code',
    breaks: [...inEveryLanguage('exit-code'), ...EXIT_CODES.map((code) => `exit-code-${code}`)],
    wrap: withPhases((phase) => ({ ...phase, exitCode: phase.exitCode === null ? null : 0 })),
  },
  {
    id: 'takes-zero-for-nothing',
    breaks: ['exit-code-0', 'python-hello'],
    wrap: withPhases((phase) => ({ ...phase, exitCode: phase.exitCode === 0 ? null : phase.exitCode })),
  },
  {
    id: 'takes-exit-codes-for-signals',
    breaks: ['exit-code-137', 'exit-code-143'],
    wrap: withPhases((phase) => {
      const signal = { 137: 'SIGKILL', 143: 'SIGTERM' }[phase.exitCode ?? 0];
      return signal === undefined ? phase : { ...phase, exitCode: null, signal };
    }),
  },
  {
    id: 'makes-exit-codes-of-signals',
    breaks: [...SIGNALS.map((signal) => `signal-${signal}`), 'concurrent-endings'],
    wrap: withPhases((phase) => (phase.signal === null ? phase : { ...phase, exitCode: 137, signal: null })),
  },
  {
    id: 'makes-up-an-exit-code-at-the-end',
    breaks: ['timeout-sleep', 'timeout-while-flooding', 'cancel-while-running'],
    wrap: withPhases((phase) => (phase.stoppedBy === null ? phase : { ...phase, exitCode: 137 })),
  },
  {
    id: 'names-no-phase',
    breaks: ['timeout-busy-loop', 'timeout-in-the-compiler', 'cancel-in-the-compiler'],
    wrap: withResult((result) => ({ ...result, stoppedIn: null })),
  },
  {
    id: 'runs-on-after-a-compile-error',
    breaks: inEveryLanguage('broken-source', COMPILED),
    wrap: withResult((result) => ({ ...result, run: result.run ?? result.compile })),
  },
  {
    id: 'calls-compile-errors-runtime-errors',
    breaks: ['c-broken-source', 'typescript-broken-source', 'failing-programs-are-results'],
    wrap: withResult((result) => ({
      ...result,
      status: result.status === 'compile_error' ? 'runtime_error' : result.status,
    })),
  },
  {
    id: 'throws-on-failure',
    breaks: ['failing-programs-are-results', 'python-exit-code', 'result-is-one-and-last'],
    wrap: withResult((result) => {
      if (result.status === 'runtime_error') throw failure();
      return result;
    }),
  },
  {
    id: 'gives-no-hints',
    breaks: ['own-heap-exhausted'],
    wrap: withResult((result) => ({ ...result, hint: null })),
  },
  {
    id: 'fails-on-unread-stdin',
    breaks: ['stdin-never-read'],
    wrap: withResult((result, plan) => {
      if (plan.stdin.kind === 'bytes' && plan.stdin.content.length > 1_000_000) throw failure();
      return result;
    }),
  },
  {
    id: 'refuses-limits-that-were-given',
    breaks: [
      'required-run-timeout-ms',
      'required-compile-timeout-ms',
      'required-install-timeout-ms',
      'required-output-bytes',
      'required-artifact-bytes',
      'required-artifact-count',
      'required-input-bytes',
      'required-input-count',
    ],
    wrap: withResult((result, plan) => {
      if (plan.requiredLimits.length > 0) throw failure();
      return result;
    }),
  },
  {
    id: 'refuses-limits-by-default',
    breaks: ['limits-by-default-are-best-effort'],
    wrap: withResult((result, plan) => {
      if (plan.requiredLimits.length === 0) throw failure();
      return result;
    }),
  },
  {
    id: 'loses-artifacts',
    breaks: [
      ...inEveryLanguage('file-out'),
      'artifacts-are-what-changed',
      'artifact-events',
      'artifact-without-permissions',
    ],
    wrap: withArtifacts(() => []),
  },
  {
    id: 'gives-back-inputs',
    breaks: ['python-file-in', 'artifacts-are-what-changed'],
    wrap: withResult((result, plan) => ({ ...result, artifacts: [...result.artifacts, ...plan.files] })),
  },
  {
    id: 'decodes-artifacts-as-text',
    breaks: ['artifacts-are-byte-exact'],
    wrap: withArtifacts(({ artifacts }) =>
      artifacts.map((one) => ({ ...one, content: Buffer.from(Buffer.from(one.content).toString()) })),
    ),
  },
  {
    id: 'forgets-modes-of-artifacts',
    breaks: ['artifacts-keep-the-executable-bit'],
    wrap: withArtifacts(({ artifacts }) => artifacts.map((one) => ({ ...one, executable: false }))),
  },
  {
    id: 'gives-back-nothing-after-a-failure',
    breaks: ['artifacts-after-a-failure'],
    wrap: withArtifacts(({ artifacts, status }) => (status === 'ok' ? artifacts : [])),
  },
  {
    id: 'tells-no-artifacts',
    breaks: ['artifact-events'],
    wrap: withStream({ event: (event) => (event.type === 'artifact' ? [] : [event]) }),
  },
  {
    id: 'loses-deep-files',
    breaks: ['artifact-deep-directories'],
    wrap: withArtifacts(({ artifacts }) => artifacts.filter(({ path }) => path.split('/').length < 20)),
  },
  {
    id: 'cleans-names',
    breaks: ['longest-name', 'leading-dash', 'two-dots', 'at-sign', 'newline', 'emoji'].map(
      (what) => `name-with-${what}`,
    ),
    wrap: withArtifacts(({ artifacts }) =>
      artifacts.map((one) => {
        const name = one.path.slice(one.path.lastIndexOf('/') + 1);
        const cleaned = name
          .replace(/^[-.@~]+/u, '')
          .replaceAll(/[^\w.-]/gu, '_')
          .slice(0, 100);
        return { ...one, path: one.path.slice(0, one.path.length - name.length) + cleaned };
      }),
    ),
  },
  {
    id: 'omits-in-silence',
    breaks: [
      'artifact-count-is-capped',
      'artifact-bytes-are-capped',
      'artifact-bytes-are-capped-together',
      'artifact-sparse-file',
      'artifact-deeper-than-a-path',
      'artifact-name-of-invalid-utf8',
      'link-that-dangles',
      'fifo-among-artifacts',
      'socket-among-artifacts',
    ],
    wrap: withResult((result) => ({ ...result, omittedArtifacts: [] })),
  },
  {
    id: 'forgets-what-was-removed',
    breaks: ['removed-files-are-told'],
    wrap: withResult((result) => ({ ...result, removedFiles: [] })),
  },
  {
    id: 'fails-on-an-unreadable-file',
    breaks: ['artifact-without-permissions'],
    wrap: withResult((result, plan) => {
      if (Buffer.from(plan.files[0]?.content ?? []).includes('chmod 000')) throw failure();
      return result;
    }),
  },
  {
    id: 'follows-links',
    breaks: [
      'link-to-a-host-file',
      'link-to-a-directory',
      'link-in-a-parent',
      'link-in-place-of-an-input',
      'link-that-dangles',
      'link-in-a-circle',
      'link-to-an-artifact',
      'fifo-among-artifacts',
      'socket-among-artifacts',
    ],
    wrap: withResult((result) => ({
      ...result,
      artifacts: [
        ...result.artifacts,
        ...result.omittedArtifacts.map(({ path }) => ({
          path,
          content: Buffer.from('root:x:0:0\n'),
          executable: false,
        })),
      ],
      omittedArtifacts: [],
    })),
  },
  {
    id: 'brings-files-from-elsewhere',
    breaks: ['device-among-artifacts', 'hard-link', 'link-in-place-of-the-work-directory'],
    wrap: withArtifacts(({ artifacts }) => [
      ...artifacts,
      { path: 'hostname', content: Buffer.from('host\n'), executable: false },
    ]),
  },
  {
    id: 'gives-back-equal-files-once',
    breaks: ['hard-link'],
    wrap: withArtifacts(({ artifacts }) =>
      artifacts.filter(
        ({ content }, index) =>
          artifacts.findIndex((other) => Buffer.from(content).equals(other.content)) === index,
      ),
    ),
  },
  {
    id: 'leaves-out-a-field',
    breaks: ['result-is-complete'],
    wrap: withResult((result) => withoutKey(result, 'omittedArtifacts')),
  },
  {
    id: 'gives-text-for-bytes',
    breaks: ['result-is-complete'],
    wrap: withKept((output) => ({
      ...output,
      head: Buffer.from(output.head).toString() as unknown as Uint8Array,
    })),
  },
  {
    id: 'carries-another-name',
    breaks: ['result-names-the-executor'],
    wrap: withResult((result) => ({ ...result, executor: { ...result.executor, name: 'other' } })),
  },
  {
    id: 'does-not-know-the-toolchain',
    breaks: ['result-names-the-toolchain'],
    wrap: withResult((result) => ({ ...result, toolchainVersion: null })),
  },
  {
    id: 'measures-no-time',
    breaks: ['result-durations-are-plausible', 'timeout-not-reached'],
    wrap: withPhases((phase) => ({ ...phase, durationMs: 0 })),
  },
  {
    id: 'leaves-a-limit-out-of-the-report',
    breaks: ['enforcement-is-complete'],
    wrap: withResult((result) => ({
      ...result,
      enforcement: withoutKey<EnforcementReport>(result.enforcement, 'cpu'),
    })),
  },
  {
    id: 'reports-every-limit-as-enforced',
    breaks: ['enforcement-is-complete'],
    wrap: withResult((result) => ({
      ...result,
      enforcement: {
        ...result.enforcement,
        memory: { support: 'enforced', value: DEFAULT_LIMITS.memoryBytes, mechanism: 'hope' },
      },
    })),
  },
];
