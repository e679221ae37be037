import { ContainerLostError } from './container-lost-error.ts';
import type { Ending } from './ending.ts';
import type { Greeting } from './greeting.ts';

/** What is waited for in the life of a container. */
export interface ContainerEvents {
  readonly greeting: PromiseWithResolvers<Greeting>;
  /** What is done around it from outside before a program may start has been done. */
  readonly prepared: PromiseWithResolvers<void>;
  readonly ending: PromiseWithResolvers<Ending>;
  readonly over: PromiseWithResolvers<void>;
  /** It is gone: what has not come about never will. */
  readonly lose: () => void;
}

/** Nobody need wait for any of them. */
export function containerEvents(): ContainerEvents {
  const greeting = Promise.withResolvers<Greeting>();
  const prepared = Promise.withResolvers<void>();
  const ending = Promise.withResolvers<Ending>();
  const over = Promise.withResolvers<void>();
  for (const { promise } of [greeting, prepared, ending]) promise.catch(() => undefined);
  return {
    greeting,
    prepared,
    ending,
    over,
    lose: () => {
      greeting.reject(new ContainerLostError());
      prepared.reject(new ContainerLostError());
      ending.reject(new ContainerLostError());
      over.resolve();
    },
  };
}
