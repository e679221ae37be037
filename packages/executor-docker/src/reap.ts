import type { ExecutorHost, ReapedItem, ReapReport } from '@cloche/core/executor';
import { formatOwner, ownerState, parseOwner } from '@cloche/core/executor';
import { LABELS } from './container/container-spec.ts';
import type { ContainerSummary, Engine } from './engine/engine.ts';

/** Removes containers whose owner is no more, or cannot be asked and must be done by now. */
export async function reapLeftovers(engine: Engine, host: ExecutorHost): Promise<ReapReport> {
  const removed: ReapedItem[] = [];
  const failed: (ReapedItem & { readonly reason: string })[] = [];
  const left = (await engine.containers.list([LABELS.owner])).filter((container) =>
    isLeftOver(container, host),
  );
  await Promise.all(
    left.map(async ({ id, name }) => {
      const item: ReapedItem = { kind: 'container', name };
      try {
        await engine.containers.remove(id);
        removed.push(item);
      } catch (error) {
        failed.push({ ...item, reason: error instanceof Error ? error.message : String(error) });
      }
    }),
  );
  return { removed, failed };
}

function isLeftOver({ labels }: ContainerSummary, host: ExecutorHost): boolean {
  const owner = parseOwner(labels[LABELS.owner] ?? '');
  // Whatever it is, this package has not made it.
  if (owner === null || formatOwner(owner) === formatOwner(host.owner)) return false;
  const state = ownerState(owner);
  if (state !== 'unknown') return state === 'gone';
  const deadlineSeconds = Number(labels[LABELS.deadline]);
  return deadlineSeconds > 0 && Date.now() / 1000 > deadlineSeconds;
}
