import type { DaytonaServer } from '@cloche/daytona-test-server';
import { findDaytonaServerSupport, startDaytonaServer } from '@cloche/daytona-test-server';
import { BareSandbox } from '../daytona/bare-sandbox.ts';
import { DaytonaRunner } from '../daytona/daytona-runner.ts';
import { measureOutput } from '../daytona/measure-output.ts';
import { measureWaiting } from '../daytona/measure-waiting.ts';
import { refuseLeftovers } from '../daytona/refuse-leftovers.ts';
import type { AreaResult } from '../figure.ts';
import type { ImportMeasurement } from '../measure-import.ts';
import { measureImport } from '../measure-import.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

/** The SDK is only loaded with a run. */
const PLUGIN_IMPORT: ImportMeasurement = {
  name: 'import of the plugin',
  folder: 'executor-daytona',
  over: '@cloche/core/executor',
  atMostMs: 15,
};

/** Core and the Daytona executor, with the SDK, on a server of our own in the same process. */
export async function measure(): Promise<AreaResult> {
  const imported = await withTemporaryDirectory((directory) => measureImport(PLUGIN_IMPORT, directory));
  const support = findDaytonaServerSupport();
  const served = support.available
    ? await withTemporaryDirectory(measureOnServer)
    : { figures: [], skipped: [{ name: 'all that needs a service', reason: support.reason }] };
  return {
    figures: [...served.figures, imported],
    skipped: served.skipped,
  };
}

async function measureOnServer(directory: string): Promise<AreaResult> {
  await using server = await startDaytonaServer();
  const figures = await measureWith(server, directory);
  await refuseLeftovers(server);
  return { figures, skipped: [] };
}

async function measureWith(server: DaytonaServer, directory: string): Promise<AreaResult['figures']> {
  await using bare = await BareSandbox.create(server);
  await using fresh = new DaytonaRunner(server, directory);
  await using kept = new DaytonaRunner(server, directory, { keepSandbox: true });
  return [...(await measureWaiting({ server, bare, fresh, kept })), ...(await measureOutput(fresh))];
}
