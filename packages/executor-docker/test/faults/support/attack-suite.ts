import type { ExecutionRequest, ExecutionResult } from '@cloche/core/executor';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { findTestEngine } from '../../support/test-engine.ts';
import type { DockerUnderTest } from './docker-under-test.ts';
import { openDocker, python } from './docker-under-test.ts';
import type { ContainerWatch } from './watch-containers.ts';
import { watchContainers } from './watch-containers.ts';

export interface AttackSuite {
  readonly docker: DockerUnderTest;
  run: (request: ExecutionRequest) => Promise<ExecutionResult>;
}

/** For the tests of one file: after each of them the executor still works, and nothing of the attack is left. */
export function attackSuite(options: Parameters<typeof openDocker>[0] = {}): AttackSuite {
  let docker: DockerUnderTest | null = null;
  let watch: ContainerWatch | null = null;
  const opened = (): DockerUnderTest => {
    if (docker === null) throw new Error('no executor is open');
    return docker;
  };

  beforeAll(async () => {
    if (!(await findTestEngine()).available) return;
    docker = await openDocker(options);
    watch = watchContainers(docker.owner);
  });
  beforeEach(async (context) => {
    const engine = await findTestEngine();
    context.skip(!engine.available, engine.available ? '' : engine.reason);
  });
  afterEach(async () => {
    if (docker === null) return;
    expect(await docker.print(python('print(6 * 7)'))).toBe('42\n');
    await watch?.expectNothingLeft();
  });
  afterAll(async () => {
    await docker?.[Symbol.asyncDispose]();
    await watch?.[Symbol.asyncDispose]();
  });
  return {
    get docker() {
      return opened();
    },
    run: (request) => opened().run(request),
  };
}
