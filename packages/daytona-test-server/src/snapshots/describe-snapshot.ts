import type { SnapshotDto } from '@daytona/api-client';
import { ORGANIZATION_ID, REGION, RUNNER_ID } from '../sandboxes/describe-sandbox.ts';
import type { SandboxSurroundings } from '../sandboxes/describe-sandbox.ts';
import type { WithNulls } from '../sandboxes/with-nulls.ts';
import type { HostedSnapshot } from './hosted-snapshot.ts';

export function describeSnapshot(
  snapshot: HostedSnapshot,
  { sandboxClass }: SandboxSurroundings,
): WithNulls<SnapshotDto> {
  const { request, resources } = snapshot;
  const createdAt = new Date(snapshot.createdAtMs);
  const updatedAt = new Date(snapshot.updatedAtMs);
  const hasRunner = snapshot.state !== 'pending';
  return {
    id: snapshot.id,
    organizationId: ORGANIZATION_ID,
    general: snapshot.isGeneral,
    name: snapshot.name,
    imageName: request.imageName ?? null,
    state: snapshot.state,
    size: snapshot.state === 'active' ? 1.5 : null,
    entrypoint: request.entrypoint ?? null,
    cpu: resources.cpu,
    gpu: 0,
    mem: resources.memoryGib,
    disk: resources.diskGib,
    errorReason: snapshot.errorReason,
    createdAt,
    updatedAt,
    lastUsedAt: null,
    ...(request.buildInfo && {
      buildInfo: {
        dockerfileContent: request.buildInfo.dockerfileContent,
        contextHashes: request.buildInfo.contextHashes ?? [],
        createdAt,
        updatedAt,
        snapshotRef: `daytona-${snapshot.id}`,
      },
    }),
    regionIds: [REGION],
    initialRunnerId: hasRunner ? RUNNER_ID : null,
    ref: snapshot.state === 'active' ? `daytona-${snapshot.id}` : null,
    sourceSandboxId: null,
    sandboxClass: request.sandboxClass ?? sandboxClass,
  } satisfies WithNulls<SnapshotDto>;
}
