import type { ExecutionController, ExecutionPlan, PhaseResult } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import type { SandboxFile } from '@cloche/sandbox-agent';
import type { CompileCache } from '../cache/compile-cache.ts';
import { compilationFrom, isProduct, storedOutput } from '../cache/stored-compilation.ts';
import type { ConnectedEngine } from '../connected-engine.ts';
import type { Job } from '../container/job-script.ts';
import type { EngineImage } from '../engine/engine.ts';
import { withJavacArchive } from '../images/javac-archive.ts';
import type { DockerOptions } from '../options.ts';
import type { PhaseOutcome } from './run-phase.ts';

export interface CompileNeed {
  readonly plan: ExecutionPlan;
  /** The compiler's, as the plan has it. */
  readonly argv: readonly string[];
  readonly image: EngineImage;
  readonly sources: readonly SandboxFile[];
  readonly options: DockerOptions;
  readonly connected: ConnectedEngine;
  readonly compileCache: CompileCache;
  readonly controller: ExecutionController;
  readonly runPhase: (job: Job) => Promise<PhaseOutcome>;
}

export interface Compilation {
  readonly result: PhaseResult;
  /** The sources and what was made of them, for the run. Null where the compiler refuses or is stopped. */
  readonly files: readonly SandboxFile[] | null;
  readonly isScratchFull: boolean;
}

/** What the compiler makes, or has made of the same before. */
export async function compileProgram(need: CompileNeed): Promise<Compilation> {
  const { plan, image, sources, options, connected, compileCache } = need;
  const argv = withJavacArchive(need.argv, image);
  const toolchain = [image.id, connected.isolationDetail, options.user, String(plan.limits.memoryBytes)];
  const key = compileCache.keyOf(plan, argv, toolchain);
  const stored = await compileCache.find(key);
  if (stored !== null) {
    const result = compilationFrom(stored, plan.limits.outputBytes, need.controller);
    return { result, files: replaced(sources, stored.filter(isProduct)), isScratchFull: false };
  }
  const { result, files, isScratchFull, isComplete } = await need.runPhase(compileJob(plan, argv, sources));
  if (result.exitCode !== 0 || result.stoppedBy !== null) return { result, files: null, isScratchFull };
  // A part of a program must neither run nor be kept.
  if (!isComplete) throw productLost();
  // Warnings are shown again when the program is compiled from the cache; a part of them would be told as the whole.
  const output = storedOutput(result);
  if (output !== null) await compileCache.store(key, [...files, ...output]);
  return { result, files: replaced(sources, files), isScratchFull };
}

function productLost(): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: 'What the compiler made could not be taken out of its container whole.',
      zh: '无法从容器中完整取出编译结果。',
    },
    hint: {
      en: 'Run it again. Where a compiler makes thousands of files, make it make fewer.',
      zh: '请重试。如果编译器会生成数千个文件，请减少其数量。',
    },
    retryable: true,
  });
}

/** The sources as they are after the compiler, which may have written over some. */
function replaced(sources: readonly SandboxFile[], made: readonly SandboxFile[]): readonly SandboxFile[] {
  const isReplaced = (file: SandboxFile): boolean =>
    made.some(({ directory, path }) => directory === file.directory && path === file.path);
  return [...sources.filter((file) => !isReplaced(file)), ...made];
}

function compileJob(plan: ExecutionPlan, argv: readonly string[], sources: readonly SandboxFile[]): Job {
  return {
    files: sources,
    argv,
    environment: plan.environment,
    hasStdin: false,
    timeoutMs: plan.limits.compileTimeoutMs,
    collected: ['build', 'work'],
    fileLimitBytes: plan.limits.scratchBytes,
  };
}
