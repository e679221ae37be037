import type { ExecutorHost } from '@cloche/core/executor';
import { formatOwner, JsonCache } from '@cloche/core/executor';
import type { ControlGroupLocation, ControlGroupParent } from './control-group.ts';
import { findControlGroupParent, openParent } from './find-parent.ts';
import { readKernelFile } from './kernel-file.ts';

/**
 * The parent that an earlier process of this boot and of the same control group found, else one that is
 * looked for now: trying it out costs a process. That there is none is never remembered.
 */
export async function rememberedControlGroupParent(host: ExecutorHost): Promise<ControlGroupParent | null> {
  if (host.platform !== 'linux') return null;
  const cache = new JsonCache<ControlGroupLocation>(host, 'executor-local', 'control-groups.json');
  const key = [host.owner.bootId, process.getuid?.(), readKernelFile('/proc/self/cgroup')].join('\n');
  const known = await cache.get(key);
  if (known !== null) return openParent(known);
  const found = findControlGroupParent(`cloche-${formatOwner(host.owner)}-trial`);
  if (found !== null) await cache.set(key, found.location);
  return found;
}
