import type { AreaResult } from '../figure.ts';
import { measureFlatness } from '../local/measure-flatness.ts';
import { measureFlood } from '../local/measure-flood.ts';
import { measureStart } from '../local/measure-start.ts';

/** Core and the local executor inside one process, without the command line. */
export async function measure(): Promise<AreaResult> {
  const parts = [await measureStart(), await measureFlood(), await measureFlatness()];
  return {
    figures: parts.flatMap(({ figures }) => figures),
    skipped: parts.flatMap(({ skipped }) => skipped),
  };
}
