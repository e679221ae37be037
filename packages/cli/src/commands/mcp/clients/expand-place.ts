import path from 'node:path';
import type { ClientPlace, ClientPlatform } from './client-definition.ts';
import { CLIENT_PLATFORMS } from './client-definition.ts';

export interface PlaceSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
}

const VARIABLE = /^\$\{(?<name>\w+):-(?<otherwise>[^}]*)\}/u;

/** Where a place is for this user; null where this system has none. Systems that the table does not know are like Linux. */
export function expandPlace(place: ClientPlace, surroundings: PlaceSurroundings): string | null {
  const platform: ClientPlatform =
    CLIENT_PLATFORMS.find((known) => known === surroundings.platform) ?? 'linux';
  const written = place[platform];
  if (written === undefined) return null;
  const variable = VARIABLE.exec(written);
  const given = surroundings.environment[variable?.groups?.['name'] ?? ''] ?? '';
  const rest = written.slice(variable?.[0].length ?? 0);
  // A relative value has no meaning that two programs would agree on.
  const base = path.isAbsolute(given) ? given : (variable?.groups?.['otherwise'] ?? '');
  return path.normalize(`${base}${rest}`.replace(/^~/u, surroundings.homeDirectory));
}
