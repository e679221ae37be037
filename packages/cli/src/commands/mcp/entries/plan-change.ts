import type { ClientDefinition } from '../clients/client-definition.ts';
import type { ClientFile } from '../files/read-client-file.ts';
import { invalidFile } from './entry-errors.ts';
import { openEntry } from './open-entry.ts';
import type { ServerEntry } from './server-entry.ts';
import { isOwnEntry, isSameEntry } from './server-entry.ts';

export interface WantedChange {
  readonly client: ClientDefinition;
  readonly name: string;
  /** Null: no entry is to be there. */
  readonly entry: ServerEntry | null;
  /** Whether an entry of the name that is not ours may be replaced or removed. */
  readonly isForced: boolean;
}

/**
 * What the client's file is to be.
 *
 * @returns the text; null where it is so already
 * @throws ClocheError `ERR_CONFIG_INVALID` where the file is not valid, or the entry is somebody else's
 */
export async function planChange(file: ClientFile, wanted: WantedChange): Promise<string | null> {
  const { client, name, entry, isForced } = wanted;
  const open = await openEntry(client, file, name);
  const present = open.entry;
  const isOwn = isOwnEntry(present);
  if (present === undefined && entry === null) return null;
  if (present !== undefined && isOwn && entry !== null && isSameEntry(present, entry, client.extra))
    return null;
  if (present !== undefined && !isOwn && !isForced) throw foreignEntry(file.path, name);
  const after =
    entry === null
      ? open.withoutEntry()
      : open.withEntry(
          { ...client.extra, command: entry.command, args: entry.args },
          present !== undefined && !isOwn,
        );
  await open.check(after);
  return after;
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
