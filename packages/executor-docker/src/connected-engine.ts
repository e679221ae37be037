import type { Isolation } from '@cloche/core/executor';
import type { Engine, EngineIdentity } from './engine/engine.ts';
import type { GoLibrary } from './images/go-library.ts';
import type { ImageCatalog } from './images/image-catalog.ts';
import type { ToolchainProbe } from './images/toolchain-probe.ts';
import type { ContainerDisposal } from './pool/container-disposal.ts';
import type { ContainerPool } from './pool/container-pool.ts';
import type { StartGate } from './pool/start-gate.ts';

/** An engine that answers, and what is known and kept of it as long as it does. */
export interface ConnectedEngine {
  readonly engine: Engine;
  /** Who named it: `DOCKER_HOST`, `context colima`, `Docker Desktop`. */
  readonly origin: string;
  readonly identity: EngineIdentity;
  readonly isolation: Isolation;
  readonly isolationDetail: string;
  readonly seccomp: string | null;
  readonly catalog: ImageCatalog;
  readonly probe: ToolchainProbe;
  readonly goLibrary: GoLibrary;
  readonly gate: StartGate;
  readonly disposal: ContainerDisposal;
  readonly pool: ContainerPool;
}
