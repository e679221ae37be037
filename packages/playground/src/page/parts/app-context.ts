import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Playground } from '../playground.ts';
import type { AppState } from '../state/app-state.ts';

export const PlaygroundContext = createContext<Playground | null>(null);

export function usePlayground(): Playground {
  const playground = useContext(PlaygroundContext);
  if (!playground) throw new Error('used outside of the page');
  return playground;
}

/** What `select` gives has to be the same thing as long as the state is. */
export function useApp<Value>(select: (state: AppState) => Value): Value {
  const { store } = usePlayground();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
