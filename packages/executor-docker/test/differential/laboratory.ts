import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionLimits, ExecutorHost, LanguageId } from '@cloche/core/executor';
import { createPlan, DEFAULT_LIMITS, transformSources } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import { FileReceiver } from '@cloche/sandbox-agent';
import type { ContainerSpec } from '../../src/container/container-spec.ts';
import { specOf } from '../../src/container/container-spec.ts';
import type { Ending } from '../../src/container/ending.ts';
import type { Job, StartedAhead } from '../../src/container/job-script.ts';
import { jobMessage } from '../../src/container/job-script.ts';
import { SandboxContainer } from '../../src/container/sandbox-container.ts';
import { seccompOption } from '../../src/container/seccomp-option.ts';
import { aheadKey, startAhead } from '../../src/container/start-ahead.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { DEFAULT_DOCKER_OPTIONS } from '../../src/options.ts';
import { createTestHost } from '../create-test-host.ts';
import type { Observation } from './observation.ts';
import type { Program } from './program.ts';
import { waitForInterpreter, WAITS } from './waiting-interpreter.ts';

const LIMITS: ExecutionLimits = { ...DEFAULT_LIMITS, runTimeoutMs: 30_000 };
const IDLE_MS = 60_000;
const DEADLINE_MS = 300_000;

/** What waits in the container that gets the job. */
export interface Waiting {
  readonly ahead: StartedAhead | null;
  /** Do not wait until the interpreter has started: the job arrives while it boots. Default false. */
  readonly isHasty?: boolean;
  /** How long it waits after that, milliseconds. Default 0. */
  readonly pauseMs?: number;
}

/** Runs one job in fresh containers of the tests' engine, with and without an interpreter that waits in them. */
export class Laboratory {
  readonly #host: ExecutorHost;
  readonly #engine: Engine;
  readonly #spec: ContainerSpec;
  readonly #removeHost: () => Promise<void>;
  readonly #removals: Promise<void>[] = [];

  private constructor(
    host: ExecutorHost,
    engine: Engine,
    spec: ContainerSpec,
    removeHost: () => Promise<void>,
  ) {
    this.#host = host;
    this.#engine = engine;
    this.#spec = spec;
    this.#removeHost = removeHost;
  }

  static async open(image: string): Promise<Laboratory> {
    const { host, remove } = await createTestHost();
    const search = await openEngine(host, null);
    if (!search.found) throw new Error(search.unavailability.reason.en);
    const { engine, identity } = search;
    const found = await engine.images.find(image);
    if (found === null) throw new Error(`the image ${image} has gone`);
    const seccomp = await seccompOption(engine, identity, host);
    const { user, runtime } = DEFAULT_DOCKER_OPTIONS;
    const rest = {
      imageId: found.id,
      user,
      runtime,
      network: 'none',
      isNetworkBare: true,
      coveredVolumes: [],
      seccomp,
    } as const;
    return new Laboratory(host, engine, specOf(LIMITS, { ...rest, cpuCount: LIMITS.cpuCount }), remove);
  }

  /** The job that the executor makes of a request. */
  async jobOf(language: LanguageId, { code, fileName, files = {}, request }: Program): Promise<Job> {
    const plan = createPlan({
      language,
      code,
      ...(fileName === undefined ? {} : { fileName }),
      files: Object.entries(files).map(([path, content]) => ({ path, content })),
      ...request,
    });
    const transformed =
      plan.compile === null
        ? { ok: true as const, files: [], runArgv: plan.runArgv }
        : await transformSources(plan, this.#host);
    if (!transformed.ok) throw new Error(transformed.message);
    const inWork = [...plan.files, ...transformed.files].map((file): SandboxFile => ({
      ...file,
      directory: 'work',
    }));
    return {
      files: inWork,
      argv: transformed.runArgv,
      environment: plan.environment,
      hasStdin: plan.stdin.kind !== 'none',
      timeoutMs: LIMITS.runTimeoutMs,
      collected: ['work'],
      fileLimitBytes: LIMITS.artifactBytes,
    };
  }

  /**
   * @param stdin what the program gets where it reads from stdin at all
   * @throws Error where an interpreter should wait and none was seen to
   */
  async run(
    language: LanguageId,
    job: Job,
    { ahead, isHasty = false, pauseMs = 0 }: Waiting,
    stdin = '',
  ): Promise<Observation> {
    const container = this.#container(ahead);
    try {
      await container.start(AbortSignal.timeout(IDLE_MS));
      await container.greeting;
      await sleep(pauseMs);
      const isWanted = ahead !== null && aheadKey(ahead) === aheadKey(startAhead(job, language));
      const message = await jobMessage(job, ahead === null ? { ahead } : { ahead, isWanted });
      const sees = ahead !== null && !isHasty;
      return await this.#observe(
        container,
        job,
        sees ? Buffer.concat([waitForInterpreter(ahead.argv), message]) : message,
        { stdin, sees },
      );
    } finally {
      this.#removals.push(container.remove());
    }
  }

  async #observe(
    container: SandboxContainer,
    job: Job,
    message: Buffer,
    { stdin, sees }: { readonly stdin: string; readonly sees: boolean },
  ): Promise<Observation> {
    const output = { stdout: '', stderr: '' };
    const receiver = new FileReceiver(job.files, {
      bytes: LIMITS.artifactBytes,
      count: LIMITS.artifactCount,
      scratchBytes: LIMITS.scratchBytes,
    });
    container.run(message, {
      onOutput: (stream, data) => {
        output[stream] += data.toString('latin1');
      },
      onFiles: (chunk) => void receiver.push(chunk),
    });
    if (job.hasStdin) container.stdin?.end(stdin);
    const ending = await container.ending;
    await container.over;
    const { files, omitted } = await receiver.finish();
    const first = sees ? WAITS : '';
    if (!output.stdout.startsWith(first))
      throw new Error(`the waiting interpreter is gone: ${output.stdout}`);
    return {
      ending,
      stdout: output.stdout.slice(first.length),
      stderr: output.stderr,
      files: files.map(({ path, content, executable }) => ({
        path,
        text: Buffer.from(content).toString('latin1'),
        executable,
      })),
      omitted,
    };
  }

  /**
   * How the agent says that a job ended.
   *
   * @param message what it evaluates
   * @param deafMs how long nobody reads what the program writes, milliseconds
   */
  async ask(message: Buffer, deafMs = 0): Promise<Ending> {
    const container = this.#container(null);
    try {
      await container.start(AbortSignal.timeout(IDLE_MS));
      await container.greeting;
      container.run(message, { onOutput: () => {}, onFiles: () => {} });
      container.pause();
      await sleep(deafMs);
      container.resume();
      return await container.ending;
    } finally {
      this.#removals.push(container.remove());
    }
  }

  #container(ahead: StartedAhead | null): SandboxContainer {
    return new SandboxContainer({
      engine: this.#engine,
      spec: this.#spec,
      owner: this.#host.owner,
      idleMs: IDLE_MS,
      deadlineMs: Date.now() + DEADLINE_MS,
      ahead,
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#removals);
    this.#engine.close();
    await this.#removeHost();
  }
}
