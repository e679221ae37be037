import type { ExecutorHost, OwnerIdentity } from '@cloche/core/executor';
import { formatOwner, parseOwner } from '@cloche/core/executor';

/** On every sandbox: who uses it, and until when at the latest, seconds since the epoch. */
export const LABELS = { tool: 'cloche.sandbox', owner: 'cloche.owner', deadline: 'cloche.deadline' } as const;

export function sandboxLabels(
  host: ExecutorHost,
  deadlineMs: number,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    ...given,
    [LABELS.tool]: '1',
    [LABELS.owner]: formatOwner(host.owner),
    [LABELS.deadline]: String(Math.ceil(deadlineMs / 1000)),
  };
}

/** Null for a sandbox that is not Cloche's, whatever its other labels say. */
export function readLabels(labels: Readonly<Record<string, string>>): {
  readonly owner: OwnerIdentity;
  readonly deadlineMs: number;
} | null {
  const owner = parseOwner(labels[LABELS.owner] ?? '');
  const deadlineSeconds = Number(labels[LABELS.deadline]);
  if (labels[LABELS.tool] !== '1' || owner === null || !(deadlineSeconds > 0)) return null;
  return { owner, deadlineMs: deadlineSeconds * 1000 };
}
