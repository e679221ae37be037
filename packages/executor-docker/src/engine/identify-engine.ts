import type { InfoAnswer, VersionAnswer } from './ask-engine.ts';
import { askInfo, askVersion, ping } from './ask-engine.ts';
import type { EngineConnection } from './engine-connection.ts';
import { NotAnEngineError } from './engine-failure.ts';
import type { EngineCallOptions, EngineIdentity } from './engine.ts';

/** @throws what the connection throws, as it comes: who asks whether an engine is there wants to know why not */
export function identifyEngine(
  connection: EngineConnection,
  options: EngineCallOptions,
): Promise<EngineIdentity> {
  return connection.attempt(IDENTIFY, options, async (dockerode, { signal }) => {
    const answers = await Promise.all([askVersion(dockerode, signal), askInfo(dockerode, signal)]);
    const identity = readIdentity(...answers);
    connection.product = identity.product;
    return identity;
  });
}

/** @throws what the connection throws, as it comes */
export function pingEngine(connection: EngineConnection, options: EngineCallOptions): Promise<void> {
  return connection.attempt(IDENTIFY, options, (dockerode, { signal }) => ping(dockerode, signal));
}

export const IDENTIFY = {
  action: { en: 'be asked what it is', zh: '回答版本查询' },
  defaultTimeoutMs: 5000,
} as const;

function readIdentity(version: VersionAnswer | string, info: InfoAnswer | string): EngineIdentity {
  if (!isAnswer(version) || !isAnswer(info) || typeof version.ApiVersion !== 'string') {
    throw new NotAnEngineError('the answer is not from the API of Docker');
  }
  const isPodman = version.Components?.some(({ Name }) => /podman/iu.test(Name)) ?? false;
  const defaultRuntime = info.DefaultRuntime ?? 'runc';
  return {
    product: isPodman ? 'podman' : 'docker',
    version: version.Version ?? version.ApiVersion,
    architecture: version.Arch ?? 'unknown',
    cgroupVersion: info.CgroupVersion === '1' || info.CgroupVersion === '2' ? info.CgroupVersion : null,
    // containerd's names for its own shims are there beside the ones that people write.
    runtimes: Object.keys(info.Runtimes ?? { [defaultRuntime]: {} }).filter(
      (name) => !name.startsWith('io.containerd.'),
    ),
    defaultRuntime,
    isRootless: info.Rootless === true || (info.SecurityOptions?.some(isRootlessOption) ?? false),
    processorCount: info.NCPU ?? 1,
    memoryBytes: info.MemTotal ?? 0,
  };
}

function isAnswer<T>(answer: T | string): answer is T & object {
  return typeof answer === 'object' && answer !== null;
}

function isRootlessOption(option: string): boolean {
  return option.split(',').includes('name=rootless');
}
