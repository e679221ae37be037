import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { ClocheError } from '../../executor/errors/cloche-error.ts';
import type { TypeScriptTransform } from '../../executor/executor-host.ts';
import { plainMessage } from './compiler-message.ts';
import type { TypeScriptSource } from './transform-source.ts';
import type { WorkerAnswer } from './typescript-worker.ts';

const DEADLINE_MS = 20_000;
const HEAP_MEBIBYTES = 1024;

/** One thread with one transformer in it; where it breaks, the next source starts another. */
export class TypeScriptThread {
  #worker: Worker | null = null;

  /** One at a time. */
  async transform(source: TypeScriptSource): Promise<TypeScriptTransform> {
    const worker = (this.#worker ??= await startWorker());
    // While it works it keeps this process alive; while it waits it does not.
    worker.ref();
    worker.postMessage(source);
    this.#worker = null;
    const answer = await answerOf(worker);
    if (answer !== null && 'transform' in answer) {
      worker.unref();
      this.#worker = worker;
      return answer.transform;
    }
    await worker.terminate();
    return { ok: false, message: plainMessage(source.path, reasonOf(answer)) };
  }
}

async function startWorker(): Promise<Worker> {
  const { Worker } = await import('node:worker_threads');
  const { workerUrl, WORKER_ROLE } = await import('./typescript-worker.ts');
  const worker = new Worker(new URL(workerUrl), {
    name: WORKER_ROLE,
    workerData: WORKER_ROLE,
    // It parses hostile text and needs nothing of this process.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEBIBYTES },
  });
  // Whoever waits for an answer hears of it; without a listener it would end this process.
  worker.on('error', () => undefined);
  return worker;
}

/** Null when the deadline passed. */
async function answerOf(worker: Worker): Promise<WorkerAnswer | null> {
  const settled = new AbortController();
  const timer = setTimeout(() => {
    settled.abort('deadline');
  }, DEADLINE_MS);
  try {
    const [answer] = (await Promise.race([
      once(worker, 'message', { signal: settled.signal }),
      once(worker, 'exit', { signal: settled.signal }).then(() => [{ trap: 'the transformer ended' }]),
    ])) as [WorkerAnswer];
    return answer;
  } catch (error) {
    if (settled.signal.aborted) return null;
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      return { trap: 'out of memory' };
    throw transformerFailed(error);
  } finally {
    clearTimeout(timer);
    settled.abort();
  }
}

function reasonOf(answer: { readonly trap: string } | null): string {
  if (answer === null) return `The file could not be transformed within ${DEADLINE_MS / 1000} s`;
  return `The file could not be transformed (${answer.trap}): it is nested too deeply, is too large, or has a fault on a line that is too long`;
}

function transformerFailed(error: unknown): ClocheError {
  const detail = error instanceof Error ? error.message : String(error);
  return new ClocheError({
    code: 'ERR_INTERNAL',
    message: { en: `The TypeScript transformer failed: ${detail}`, zh: `TypeScript 转换器失败：${detail}` },
    hint: {
      en: 'Reinstall Cloche: npm install --global cloche',
      zh: '请重新安装 Cloche：npm install --global cloche',
    },
    cause: error,
  });
}
