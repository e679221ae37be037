import type { ExecutionEvent } from '@cloche/core/executor';
import { createPlan } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS } from '@cloche/executor-docker';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConnectedEngine } from '../src/connected-engine.ts';
import { EngineConnector } from '../src/engine-connector.ts';
import { obtainImage } from '../src/execution/obtain-image.ts';
import { createTestHost } from './create-test-host.ts';
import { findTestEngine, TOOLCHAINS_IMAGE } from './support/test-engine.ts';

const options = { ...DEFAULT_DOCKER_OPTIONS, image: TOOLCHAINS_IMAGE };

let testHost: Awaited<ReturnType<typeof createTestHost>>;
let connector: EngineConnector;
let connected: ConnectedEngine;

beforeEach(async (context) => {
  const engine = await findTestEngine();
  if (!engine.available) return context.skip(engine.reason);
  testHost = await createTestHost();
  connector = new EngineConnector(options, testHost.host);
  connected = await connector.connect();
});

afterEach(async () => {
  await connector.close();
  await testHost.remove();
});

test('the library is given up at once when all is closed before its container has greeted', async () => {
  const { goLibrary, engine, catalog, seccomp } = connected;
  const { containers } = engine;
  const start = containers.start.bind(containers);
  const removed: string[] = [];
  const remove = containers.remove.bind(containers);
  const closing = Promise.withResolvers<void>();
  Object.assign(containers, {
    start: async (...call: Parameters<typeof start>) => {
      await start(...call);
      closing.resolve(goLibrary.close());
    },
    remove: async (...call: Parameters<typeof remove>) => {
      await remove(...call);
      removed.push(call[0]);
    },
  });
  const image = await catalog.find(TOOLCHAINS_IMAGE);
  if (image === null) throw new Error('the image is not there');
  const startedAtMs = performance.now();
  await expect(goLibrary.make(image, { runtime: null, seccomp })).rejects.toMatchObject({
    name: 'AbortError',
  });
  await closing.promise;
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  expect(removed).toHaveLength(1);
}, 30_000);

test('the library is not waited for by a run that was cancelled before', async () => {
  let wasMade = false;
  Object.assign(connected.goLibrary, {
    find: () => Promise.resolve(null),
    make: () => {
      wasMade = true;
      return new Promise(() => undefined);
    },
  });
  const reason = new Error('enough');
  const events: ExecutionEvent[] = [];
  const controller = {
    emit: (event: ExecutionEvent) => events.push(event) > 0,
    drained: () => Promise.resolve(),
  };
  const plan = createPlan({ language: 'go', code: 'package main\n\nfunc main() {}\n' });
  const need = { plan, options, connected, signal: AbortSignal.abort(reason), controller };
  await expect(obtainImage(need as unknown as Parameters<typeof obtainImage>[0])).rejects.toBe(reason);
  expect({ wasMade, events }).toEqual({ wasMade: false, events: [] });
}, 30_000);
