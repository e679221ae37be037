import type { Execution, ExecutionRequest, ExecutionResult } from '../../executor/index.ts';
import { ClocheError } from '../../executor/index.ts';
import { linkAbort } from '../link-abort.ts';
import type { RunOptions } from '../runner.ts';
import type { RunnerSession } from './runner-session.ts';
import type { SessionPlace } from './session-place.ts';

export interface CoreSessionOptions {
  readonly place: SessionPlace;
  readonly start: (request: ExecutionRequest, signal: AbortSignal) => Execution;
  readonly refuse: (request: ExecutionRequest, error: ClocheError) => Execution;
  readonly onClosed: (session: CoreSession) => void;
}

export class CoreSession implements RunnerSession {
  readonly #options: CoreSessionOptions;
  readonly #ending = new AbortController();
  readonly #results = new Set<Promise<ExecutionResult>>();
  #disposal: Promise<void> | null = null;

  constructor(options: CoreSessionOptions) {
    this.#options = options;
  }

  execute(request: ExecutionRequest, { signal }: Pick<RunOptions, 'signal'> = {}): Execution {
    const { start, refuse } = this.#options;
    if (this.#disposal !== null) return refuse(request, sessionClosed());
    if (request.collectArtifacts === false) return refuse(request, filesNeeded());
    const abort = new AbortController();
    const unlink = [linkAbort(this.#ending.signal, abort), linkAbort(signal ?? null, abort)];
    const execution = start({ ...request, collectArtifacts: true }, abort.signal);
    const { result } = execution;
    this.#results.add(result);
    const forget = (): void => {
      for (const end of unlink) end();
      this.#results.delete(result);
    };
    result.then(forget, forget);
    return execution;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#results);
    try {
      await this.#options.place[Symbol.asyncDispose]();
    } finally {
      this.#options.onClosed(this);
    }
  }
}

function sessionClosed(): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: { en: 'This session is closed and takes no more runs.', zh: '该会话已关闭，不再接受执行。' },
    hint: { en: 'Open another one.', zh: '请另开一个会话。' },
  });
}

function filesNeeded(): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: 'A session lives by the files of its runs, so collectArtifacts cannot be false.',
      zh: '会话依赖每次运行的文件，因此 collectArtifacts 不能为 false。',
    },
    hint: {
      en: 'Leave collectArtifacts out, or run without a session.',
      zh: '请去掉 collectArtifacts，或不使用会话运行。',
    },
  });
}
