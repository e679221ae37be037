import type { ListSandboxesResponse, Sandbox, SandboxClass, SandboxListItem } from '@daytona/api-client';
import type { HostedSandbox } from './hosted-sandbox.ts';
import type { WithNulls } from './with-nulls.ts';

export const ORGANIZATION_ID = '6f6b1f0c-6a39-4d1c-9c2e-0d6b3a2f9a11';
export const RUNNER_ID = '1f4c6d52-64e8-4f0e-8f4b-2c9a6c0d7e33';
export const REGION = 'us';
/** Of the sandboxes' daemon: the release whose source the toolbox follows. */
export const DAEMON_VERSION = '0.190.0';

export interface SandboxSurroundings {
  readonly toolboxProxyUrl: string;
  readonly sandboxClass: 'container' | 'linux-vm';
}

export function describeSandbox(
  sandbox: HostedSandbox,
  surroundings: SandboxSurroundings,
): WithNulls<Sandbox> {
  return {
    ...commonFields(sandbox, surroundings),
    env: sandbox.request.env ?? {},
    volumes: [],
    ...(sandbox.request.buildInfo && {
      buildInfo: {
        ...sandbox.request.buildInfo,
        contextHashes: sandbox.request.buildInfo.contextHashes ?? [],
        createdAt: new Date(sandbox.createdAtMs),
        updatedAt: new Date(sandbox.createdAtMs),
        snapshotRef: `daytona-${sandbox.id}`,
      },
    }),
    sandboxClass: surroundings.sandboxClass,
    outboundProxyUrl: null,
    otelEndpointOverride: null,
  } satisfies WithNulls<Sandbox>;
}

/** A page of the list: its items lack the environment. */
export interface SandboxPage extends Omit<ListSandboxesResponse, 'items'> {
  readonly items: WithNulls<SandboxListItem>[];
}

export function describeSandboxListItem(
  sandbox: HostedSandbox,
  surroundings: SandboxSurroundings,
): WithNulls<SandboxListItem> {
  return {
    ...commonFields(sandbox, surroundings),
    sandboxClass: surroundings.sandboxClass satisfies SandboxClass,
  } satisfies WithNulls<SandboxListItem>;
}

/** What a sandbox shares with its entry in the list. */
function commonFields(
  sandbox: HostedSandbox,
  { toolboxProxyUrl }: SandboxSurroundings,
): WithNulls<Omit<SandboxListItem, 'sandboxClass'>> {
  const { cpu, memoryGib, diskGib } = sandbox.resources;
  return {
    id: sandbox.id,
    organizationId: ORGANIZATION_ID,
    name: sandbox.name,
    snapshot: sandbox.snapshot,
    user: sandbox.request.user ?? 'daytona',
    labels: { ...sandbox.labels },
    public: sandbox.request.public ?? false,
    networkBlockAll: sandbox.networkBlockAll,
    networkAllowList: sandbox.networkAllowList,
    domainAllowList: sandbox.domainAllowList,
    target: REGION,
    cpu,
    gpu: 0,
    memory: memoryGib,
    disk: diskGib,
    state: sandbox.state,
    desiredState: sandbox.desiredState,
    errorReason: sandbox.errorReason,
    recoverable: false,
    backupState: 'None',
    autoStopInterval: sandbox.autoStopMinutes,
    autoPauseInterval: null,
    autoArchiveInterval: sandbox.autoArchiveMinutes,
    autoDeleteInterval: sandbox.autoDeleteMinutes,
    autoDestroyAt: null,
    createdAt: new Date(sandbox.createdAtMs).toISOString(),
    updatedAt: new Date(sandbox.updatedAtMs).toISOString(),
    lastActivityAt: new Date(sandbox.lastActivityAtMs).toISOString(),
    daemonVersion: DAEMON_VERSION,
    runnerId: RUNNER_ID,
    warmPoolId: null,
    toolboxProxyUrl,
  };
}
