import { startModelServer } from '@cloche/model-test-server';
import type { AreaResult } from '../figure.ts';
import { measureShowing } from '../generator/measure-showing.ts';
import { measureStarting } from '../generator/measure-starting.ts';
import type { ImportMeasurement } from '../measure-import.ts';
import { measureImport } from '../measure-import.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

/** The AI SDK and its providers are loaded with the first question to a model. */
const GENERATOR_IMPORT: ImportMeasurement = {
  name: 'import of the generator',
  folder: 'generator',
  over: '@cloche/core',
  atMostMs: 10,
};

/** What stands between a model's stream and the person, with the model on a server of our own in the same process. */
export async function measure(): Promise<AreaResult> {
  await using server = await startModelServer();
  const figures = [
    await withTemporaryDirectory((directory) => measureShowing(server, directory)),
    await withTemporaryDirectory((directory) => measureStarting(server, directory)),
    await withTemporaryDirectory((directory) => measureImport(GENERATOR_IMPORT, directory)),
  ];
  return { figures, skipped: [] };
}
