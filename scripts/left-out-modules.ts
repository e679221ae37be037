import type { Rolldown } from 'tsdown';

/**
 * What dockerode brings along and nothing here uses: its modem (with an ssh client that is a native addon), in whose
 * place stands one of ours, BuildKit sessions (gRPC), and packing a directory. Their modules are asked for with the
 * rest, so each is left empty.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'docker-modem',
  '@grpc/grpc-js',
  '@grpc/proto-loader',
  'protobufjs',
  'tar-fs',
  '@balena/dockerignore',
]);
const prefix = '\0left-out:';

/** Puts an empty module in place of each one that is not wanted in a bundle. */
export function leftOutModules(): Rolldown.Plugin {
  return {
    name: 'left-out-modules',
    resolveId: {
      order: 'pre',
      handler: (source) => (LEFT_OUT.has(source) ? `${prefix}${source}` : null),
    },
    load: (id) => (id.startsWith(prefix) ? 'module.exports = {};' : null),
  };
}
