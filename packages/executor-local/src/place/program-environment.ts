import type { PlaceSetup } from './place.ts';

const SYSTEM_PATH = ['/usr/local/bin', '/usr/bin', '/bin'];

export interface PlaceDirectories {
  readonly home: string;
  readonly temporary: string;
  readonly goCache: string | null;
}

/** The whole environment of a program: what the plan says, and the few variables that every program expects. */
export function programEnvironment(setup: PlaceSetup, directories: PlaceDirectories): Record<string, string> {
  return {
    PATH: [...new Set([...setup.programDirectories, ...SYSTEM_PATH])].join(':'),
    HOME: directories.home,
    TMPDIR: directories.temporary,
    LANG: 'C.UTF-8',
    ...(directories.goCache === null ? {} : { GOCACHE: directories.goCache }),
    ...setup.environment,
  };
}
