import { access } from 'node:fs/promises';
import path from 'node:path';
import { nearestName } from '@cloche/core';
import { invalidRequest } from '../../run/invalid-request.ts';
import type { ClientDefinition } from './client-definition.ts';
import { CLIENTS } from './client-table.ts';
import type { PlaceSurroundings } from './expand-place.ts';
import { expandPlace } from './expand-place.ts';

const NAMES = CLIENTS.map(({ name }) => name);

/** @throws ClocheError `ERR_REQUEST_INVALID` */
export function clientOfName(name: string): ClientDefinition {
  const client = CLIENTS.find((candidate) => candidate.name === name);
  if (client !== undefined) return client;
  const nearest = nearestName(name, NAMES);
  const list = NAMES.join(', ');
  throw invalidRequest(
    {
      en: `${JSON.stringify(name)} is no client that can be set up; there are ${list}.`,
      zh: `无法配置客户端 ${JSON.stringify(name)}；可用：${list}。`,
    },
    nearest === null
      ? { en: 'See which are here: cloche mcp clients', zh: '查看本机的客户端：cloche mcp clients' }
      : { en: `Did you mean ${nearest}?`, zh: `是否要用 ${nearest}？` },
  );
}

/** The file for all of the user's projects; it need not exist. */
export async function userFile(client: ClientDefinition, surroundings: PlaceSurroundings): Promise<string> {
  const files = client.userFiles
    .map((place) => expandPlace(place, surroundings))
    .filter((file) => file !== null);
  for (const file of files) if (await isThere(path.dirname(file))) return file;
  return files.at(-1) ?? '';
}

/** Whether the client is plainly installed: it has left traces of its own. */
export async function isClientFound(
  client: ClientDefinition,
  surroundings: PlaceSurroundings,
): Promise<boolean> {
  const traces = client.traces
    .map((place) => expandPlace(place, surroundings))
    .filter((trace) => trace !== null);
  const found = await Promise.all(traces.map(isThere));
  return found.includes(true);
}

function isThere(name: string): Promise<boolean> {
  return access(name).then(
    () => true,
    () => false,
  );
}
