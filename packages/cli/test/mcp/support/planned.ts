import type { ClientDefinition } from '../../../src/commands/mcp/clients/client-definition.ts';
import { CLIENTS } from '../../../src/commands/mcp/clients/client-table.ts';
import { planChange } from '../../../src/commands/mcp/entries/plan-change.ts';
import type { PlannedChange } from '../../../src/commands/mcp/entries/planned-change.ts';
import type { ServerEntry } from '../../../src/commands/mcp/entries/server-entry.ts';
import { publishedEntry } from '../../../src/commands/mcp/entries/server-entry.ts';
import type { ClientFile } from '../../../src/commands/mcp/files/read-client-file.ts';

export const ENTRY: ServerEntry = publishedEntry('linux');

interface Circumstances {
  readonly isForced?: boolean;
  /** The newest first. */
  readonly backups?: readonly string[];
  readonly serversPath?: readonly string[];
}

/** The text after an installation; null where nothing changes. */
export async function install(
  name: string,
  text: string,
  circumstances: Circumstances = {},
): Promise<string | null> {
  return textOf(await planned(name, text, ENTRY, circumstances));
}

/** The text after the entry was taken out; null where nothing changes, '' also where the file goes. */
export async function uninstall(
  name: string,
  text: string,
  circumstances: Circumstances = {},
): Promise<string | null> {
  return textOf(await planned(name, text, null, circumstances));
}

export function planned(
  name: string,
  text: string,
  entry: ServerEntry | null,
  { isForced = false, backups = [], serversPath }: Circumstances = {},
): Promise<PlannedChange> {
  const { format, extra, serversKey } = clientNamed(name);
  const place = { format, extra, serversPath: serversPath ?? [serversKey] };
  return planChange(fileOf(text), {
    place,
    name: 'cloche',
    entry,
    isForced,
    backups: backups.map(fileOf),
  });
}

function clientNamed(name: string): ClientDefinition {
  const found = CLIENTS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function fileOf(text: string): ClientFile {
  return { path: 'FILE', realPath: 'FILE', text, byteOrderMark: '', mode: 0o600 };
}

function textOf(change: PlannedChange): string | null {
  if (change.kind === 'none') return null;
  return change.kind === 'write' ? change.text : '';
}
