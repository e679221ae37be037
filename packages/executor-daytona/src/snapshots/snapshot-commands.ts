import { GO_CACHE_DIRECTORY, TOOLCHAINS_CHECK, TOOLCHAINS_RECIPE } from '@cloche/sandbox-agent';

/** The user that the service's own snapshots have, with a home directory; programs run as it. */
const USER = 'daytona';

/** What a snapshot's Dockerfile says after its `FROM`. */
export const SNAPSHOT_COMMANDS: readonly string[] = [
  'USER 0',
  'WORKDIR /',
  TOOLCHAINS_RECIPE.trim(),
  TOOLCHAINS_CHECK.trim(),
  `RUN id ${USER} >/dev/null 2>&1 || useradd --create-home --shell /bin/bash ${USER}`,
  `ENV GOCACHE=${GO_CACHE_DIRECTORY} LANG=C.UTF-8`,
  `USER ${USER}`,
  `WORKDIR /home/${USER}`,
];
