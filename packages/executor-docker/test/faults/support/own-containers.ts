import { buffer } from 'node:stream/consumers';
import { createExecutorHost } from '@cloche/core';
import type { ExecutionRequest } from '@cloche/core/executor';
import { createPlan, formatOwner } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { testEnvironment } from '../../environment.ts';
import { TOOLCHAINS_IMAGE } from '../../support/test-engine.ts';

/**
 * A process that owns one run, and containers that wait, until its standard input ends; for tests that end it otherwise.
 * Words: how many wait, the request as JSON. Prints its own name as an owner when the program says something, and the
 * run's status at the end.
 */
const [poolSize = '0', request = ''] = process.argv.slice(2);

const host = createExecutorHost({ environment: testEnvironment() });
const pool = { ...DEFAULT_DOCKER_OPTIONS.pool, size: Number(poolSize) };
const executor = dockerExecutor.create({ ...DEFAULT_DOCKER_OPTIONS, image: TOOLCHAINS_IMAGE, pool }, host);
const run = (plan: ExecutionRequest, signal = new AbortController().signal) =>
  executor.execute(createPlan(plan), { signal });

// The pool keeps as many as ran at one time.
const learning = Array.from({ length: Number(poolSize) }, () =>
  run({ language: 'python', code: 'print(1)' }),
);
await Promise.all(learning.map(({ result }) => result));

const abort = new AbortController();
void buffer(process.stdin).then(() => abort.abort());
const execution = run(JSON.parse(request) as ExecutionRequest, abort.signal);
let isUnderWay = false;
for await (const event of execution) {
  if (event.type !== 'stdout' || isUnderWay) continue;
  isUnderWay = true;
  console.log(formatOwner(host.owner));
}
console.log((await execution.result).status);
await executor[Symbol.asyncDispose]();
