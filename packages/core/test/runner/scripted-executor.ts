import type {
  CapabilityQuery,
  ExecuteOptions,
  ExecutionController,
  ExecutionPlan,
  ExecutionResult,
  Executor,
  ExecutorCapabilities,
  ExecutorPlugin,
  LanguageCapability,
  LanguageId,
  LimitSupport,
  PhaseResult,
  ProbeResult,
  ReapReport,
  StandardSchema,
} from '../../src/executor/index.ts';
import { EMPTY_OUTPUT, ENFORCED_LIMITS, LANGUAGE_IDS, startExecution } from '../../src/executor/index.ts';

export type Body = (
  plan: ExecutionPlan,
  controller: ExecutionController,
  signal: AbortSignal,
) => Promise<ExecutionResult>;

export interface Script {
  readonly name: string;
  /** May change while a test runs. */
  probe?: (signal: AbortSignal | null) => Promise<ProbeResult>;
  capabilities?: Partial<ExecutorCapabilities> | (() => Promise<Partial<ExecutorCapabilities>>);
  languages?: readonly LanguageId[];
  limits?: LimitSupport;
  body?: Body;
  /** Absent: it has no sessions of its own. */
  openSession?: NonNullable<Executor['openSession']>;
  reap?: () => Promise<ReapReport>;
  dispose?: () => Promise<void>;
  readonly optionsSchema?: StandardSchema<unknown>;
}

/** An executor that does what a test says, and notes what the runner did with it. */
export interface ScriptedExecutor {
  readonly plugin: ExecutorPlugin;
  readonly script: Script;
  readonly plans: ExecutionPlan[];
  readonly createdWith: unknown[];
  readonly queries: CapabilityQuery[];
  probeCount: number;
  capabilityCount: number;
  reapCount: number;
  disposeCount: number;
}

export const HEALTHY: ProbeResult = { available: true, version: '1', latencyMs: 1 };

export function unavailable(reason: string): ProbeResult {
  return {
    available: false,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: { en: reason, zh: '不可用。' },
    hint: { en: `Mend it: ${reason}`, zh: '请修复。' },
    fix: [],
  };
}

export function scriptedExecutor(script: Script): ScriptedExecutor {
  const noted: ScriptedExecutor = {
    script,
    plans: [],
    createdWith: [],
    queries: [],
    probeCount: 0,
    capabilityCount: 0,
    reapCount: 0,
    disposeCount: 0,
    plugin: {
      specificationVersion: 1,
      name: script.name,
      optionsSchema: script.optionsSchema ?? anyOptions(),
      create: (options) => {
        noted.createdWith.push(options);
        return createExecutor(script, noted);
      },
    },
  };
  return noted;
}

function createExecutor(script: Script, noted: ScriptedExecutor): Executor {
  return {
    specificationVersion: 1,
    name: script.name,
    probe: (options) => {
      noted.probeCount += 1;
      return script.probe?.(options?.signal ?? null) ?? Promise.resolve(HEALTHY);
    },
    capabilities: async (query = {}) => {
      noted.capabilityCount += 1;
      noted.queries.push(query);
      const change =
        typeof script.capabilities === 'function' ? await script.capabilities() : script.capabilities;
      return { ...defaultCapabilities(script), ...change };
    },
    execute: (plan, { signal }: ExecuteOptions) => {
      noted.plans.push(plan);
      return startExecution(plan, (controller) => (script.body ?? runsAtOnce)(plan, controller, signal));
    },
    ...(script.openSession !== undefined && { openSession: script.openSession }),
    reap: () => {
      noted.reapCount += 1;
      return script.reap?.() ?? Promise.resolve({ removed: [], failed: [] });
    },
    [Symbol.asyncDispose]: async () => {
      noted.disposeCount += 1;
      await script.dispose?.();
    },
  };
}

export const runsAtOnce: Body = async (plan, controller) => {
  controller.emit({ type: 'stage', stage: 'run', state: 'started' });
  controller.emit({ type: 'stage', stage: 'run', state: 'finished' });
  return resultOf(plan);
};

/** Runs until it is aborted. */
export const runsUntilAborted: Body = async (plan, controller, signal) => {
  controller.emit({ type: 'stage', stage: 'run', state: 'started' });
  await aborted(signal);
  return resultOf(plan, {
    status: 'cancelled',
    stoppedIn: 'run',
    run: { ...phaseResult(), exitCode: null, stoppedBy: 'cancelled' },
  });
};

export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

export function phaseResult(): PhaseResult {
  return {
    exitCode: 0,
    signal: null,
    stdout: EMPTY_OUTPUT,
    stderr: EMPTY_OUTPUT,
    durationMs: 1,
    stoppedBy: null,
  };
}

export function resultOf(plan: ExecutionPlan, change: Partial<ExecutionResult> = {}): ExecutionResult {
  return {
    id: plan.id,
    language: plan.language,
    status: 'ok',
    install: null,
    compile: null,
    run: phaseResult(),
    stoppedIn: null,
    limit: null,
    hint: null,
    artifacts: [],
    omittedArtifacts: [],
    removedFiles: [],
    executor: { name: 'scripted', isolation: 'container', passedOver: [] },
    toolchainVersion: null,
    image: null,
    network: plan.network,
    enforcement: everyLimit({ support: 'enforced', value: null, mechanism: 'script' }),
    warnings: [],
    durationMs: 0,
    ...change,
  };
}

const NOT_IN_THE_SCRIPT: LanguageCapability = {
  available: false,
  code: 'ERR_LANGUAGE_UNSUPPORTED',
  reason: { en: 'It is not in the script.', zh: '脚本中没有。' },
  hint: { en: 'Put it there.', zh: '请加入。' },
  fix: [],
};

function defaultCapabilities(script: Script): ExecutorCapabilities {
  const languages = script.languages ?? LANGUAGE_IDS;
  return {
    isolation: 'container',
    details: [],
    isolationDetail: 'script',
    languages: Object.fromEntries(
      LANGUAGE_IDS.map((id) => [
        id,
        languages.includes(id) ? { available: true, version: '1', location: 'script' } : NOT_IN_THE_SCRIPT,
      ]),
    ),
    stdin: ['bytes', 'stream'],
    separateStderr: true,
    liveOutput: true,
    limits: everyLimit<LimitSupport>(script.limits ?? 'enforced'),
    networks: ['none', 'full'],
    sessions: false,
    artifacts: true,
    warnings: [],
  };
}

export function everyLimit<Value>(value: Value): Record<(typeof ENFORCED_LIMITS)[number], Value> {
  return Object.fromEntries(ENFORCED_LIMITS.map((limit) => [limit, value])) as Record<
    (typeof ENFORCED_LIMITS)[number],
    Value
  >;
}

function anyOptions(): StandardSchema<unknown> {
  return { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };
}
