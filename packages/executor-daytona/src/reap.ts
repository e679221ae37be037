import type { ExecutorHost, ReapedItem, ReapReport } from '@cloche/core/executor';
import { formatOwner, ownerState } from '@cloche/core/executor';
import { LABELS, readLabels } from './sandbox/sandbox-labels.ts';
import { deleteInsistently } from './sandbox/delete-insistently.ts';
import type { DaytonaService } from './service/daytona-service.ts';
import type { ServiceSandbox } from './service/service-sandbox.ts';

/**
 * Deletes sandboxes whose owner is no more. One of another machine's is left until its deadline has passed, and what is
 * not Cloche's is never touched.
 */
export async function reapLeftovers(service: DaytonaService, host: ExecutorHost): Promise<ReapReport> {
  const removed: ReapedItem[] = [];
  const failed: (ReapedItem & { readonly reason: string })[] = [];
  const left = (await service.list({ [LABELS.tool]: '1' })).filter((sandbox) => isLeftOver(sandbox, host));
  await Promise.all(
    left.map(async (sandbox) => {
      const item: ReapedItem = { kind: 'sandbox', name: sandbox.name };
      try {
        await deleteInsistently(sandbox);
        removed.push(item);
      } catch (error) {
        failed.push({ ...item, reason: error instanceof Error ? error.message : String(error) });
      }
    }),
  );
  return { removed, failed };
}

function isLeftOver({ labels, state }: ServiceSandbox, host: ExecutorHost): boolean {
  const own = readLabels(labels);
  if (own === null || state === 'destroyed') return false;
  if (formatOwner(own.owner) === formatOwner(host.owner)) return false;
  const ownerIs = ownerState(own.owner);
  return ownerIs === 'unknown' ? Date.now() > own.deadlineMs : ownerIs === 'gone';
}
