import type { Bubblewrap } from '../sandbox/bubblewrap.ts';
import { bubblewrapOptions, unprivileged } from '../sandbox/bubblewrap.ts';
import { SUPERVISOR_DESCRIPTORS, SUPERVISOR_SCRIPT } from '../sandbox/supervisor-script.ts';
import { networkMounts, readOnlyMount } from '../sandbox/system-mounts.ts';
import { JOIN_SCRIPT } from './join-script.ts';
import type { PlaceSetup } from './place.ts';
import { programEnvironment } from './program-environment.ts';

const FILE_SIZE_BLOCK_BYTES = 512;
const GO_CACHE = '/cloche-go-cache';

/** What `/bin/sh` is started with: it joins the control group, becomes bubblewrap, and that starts the supervisor. */
export function sandboxCommand(bubblewrap: Bubblewrap, setup: PlaceSetup): string[] {
  const compileArgv = setup.compileArgv ?? [];
  return [
    '-c',
    JOIN_SCRIPT,
    'sh',
    ...(setup.controlGroup?.joinFiles ?? []),
    '--',
    bubblewrap.path,
    '--args',
    String(SUPERVISOR_DESCRIPTORS.options),
    '--',
    ...unprivileged(bubblewrap),
    '/bin/sh',
    '-c',
    SUPERVISOR_SCRIPT,
    'sh',
    String(setup.openFileCount),
    String(Math.ceil(setup.scratchBytes / FILE_SIZE_BLOCK_BYTES)),
    // Root's processes are not counted by user, and nobody's are counted for the whole machine: there a control group holds them.
    bubblewrap.setprivPath === null ? String(setup.processCount) : '-',
    String(compileArgv.length),
    bubblewrap.signalReset,
    ...compileArgv,
    ...setup.runArgv,
  ];
}

/** What bubblewrap reads from its descriptor: the view of the file system, the environment, the namespaces. */
export function sandboxOptions(
  bubblewrap: Bubblewrap,
  setup: PlaceSetup,
  inputDirectory: string,
  hasSeccompFilter: boolean,
): string[] {
  const goCache = setup.goCacheDirectory;
  return bubblewrapOptions(bubblewrap, {
    inputDirectory,
    mounts: [
      ...setup.readableDirectories.flatMap(readOnlyMount),
      ...(goCache === null ? [] : ['--ro-bind', goCache, GO_CACHE]),
      ...(setup.network === 'full' ? networkMounts() : []),
    ],
    environment: programEnvironment(setup, {
      home: '/cloche/home',
      temporary: '/tmp',
      goCache: goCache === null ? null : GO_CACHE,
    }),
    network: setup.network,
    scratchBytes: setup.scratchBytes,
    seccompDescriptor: hasSeccompFilter ? SUPERVISOR_DESCRIPTORS.seccomp : null,
  });
}
