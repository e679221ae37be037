import type { ExecutionController, PhaseResult } from '@cloche/core/executor';
import { EMPTY_OUTPUT, OutputCapture } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';

/** Names that no compiler can give to a file: a NUL stands in none. */
function outputPath(stream: 'stdout' | 'stderr'): string {
  return `\0${stream}`;
}

export function isProduct({ path }: SandboxFile): boolean {
  return !path.startsWith('\0');
}

/** What the compiler printed, as files of the cache's entry; null where a part of it was not kept. */
export function storedOutput({ stdout, stderr }: PhaseResult): SandboxFile[] | null {
  if (stdout.truncated || stderr.truncated) return null;
  return (['stdout', 'stderr'] as const).map((name) => ({
    directory: 'build',
    path: outputPath(name),
    content: Buffer.from((name === 'stdout' ? stdout : stderr).head),
    executable: false,
  }));
}

/** The compile phase of a program that was compiled before: its stage, and what the compiler printed then. */
export function compilationFrom(
  stored: readonly SandboxFile[],
  outputBytes: number,
  controller: ExecutionController,
): PhaseResult {
  const startedAtMs = performance.now();
  controller.emit({ type: 'stage', stage: 'compile', state: 'started', detail: 'compiled before' });
  const [stdout, stderr] = (['stdout', 'stderr'] as const).map((type) => {
    const capture = new OutputCapture(outputBytes);
    const data = stored.find(({ path }) => path === outputPath(type))?.content;
    if (data !== undefined && data.length > 0) {
      capture.append(data);
      // Whoever gets it may change it or give it away, and the entry serves others.
      controller.emit({ type, phase: 'compile', data: Buffer.from(data) });
    }
    return capture.finish();
  });
  controller.emit({ type: 'stage', stage: 'compile', state: 'finished' });
  return {
    exitCode: 0,
    signal: null,
    stdout: stdout ?? EMPTY_OUTPUT,
    stderr: stderr ?? EMPTY_OUTPUT,
    durationMs: performance.now() - startedAtMs,
    stoppedBy: null,
  };
}
