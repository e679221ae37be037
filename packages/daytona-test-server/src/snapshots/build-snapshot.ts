import type { SnapshotState } from '@daytona/api-client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostedSnapshot } from './hosted-snapshot.ts';

/** An instruction that no build survives. */
const FAILING_INSTRUCTION = 'RUN false';

/** Goes through the states of a build and writes its log; nothing is really built. */
export async function buildSnapshot(
  snapshot: HostedSnapshot,
  durationMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { buildInfo } = snapshot.request;
  const lines = (buildInfo?.dockerfileContent ?? '').split('\n').filter((line) => line.trim() !== '');
  // Once before the build, after each line, and at its end.
  const pauseMs = durationMs / (lines.length + 2);
  try {
    await sleep(pauseMs, undefined, { signal });
    change(snapshot, buildInfo ? 'building' : 'pulling');
    for (const [index, line] of lines.entries()) {
      log(snapshot, `Step ${index + 1}/${lines.length} : ${line}`);
      await sleep(pauseMs, undefined, { signal });
      if (line.trim() === FAILING_INSTRUCTION) return fail(snapshot);
    }
    await sleep(pauseMs, undefined, { signal });
    if (buildInfo) log(snapshot, `Successfully built image ${snapshot.name}`);
    change(snapshot, 'active');
  } catch (error) {
    if (!signal.aborted) throw error;
    // Whoever follows the log is let go.
    snapshot.errorReason = 'The server has ended.';
    change(snapshot, 'error');
  }
}

function fail(snapshot: HostedSnapshot): void {
  const reason = "The command '/bin/sh -c false' returned a non-zero code: 1";
  log(snapshot, reason);
  snapshot.errorReason = `failed to build image: ${reason}`;
  change(snapshot, 'build_failed');
}

function log(snapshot: HostedSnapshot, line: string): void {
  snapshot.logLines.push(line);
  snapshot.emit('change');
}

function change(snapshot: HostedSnapshot, state: SnapshotState): void {
  snapshot.state = state;
  snapshot.updatedAtMs = Date.now();
  snapshot.emit('change');
}
