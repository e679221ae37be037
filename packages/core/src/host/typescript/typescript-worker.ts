import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { TypeScriptTransform } from '../../executor/executor-host.ts';
import { transformSource } from './transform-source.ts';
import type { TypeScriptSource } from './transform-source.ts';

/** Tells the thread that this file starts from any other thread that happens to load it. */
export const WORKER_ROLE = 'cloche-typescript';

/** This file, or the bundled one that it became: imported by the main thread for its address, and then run as a thread. */
export const workerUrl: string = import.meta.url;

/** A trap poisons the transformer's memory, so the thread ends with it and the next source gets a new one. */
export type WorkerAnswer = { readonly transform: TypeScriptTransform } | { readonly trap: string };

if (!isMainThread && parentPort !== null && workerData === WORKER_ROLE) {
  const port = parentPort;
  const { transformSync } = await import('amaro');
  port.on('message', (source: TypeScriptSource) => {
    port.postMessage(answer(source));
  });

  function answer(source: TypeScriptSource): WorkerAnswer {
    try {
      return { transform: transformSource(transformSync, source) };
    } catch (error) {
      return { trap: error instanceof Error ? error.message : String(error) };
    }
  }
}
