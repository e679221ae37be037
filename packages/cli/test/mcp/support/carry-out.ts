import { planChange } from '../../../src/commands/mcp/entries/plan-change.ts';
import type { ServerEntry } from '../../../src/commands/mcp/entries/server-entry.ts';
import { readBackups } from '../../../src/commands/mcp/files/read-backups.ts';
import { readClientFile } from '../../../src/commands/mcp/files/read-client-file.ts';
import { removeClientFile, writeClientFile } from '../../../src/commands/mcp/files/write-client-file.ts';

const PLACES = {
  json: { format: 'json', extra: {}, serversPath: ['mcpServers'] },
  toml: { format: 'toml', extra: {}, serversPath: ['mcp_servers'] },
} as const;

/** What the command does with a file, without a process for it. */
export async function carryOut(path: string, entry: ServerEntry | null): Promise<void> {
  const file = await readClientFile(path);
  const change = await planChange(file, {
    place: PLACES[path.endsWith('.toml') ? 'toml' : 'json'],
    name: 'cloche',
    entry,
    isForced: false,
    backups: await readBackups(file),
  });
  if (change.kind === 'write') await writeClientFile(file, change.text);
  if (change.kind === 'remove') await removeClientFile(file);
}
