import type { ExecutionPlan, PlanFile } from '@cloche/core/executor';
import { createPlan, DEFAULT_LIMITS } from '@cloche/core/executor';
import { testEnvironment } from '../environment.ts';
import type { Mutant } from './mutant.ts';
import { inEveryLanguage } from './mutant.ts';
import { withPlan } from './rewire.ts';

function changeFiles(plan: ExecutionPlan, change: (file: PlanFile) => PlanFile): ExecutionPlan {
  return { ...plan, files: plan.files.map(change) };
}

function changeEntry(plan: ExecutionPlan, change: (text: string) => string): ExecutionPlan {
  return changeFiles(plan, (file) =>
    file.path === plan.entry
      ? { ...file, content: Buffer.from(change(Buffer.from(file.content).toString())) }
      : file,
  );
}

function addEnvironment(plan: ExecutionPlan, environment: Readonly<Record<string, string>>): ExecutionPlan {
  return { ...plan, environment: { ...plan.environment, ...environment } };
}

function hostEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(testEnvironment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function asText(content: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(content).toString());
}

/** Executors that carry out another plan than the one that they were given. */
export const MUTANTS_OF_PLANS: readonly Mutant[] = [
  {
    id: 'splits-arguments-at-spaces',
    breaks: inEveryLanguage('arguments'),
    wrap: withPlan((plan) => ({ ...plan, runArgv: plan.runArgv.flatMap((word) => word.split(' ')) })),
  },
  {
    id: 'goes-through-a-shell',
    breaks: ['entry-with-an-awkward-name', 'python-arguments'],
    wrap: withPlan((plan) => ({ ...plan, runArgv: ['bash', '-c', plan.runArgv.join(' ')] })),
  },
  {
    id: 'drops-stdin',
    breaks: [...inEveryLanguage('stdin'), 'stdin-binary', 'device-stdin'],
    wrap: withPlan((plan) => ({ ...plan, stdin: { kind: 'none' } })),
  },
  {
    id: 'invents-stdin',
    breaks: ['stdin-is-closed', 'stdin-may-be-empty'],
    wrap: withPlan((plan) => ({ ...plan, stdin: { kind: 'bytes', content: Buffer.from('invented') } })),
  },
  {
    id: 'cuts-stdin',
    breaks: ['stdin-five-megabytes'],
    wrap: withPlan((plan) =>
      plan.stdin.kind === 'bytes'
        ? { ...plan, stdin: { kind: 'bytes', content: plan.stdin.content.slice(0, 65_536) } }
        : plan,
    ),
  },
  {
    id: 'decodes-stdin-as-text',
    breaks: ['stdin-binary', 'python-stdin'],
    wrap: withPlan((plan) =>
      plan.stdin.kind === 'bytes'
        ? { ...plan, stdin: { kind: 'bytes', content: asText(plan.stdin.content) } }
        : plan,
    ),
  },
  {
    id: 'drops-input-files',
    breaks: [...inEveryLanguage('file-in'), ...inEveryLanguage('two-files')],
    wrap: withPlan((plan) => ({ ...plan, files: plan.files.filter(({ path }) => path === plan.entry) })),
  },
  {
    id: 'lays-out-few-files',
    breaks: ['many-input-files'],
    wrap: withPlan((plan) => ({ ...plan, files: plan.files.slice(0, 100) })),
  },
  {
    id: 'decodes-files-as-text',
    breaks: ['files-are-byte-exact'],
    wrap: withPlan((plan) => changeFiles(plan, (file) => ({ ...file, content: asText(file.content) }))),
  },
  {
    id: 'reads-sources-as-latin1',
    breaks: [...inEveryLanguage('unicode'), 'program-may-hold-a-byte-order-mark'],
    wrap: withPlan((plan) =>
      changeFiles(plan, (file) => ({
        ...file,
        content: Buffer.from(Buffer.from(file.content).toString('latin1')),
      })),
    ),
  },
  {
    id: 'forgets-the-executable-bit',
    breaks: ['executable-bit'],
    wrap: withPlan((plan) => changeFiles(plan, (file) => ({ ...file, executable: false }))),
  },
  {
    id: 'makes-everything-executable',
    breaks: ['executable-bit'],
    wrap: withPlan((plan) => changeFiles(plan, (file) => ({ ...file, executable: true }))),
  },
  {
    id: 'litters-the-work-directory',
    breaks: ['work-directory-holds-the-inputs-alone'],
    wrap: withPlan((plan) => ({
      ...plan,
      files: [...plan.files, { path: '.marker', content: Buffer.from(''), executable: false }],
    })),
  },
  {
    id: 'starts-elsewhere',
    breaks: ['work-directory-is-writable', 'build-directory-is-beside'],
    wrap: withPlan((plan) => ({
      ...plan,
      runArgv: [
        'bash',
        '-c',
        'entry="$PWD/main.sh"; mkdir -p "$TMPDIR/in/work"; cd /proc && exec bash "$entry"',
      ],
    })),
  },
  {
    id: 'has-no-devices',
    breaks: ['device-stdin', 'device-stdout', 'device-stderr'],
    wrap: withPlan((plan) =>
      changeEntry(plan, (text) => text.replaceAll(/\/dev\/std(?:in|out|err)/gu, '/proc/none')),
    ),
  },
  {
    id: 'hands-on-the-environment',
    breaks: ['environment-is-an-allowlist', 'canary-is-not-in-own-environment', 'canary-is-in-no-process'],
    wrap: withPlan((plan) => ({ ...plan, environment: { ...hostEnvironment(), ...plan.environment } })),
  },
  {
    id: 'drops-the-environment',
    breaks: ['environment-is-an-allowlist', 'environment-of-the-request', 'environment-of-the-request-wins'],
    wrap: withPlan((plan) => ({ ...plan, environment: {} })),
  },
  {
    id: 'puts-its-own-environment-first',
    breaks: ['environment-of-the-request-wins'],
    wrap: withPlan((plan) => addEnvironment(plan, { LANG: 'C.UTF-8' })),
  },
  {
    id: 'speaks-ascii',
    breaks: ['environment-speaks-utf8'],
    wrap: withPlan((plan) => addEnvironment(plan, { LANG: 'C', LC_ALL: 'C' })),
  },
  {
    id: 'has-no-home',
    breaks: ['home-is-writable', 'temporary-directory-is-writable'],
    wrap: withPlan((plan) => addEnvironment(plan, { HOME: '/proc/none', TMPDIR: '/proc/none' })),
  },
  {
    id: 'collects-unasked',
    breaks: ['artifacts-are-not-collected-unasked'],
    wrap: withPlan((plan) => ({ ...plan, collectArtifacts: true })),
  },
  {
    id: 'caps-no-artifacts',
    breaks: ['artifact-count-is-capped', 'artifact-bytes-are-capped', 'artifact-bytes-are-capped-together'],
    wrap: withPlan((plan) => ({
      ...plan,
      limits: { ...plan.limits, artifactCount: 100_000, artifactBytes: 100_000_000 },
    })),
  },
  {
    id: 'gives-back-a-thousand-files-at-most',
    breaks: ['artifact-five-thousand'],
    wrap: withPlan((plan) => ({
      ...plan,
      limits: { ...plan.limits, artifactCount: DEFAULT_LIMITS.artifactCount },
    })),
  },
  {
    id: 'ignores-the-output-cap',
    breaks: [
      'output-cap-keeps-head-and-tail',
      'output-cap-is-per-stream',
      'output-cap-zero',
      'output-cap-bounds-no-stream',
      'output-cap-of-a-compiler',
    ],
    wrap: withPlan((plan) => ({
      ...plan,
      limits: { ...plan.limits, outputBytes: DEFAULT_LIMITS.outputBytes },
    })),
  },
  {
    id: 'reports-default-limits',
    breaks: ['enforcement-follows-the-plan'],
    wrap: withPlan((plan) => ({ ...plan, limits: DEFAULT_LIMITS })),
  },
  {
    id: 'ends-everything-early',
    breaks: ['timeout-not-reached'],
    wrap: withPlan((plan) => ({ ...plan, limits: { ...plan.limits, runTimeoutMs: 400 } })),
  },
  {
    id: 'accepts-every-limit',
    breaks: [
      'limit-memory',
      'limit-memory-of-all-processes',
      'limit-processes',
      'limit-threads',
      'limit-scratch',
      'limit-scratch-of-temporary-files',
      'limit-open-files',
      'limit-cpu',
      'limit-fork-bomb',
      'required-memory-bytes',
      'required-scratch-bytes',
      'required-process-count',
      'required-open-file-count',
      'required-cpu-count',
    ],
    wrap: withPlan((plan) => ({ ...plan, requiredLimits: [] })),
  },
  {
    id: 'accepts-every-network',
    breaks: [
      'network-none-reaches-no-host',
      'network-none-has-no-route',
      'network-policies-are-kept-or-refused',
    ],
    wrap: withPlan((plan) => ({ ...plan, network: 'full' })),
  },
  {
    id: 'changes-the-plan',
    breaks: ['plan-is-not-changed'],
    wrap: withPlan((plan) => {
      Object.assign(plan.environment, { LANG: 'C.UTF-8' });
      return plan;
    }),
  },
  {
    id: 'gives-executions-another-id',
    breaks: ['result-names-the-execution'],
    wrap: withPlan((plan) => ({ ...plan, id: `${plan.id}a` })),
  },
  {
    id: 'checks-no-paths',
    breaks: [
      'absolute',
      'parent',
      'hidden-parent',
      'only-parent',
      'windows-drive',
      'double-slash',
      'nul-byte',
      'empty',
    ].map((what) => `path-${what}-is-refused`),
    createPlan: (request) => {
      const files = request.files ?? [];
      const plan = createPlan({
        ...request,
        files: files.map((file, index) => ({ ...file, path: `placeholder${index}` })),
      });
      return {
        ...plan,
        files: plan.files.map((file, index) => ({ ...file, path: files[index - 1]?.path ?? file.path })),
      };
    },
  },
];
