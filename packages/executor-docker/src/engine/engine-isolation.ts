import type { Isolation } from '@cloche/core/executor';
import type { EngineIdentity } from './engine.ts';

/** Runtimes that put more than a container around a program. Every other one is taken for an ordinary one. */
const STRONGER_RUNTIMES: readonly { readonly name: RegExp; readonly isolation: Isolation }[] = [
  { name: /^(?:runsc|gvisor)/u, isolation: 'user-kernel' },
  { name: /kata|firecracker|^io\.containerd\.kata/u, isolation: 'microvm' },
];

/** How strongly the runtime that will be used holds a program. The engine is trusted to use the one that it names. */
export function isolationOf(identity: EngineIdentity, runtime: string | null): Isolation {
  const name = runtime ?? identity.defaultRuntime;
  return STRONGER_RUNTIMES.find((known) => known.name.test(name))?.isolation ?? 'container';
}

/** `runc, Docker 28.5.1` */
export function describeIsolation(identity: EngineIdentity, runtime: string | null): string {
  const product = identity.product === 'podman' ? 'Podman' : 'Docker';
  const rootless = identity.isRootless ? ', rootless' : '';
  return `${runtime ?? identity.defaultRuntime}, ${product} ${identity.version}${rootless}`;
}
