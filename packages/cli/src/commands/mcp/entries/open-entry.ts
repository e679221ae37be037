import type { ClientDefinition } from '../clients/client-definition.ts';
import type { ClientFile } from '../files/read-client-file.ts';
import { jsonEntryEditor } from '../json/json-entry-editor.ts';
import { tomlEntryEditor } from '../toml/toml-entry-editor.ts';
import type { EntryEditor } from './entry-editor.ts';

/** Where in a file the entries of all servers stand, and what is in each. */
export interface ServersPlace extends Pick<ClientDefinition, 'format' | 'extra'> {
  readonly serversPath: readonly string[];
}

export interface OpenEntry extends EntryEditor {
  /** @throws ClocheError where a text of this editor says anything else than was meant */
  check(after: string): Promise<void>;
}

/** The entry of this name in a client's file. @throws ClocheError `ERR_CONFIG_INVALID` with file, line and column */
export async function openEntry(
  { format, serversPath }: ServersPlace,
  { path, text }: Pick<ClientFile, 'path' | 'text'>,
  name: string,
): Promise<OpenEntry> {
  const place = { path, text, serversPath, name };
  if (format === 'toml') return tomlEntryEditor(place);
  // The editor of JSON checks each text as it makes it.
  return { ...jsonEntryEditor(place), check: () => Promise.resolve() };
}
