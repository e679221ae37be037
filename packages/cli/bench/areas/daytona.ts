import type { DaytonaServer } from '@cloche/daytona-test-server';
import { findDaytonaServerSupport, startDaytonaServer } from '@cloche/daytona-test-server';
import { BareSandbox } from '../daytona/bare-sandbox.ts';
import { DaytonaRunner } from '../daytona/daytona-runner.ts';
import { measureImport } from '../daytona/measure-import.ts';
import { measureOutput } from '../daytona/measure-output.ts';
import { measureWaiting } from '../daytona/measure-waiting.ts';
import { refuseLeftovers } from '../daytona/refuse-leftovers.ts';
import type { AreaResult } from '../figure.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

/** Core and the Daytona executor, with the SDK, on a server of our own in the same process. */
export async function measure(): Promise<AreaResult> {
  const imported = { figures: [await withTemporaryDirectory(measureImport)], skipped: [] };
  const support = findDaytonaServerSupport();
  const served = support.available
    ? await withTemporaryDirectory(measureOnServer)
    : { figures: [], skipped: [{ name: 'all that needs a service', reason: support.reason }] };
  return {
    figures: [...served.figures, ...imported.figures],
    skipped: [...served.skipped, ...imported.skipped],
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
