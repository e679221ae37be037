import { ClocheError } from '@cloche/core/executor';
import type { ClientFile } from '../files/read-client-file.ts';
import type { ServerEntry } from './server-entry.ts';
import type { OpenEntry, ServersPlace } from './open-entry.ts';
import { openEntry } from './open-entry.ts';
import type { PlannedChange } from './planned-change.ts';

/** Far more than an entry. */
const MOST_ADDED_CHARACTERS = 4_096;

export interface RemovalRequest {
  readonly file: ClientFile;
  readonly place: ServersPlace;
  readonly name: string;
  /** Beside the file, the newest first. */
  readonly backups: readonly ClientFile[];
}

/**
 * How the entry goes so that the file is what it was before the entry came: its text where nothing else has changed
 * since, and otherwise without the keys that came with the entry.
 */
export async function planRemoval({ file, place, name, backups }: RemovalRequest): Promise<PlannedChange> {
  const open = await openEntry(place, file, name);
  const leadsHere = installationOf(open.entry, { file, place, name });
  const candidates = await withoutTheEntry(backups, place, name);
  for (const { file: backup } of candidates) {
    const isSameEncoding = backup.byteOrderMark === file.byteOrderMark;
    if (isSameEncoding && (await leadsHere(backup.text))) return { kind: 'write', text: backup.text };
  }
  const isWithoutTrace = candidates.length === 0 && file.byteOrderMark === '';
  if (isWithoutTrace && (await leadsHere(''))) return { kind: 'remove' };
  const kept = candidates[0]?.depth ?? (await fewestKept(open, place.serversPath.length, leadsHere));
  const text = open.withoutEntry(kept);
  await open.check(text);
  return { kind: 'write', text };
}

type LeadsHere = (before: string) => Promise<boolean>;

/** Whether the installation of this entry makes of a text what the file holds. */
function installationOf(entry: unknown, { file, place, name }: Omit<RemovalRequest, 'backups'>): LeadsHere {
  const { command, args } = entry as Partial<ServerEntry>;
  return async (before) => {
    // Most backups are of other changes, and some are large.
    if (file.text.length - before.length > MOST_ADDED_CHARACTERS) return false;
    if (typeof command !== 'string' || !Array.isArray(args)) return false;
    try {
      const opened = await openEntry(place, { path: file.path, text: before }, name);
      return (await opened.withEntry({ ...place.extra, command, args }, false)) === file.text;
    } catch (error) {
      if (ClocheError.isInstance(error)) return false;
      throw error;
    }
  };
}

/** How many keys on the way to the entry were there before it, told by what an installation would have made. */
async function fewestKept(open: OpenEntry, most: number, leadsHere: LeadsHere): Promise<number> {
  for (let kept = 0; kept < most; kept += 1) {
    if (await leadsHere(open.withoutEntry(kept))) return kept;
  }
  return most;
}

interface BackupWithout {
  readonly file: ClientFile;
  /** How many keys of the way to the entry it had. */
  readonly depth: number;
}

async function withoutTheEntry(
  backups: readonly ClientFile[],
  place: ServersPlace,
  name: string,
): Promise<readonly BackupWithout[]> {
  const found: BackupWithout[] = [];
  for (const file of backups) {
    try {
      const { entry, depth } = await openEntry(place, file, name);
      if (entry === undefined) found.push({ file, depth });
    } catch (error) {
      // Not a file that an installation can have begun with.
      if (!ClocheError.isInstance(error)) throw error;
    }
  }
  return found;
}
