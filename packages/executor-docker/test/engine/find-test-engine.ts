import { openEngine } from '../../src/engine/open-engine.ts';
import type { EngineSearch } from '../../src/engine/open-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { createTestHost } from './create-test-host.ts';

export const TEST_IMAGE = 'cloche-test:dev';

export type TestEngine =
  | { readonly search: EngineSearch & { found: true }; readonly engine: Engine; readonly reason: null }
  | { readonly search: null; readonly engine: null; readonly reason: string };

/** The engine of this machine with the tests' image, or why there is none. */
export async function findTestEngine(): Promise<TestEngine> {
  const search = await openEngine(createTestHost(process.env), null);
  if (!search.found)
    return { search: null, engine: null, reason: `no engine: ${search.unavailability.reason.en}` };
  const image = await search.engine.images.find(TEST_IMAGE);
  if (image !== null) return { search, engine: search.engine, reason: null };
  search.engine.close();
  return { search: null, engine: null, reason: `the engine has no image ${TEST_IMAGE}` };
}

/** The socket of an engine, for a test that leads to it by another way; null where it is reached otherwise. */
export function socketOf(engine: Engine): string | null {
  return engine.address.startsWith('unix://') ? engine.address.slice('unix://'.length) : null;
}
