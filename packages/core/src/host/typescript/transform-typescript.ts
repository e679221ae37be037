import type { TypeScriptTransform } from '../../executor/executor-host.ts';
import { plainMessage } from './compiler-message.ts';
import { TypeScriptThread } from './typescript-thread.ts';

/** Far more than a program; below what makes the transformer run out of its memory. */
const MAXIMUM_SOURCE_BYTES = 16 * 1024 * 1024;
/** So that a source that takes for ever does not hold up everybody else's. */
const MAXIMUM_THREADS = 2;

const idle: TypeScriptThread[] = [];
const waiting: ((thread: TypeScriptThread) => void)[] = [];
let threadCount = 0;

/**
 * Makes JavaScript of one TypeScript file, in a thread of its own that is started on first use: a few
 * hundred bytes of TypeScript can keep a parser busy for hours, or make it run out of its stack.
 * Whatever the source does, the answer comes, and the next source finds a transformer that works.
 */
export async function transformTypeScript(source: {
  readonly path: string;
  readonly text: string;
}): Promise<TypeScriptTransform> {
  if (Buffer.byteLength(source.text) > MAXIMUM_SOURCE_BYTES) {
    const message = plainMessage(
      source.path,
      `The file is larger than ${MAXIMUM_SOURCE_BYTES} bytes, the most that can be TypeScript`,
    );
    return { ok: false, message };
  }
  const thread = await takeThread();
  try {
    return await thread.transform({ path: source.path, text: source.text });
  } finally {
    giveBack(thread);
  }
}

async function takeThread(): Promise<TypeScriptThread> {
  const thread = idle.pop();
  if (thread !== undefined) return thread;
  if (threadCount < MAXIMUM_THREADS) {
    threadCount += 1;
    return new TypeScriptThread();
  }
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}

function giveBack(thread: TypeScriptThread): void {
  const next = waiting.shift();
  if (next === undefined) idle.push(thread);
  else next(thread);
}
