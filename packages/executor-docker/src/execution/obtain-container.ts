import type { ExecutionPlan, ExecutorHost } from '@cloche/core/executor';
import type { ConnectedEngine } from '../connected-engine.ts';
import type { Greeting } from '../container/greeting.ts';
import { ContainerLostError } from '../container/container-lost-error.ts';
import { SandboxContainer } from '../container/sandbox-container.ts';
import type { Recipe } from '../pool/container-pool.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { checkGreeting } from './check-greeting.ts';
import { containerLost } from './container-lost.ts';

/** What comes beside the program's own time: files in and out, and some slack. */
const BESIDES_MS = 300_000;
const COLD_IDLE_MS = 60_000;

export interface ContainerNeed {
  readonly recipe: Recipe;
  readonly plan: ExecutionPlan;
  readonly timeoutMs: number;
  readonly connected: ConnectedEngine;
  readonly host: ExecutorHost;
  readonly signal: AbortSignal;
}

/**
 * A container that waits for its job: one that was started ahead, or a new one. What it found in force is held
 * against what was asked for before anything is sent to it.
 *
 * @throws ClocheError when the engine cannot start one, or does not hold what it should
 */
export async function obtainContainer(
  need: ContainerNeed,
): Promise<{ readonly container: SandboxContainer; readonly greeting: Greeting }> {
  return (await fromPool(need)) ?? (await startCold(need));
}

/** Null where none waits, or the one that did has gone. */
async function fromPool(
  need: ContainerNeed,
): Promise<{ readonly container: SandboxContainer; readonly greeting: Greeting } | null> {
  const container = need.connected.pool.take(need.recipe);
  if (container === null) return null;
  try {
    return { container, greeting: await greetingOf(container, need) };
  } catch (error) {
    need.connected.disposal.add(container);
    if (error instanceof ContainerLostError) return null;
    throw error;
  }
}

async function startCold(
  need: ContainerNeed,
): Promise<{ readonly container: SandboxContainer; readonly greeting: Greeting }> {
  const { recipe, connected, host, signal, timeoutMs } = need;
  const container = new SandboxContainer({
    engine: connected.engine,
    spec: recipe.spec,
    owner: host.owner,
    idleMs: COLD_IDLE_MS,
    deadlineMs: Date.now() + timeoutMs + BESIDES_MS,
    // It would have to boot either way, and nobody is there to wait in the meantime.
    ahead: null,
  });
  const started = connected.gate.begin();
  try {
    await container.start(signal);
    return { container, greeting: await greetingOf(container, need) };
  } catch (error) {
    connected.disposal.add(container);
    throw error instanceof ContainerLostError ? await containerLost(container, error) : error;
  } finally {
    started();
  }
}

async function greetingOf(
  container: SandboxContainer,
  { plan, signal, connected }: ContainerNeed,
): Promise<Greeting> {
  const greeting = await unlessAborted(container.greeting, signal);
  checkGreeting(greeting, container.spec, plan, connected.isolation !== 'container');
  return greeting;
}
