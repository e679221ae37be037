import { access } from 'node:fs/promises';
import path from 'node:path';
import { nearestName } from '@cloche/core';
import { invalidRequest } from '../entries/entry-errors.ts';
import type { ClientDefinition, ClientScope } from './client-definition.ts';
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

/** @throws ClocheError `ERR_REQUEST_INVALID` where the client has no file for a project */
export function clientFile(
  client: ClientDefinition,
  scope: ClientScope,
  surroundings: PlaceSurroundings & { readonly workingDirectory: string },
): string {
  if (scope === 'user') return expandPlace(client.userFile, surroundings);
  if (client.projectFile !== null) return path.join(surroundings.workingDirectory, client.projectFile);
  throw invalidRequest(
    {
      en: `${client.displayName} has no configuration for a single project.`,
      zh: `${client.displayName} 没有单个项目的配置。`,
    },
    { en: 'Leave --scope out.', zh: '请去掉 --scope。' },
  );
}

/** Whether the client is plainly installed: it has left traces of its own. */
export async function isClientFound(
  client: ClientDefinition,
  surroundings: PlaceSurroundings,
): Promise<boolean> {
  const found = await Promise.all(
    client.traces.map((place) =>
      access(expandPlace(place, surroundings)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
