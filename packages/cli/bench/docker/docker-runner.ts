import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createExecutorHost, createLogger, createRunner, DEFAULT_RUNNER_CONFIG } from '@cloche/core';
import type { Runner } from '@cloche/core';
import type { Execution, ExecutionRequest, ExecutionResult, LanguageId } from '@cloche/core/executor';
import { formatOwner, outputText } from '@cloche/core/executor';
import { environment } from '../../src/environment.ts';
import { EngineApi } from './engine-api.ts';
import type { BenchEngine } from './find-engine.ts';

const POOL_SIZE = 2;
const CONCURRENCY = 10;
const OWNER_LABEL = 'dev.cloche.owner';
/** What the first runs used is gone by then. */
const FIRST_PAUSE_MS = 500;
/** For so long the same containers wait and nothing else is there: an interpreter in them has started, too. */
const SETTLED_MS = 80;
const POLL_MS = 20;
const PATIENCE_MS = 60_000;

export interface BenchContext {
  readonly engine: BenchEngine;
  /** What is kept between the parts goes below it. */
  readonly directory: string;
}

/** Core with the Docker executor alone, and a look at its pool from outside. */
export class DockerRunner implements AsyncDisposable {
  readonly #runner: Runner;
  readonly #api: EngineApi;
  readonly #ownLabel: string;
  #waiting: readonly string[] = [];
  #hasRun = false;

  constructor({ engine, directory }: BenchContext, runtime: string | null = null) {
    const host = createExecutorHost({
      environment: { ...environment, CLOCHE_HOME: path.join(directory, 'cloche') },
      logger: createLogger({ level: 'error' }),
    });
    const options = { host: engine.address, image: engine.image, poolSize: POOL_SIZE, runtime };
    this.#runner = createRunner({
      executors: { docker: () => import('@cloche/executor-docker') },
      config: {
        ...DEFAULT_RUNNER_CONFIG,
        executor: 'docker',
        queue: { ...DEFAULT_RUNNER_CONFIG.queue, concurrency: CONCURRENCY },
        executorOptions: { docker: options },
      },
      host,
    });
    this.#api = new EngineApi(engine.socketPath);
    this.#ownLabel = `${OWNER_LABEL}=${formatOwner(host.owner)}`;
  }

  start(request: ExecutionRequest): Execution {
    this.#hasRun = true;
    return this.#runner.execute(request);
  }

  async run(request: ExecutionRequest): Promise<ExecutionResult> {
    const result = await this.start(request).result;
    if (result.status !== 'ok') throw new Error(`${request.language}: ${explain(result)}`);
    return result;
  }

  /** Makes the engine and the image known, and starts nothing. By language, the version in the image. */
  async versions(languages: readonly LanguageId[]): Promise<ReadonlyMap<LanguageId, string | null>> {
    const executor = await this.#runner.executor('docker');
    const found = (await executor.capabilities({ languages })).languages;
    return new Map(
      languages.map((language) => {
        const one = found[language];
        if (one?.available !== true) throw new Error(`The image has nothing that runs ${language}.`);
        return [language, one.version];
      }),
    );
  }

  /** Has every place of the pool taken by containers for this program. @returns of its first run */
  async fillPool(request: ExecutionRequest): Promise<ExecutionResult> {
    const first = await this.run(request);
    // The pool keeps as many of a kind as there were at one time.
    await Promise.all(Array.from({ length: POOL_SIZE }, () => this.run(request)));
    await this.refilled();
    return first;
  }

  /** Waits until the pool is as full as before the last run, and what was used is gone. */
  async refilled(): Promise<void> {
    const givenUpAtMs = performance.now() + PATIENCE_MS;
    if (this.#hasRun && this.#waiting.length === 0) await pause(FIRST_PAUSE_MS);
    let [seen, sinceMs] = ['', performance.now()];
    while (performance.now() < givenUpAtMs) {
      const containers = await this.#api.containers(this.#ownLabel);
      const names = [...containers.keys()].toSorted();
      if (names.join(' ') !== seen) [seen, sinceMs] = [names.join(' '), performance.now()];
      const isFull = names.length === POOL_SIZE && [...containers.values()].every(Boolean);
      const isUsedGone =
        !this.#hasRun || this.#waiting.length === 0 || this.#waiting.some((name) => !containers.has(name));
      if (isFull && isUsedGone && performance.now() - sinceMs >= SETTLED_MS) {
        [this.#waiting, this.#hasRun] = [names, false];
        return;
      }
      await pause(POLL_MS);
    }
    throw new Error('The pool did not fill up again.');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#runner[Symbol.asyncDispose]();
  }
}

function explain({ status, run, compile }: ExecutionResult): string {
  const phase = run ?? compile;
  const printed = phase === null ? '' : outputText(phase.stderr).trim();
  return `${status}, exit code ${phase?.exitCode ?? 'unknown'}, signal ${phase?.signal ?? 'none'}. ${printed}`;
}
