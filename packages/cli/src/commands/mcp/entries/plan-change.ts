import type { ClientFile } from '../files/read-client-file.ts';
import { invalidFile } from './entry-errors.ts';
import type { ServersPlace } from './open-entry.ts';
import { openEntry } from './open-entry.ts';
import { planRemoval } from './plan-removal.ts';
import type { PlannedChange } from './planned-change.ts';
import type { ServerEntry } from './server-entry.ts';
import { isOwnEntry, isSameEntry } from './server-entry.ts';

export interface WantedChange {
  readonly place: ServersPlace;
  readonly name: string;
  /** Null: no entry is to be there. */
  readonly entry: ServerEntry | null;
  /** Whether an entry of the name that is not ours may be replaced or removed. */
  readonly isForced: boolean;
  /** What is kept beside the file of earlier changes, the newest first. */
  readonly backups: readonly ClientFile[];
}

const NOTHING: PlannedChange = { kind: 'none' };

/**
 * What the client's file is to be.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` where the file is not valid, or the entry is somebody else's
 */
export async function planChange(file: ClientFile, wanted: WantedChange): Promise<PlannedChange> {
  const { place, name, entry, isForced, backups } = wanted;
  const open = await openEntry(place, file, name);
  const present = open.entry;
  const isOwn = isOwnEntry(present);
  if (present === undefined && entry === null) return NOTHING;
  if (present !== undefined && isOwn && entry !== null && isSameEntry(present, entry, place.extra))
    return NOTHING;
  if (present !== undefined && !isOwn && !isForced) throw foreignEntry(file.path, name);
  if (entry === null) return planRemoval({ file, place, name, backups });
  const values = { ...place.extra, command: entry.command, args: entry.args };
  const text = await open.withEntry(values, present !== undefined && !isOwn);
  await open.check(text);
  return { kind: 'write', text };
}

function foreignEntry(path: string, name: string): Error {
  return invalidFile(
    path,
    {
      en: `There is an entry ${name} that does not start Cloche. It was left as it is.`,
      zh: `已有名为 ${name} 的条目，但它启动的不是 Cloche。文件未被修改。`,
    },
    {
      en: 'Give another name with --name, or --force if that entry may go.',
      zh: '请用 --name 指定其他名称；如可覆盖该条目，请使用 --force。',
    },
  );
}
