import {
  GO_CACHE_DIRECTORY,
  JAVAC_ARCHIVE,
  TOOLCHAINS_BASE,
  TOOLCHAINS_CHECK,
  TOOLCHAINS_RECIPE,
} from '@cloche/sandbox-agent';
import { JAVAC_ARCHIVE_LABEL } from './javac-archive.ts';

/** Tag of the image that `cloche images build` makes. */
export const TOOLCHAINS_IMAGE = 'cloche/toolchains:latest';

/** Makes one image with all nine toolchains. On a base that has everything the build needs no network. */
export const TOOLCHAINS_DOCKERFILE: string = `ARG BASE=${TOOLCHAINS_BASE}
FROM $BASE
USER 0
WORKDIR /

${TOOLCHAINS_RECIPE}# The file of a container without a network of the engine's.
COPY hosts /etc/hosts

${TOOLCHAINS_CHECK}ENV GOCACHE=${GO_CACHE_DIRECTORY} LANG=C.UTF-8
LABEL dev.cloche.image=toolchains ${JAVAC_ARCHIVE_LABEL}=${JAVAC_ARCHIVE}
ENTRYPOINT []
CMD ["bash"]
`;
