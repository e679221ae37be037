import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { entryName } from '../entries/entry-name.ts';
import { openEntry } from '../entries/open-entry.ts';
import { isOwnEntry } from '../entries/server-entry.ts';
import { readClientFile } from '../files/read-client-file.ts';
import type { ClientDefinition } from './client-definition.ts';
import { CLIENTS } from './client-table.ts';
import { clientTarget } from './client-target.ts';
import type { TargetSurroundings } from './client-target.ts';
import { isClientFound } from './find-client.ts';

export interface ClientState {
  readonly name: string;
  readonly displayName: string;
  /** Of all projects of the user; it need not exist. */
  readonly file: string;
  /** Whether the client is installed, or has been used. */
  readonly isFound: boolean;
  /** Whether it knows of Cloche, or has something else under the name, or neither; null: the file cannot be read. */
  readonly entry: 'cloche' | 'other' | 'none' | null;
  readonly problem: LocalizedText | null;
}

/** @param name of the entry; null: the usual one */
export function clientStates(surroundings: TargetSurroundings, name: string | null): Promise<ClientState[]> {
  return Promise.all(CLIENTS.map((client) => clientState(client, surroundings, entryName(name))));
}

async function clientState(
  client: ClientDefinition,
  surroundings: TargetSurroundings,
  name: string,
): Promise<ClientState> {
  const { path: file, place } = await clientTarget(client, 'user', surroundings);
  const isFound = await isClientFound(client, surroundings);
  const known = { name: client.name, displayName: client.displayName, file, isFound };
  try {
    const { entry } = await openEntry(place, await readClientFile(file), name);
    if (entry === undefined) return { ...known, entry: 'none', problem: null };
    return { ...known, entry: isOwnEntry(entry) ? 'cloche' : 'other', problem: null };
  } catch (error) {
    if (!ClocheError.isInstance(error)) throw error;
    return { ...known, entry: null, problem: error.text.message };
  }
}
