import type { Job } from '../agent/job.ts';
import { launchCommand } from '../agent/launch-command.ts';
import type { PollAnswer } from '../agent/poll-answer.ts';
import { parsePollAnswer } from '../agent/poll-answer.ts';
import type { StreamCursors, StreamName } from '../agent/poll-command.ts';
import { FIRST_CURSORS, POLL_WAIT_MS, pollCommand } from '../agent/poll-command.ts';
import { stopCommand } from '../agent/stop-command.ts';
import { pause } from '../pause.ts';
import { ServiceFailure, serviceFailure } from '../service/service-failure.ts';
import type { ServiceSandbox } from '../service/service-sandbox.ts';

/** What a poll may take in the sandbox before the service ends it. */
const EXECUTE_MS = POLL_WAIT_MS + 2000;
const STOP_MS = 3000;
const LONGEST_PAUSE_MS = 10_000;
/** What is left to be said after a stop comes within this time, or not at all. */
const LAST_WORDS_MS = 5000;

/** What a job needs of its sandbox. */
export type JobSandbox = Pick<ServiceSandbox, 'execute' | 'upload' | 'refresh' | 'state' | 'timing'>;

export interface JobHandlers {
  /** A line of what the agent says. */
  onSaid(words: string): void;
  /** What became of the stdin that was sent. */
  onStdin(words: string): void;
  onOutput(stream: OutputName, data: Buffer): void;
  onFiles(data: Buffer): void;
  /** From here on the program may have started. */
  onLaunch(): void;
  /** Resolves when more may come. */
  room(): Promise<void>;
}

/**
 * - `done`: everything was told.
 * - `gone`: the job's agent was ended, by the program or with the sandbox's memory.
 * - `given up`: it was stopped, or was late, and did not say its last words in time.
 */
export type DialogueEnding = 'done' | 'gone' | 'given up';

/**
 * Starts one job in a sandbox and hands on what it tells, to its end. Every request may be lost on the way: the launch
 * starts a job once however often it arrives, and what a poll tells is told again until it has arrived.
 */
export class JobDialogue {
  readonly #sandbox: JobSandbox;
  readonly #job: Job;
  readonly #handlers: JobHandlers;
  #cursors: StreamCursors = FIRST_CURSORS;
  readonly #said = new PartialLine();
  readonly #saidOfStdin = new PartialLine();
  /** What was said and must wait until the output before it has come. */
  readonly #words: string[] = [];
  /** Output of a phase that has not been said to have begun: what is said is looked at before it, in one answer. */
  readonly #early = new Map<StreamName, Buffer>();
  readonly #begun = new Set<StreamName>();
  #isStopped = false;
  #giveUpAtMs = Number.POSITIVE_INFINITY;
  #isLaunched = false;
  readonly #stopping = new AbortController();

  constructor(sandbox: JobSandbox, job: Job, handlers: JobHandlers) {
    this.#sandbox = sandbox;
    this.#job = job;
    this.#handlers = handlers;
  }

  /** By when it must be over, on the clock of `performance.now()`. */
  set giveUpAtMs(at: number) {
    this.#giveUpAtMs = Math.min(at, this.#isStopped ? this.#giveUpAtMs : Number.POSITIVE_INFINITY);
  }

  /** @throws ServiceFailure when the sandbox cannot be reached any more */
  async run(): Promise<DialogueEnding> {
    const launch = await launchCommand(this.#job, this.#cursors);
    if (launch.uploads.length > 0) {
      await this.#insist(() => this.#sandbox.upload(launch.uploads));
      if (this.#isStopped) return 'given up';
    }
    this.#isLaunched = true;
    this.#handlers.onLaunch();
    let answer = await this.#ask(launch.command);
    for (;;) {
      if (answer === null) return 'given up';
      this.#take(answer);
      if (answer.ending === 'done' || answer.ending === 'gone') return answer.ending;
      if (answer.ending === 'lost') throw lost();
      await this.#handlers.room();
      answer = await this.#ask(pollCommand(this.#job.id, this.#cursors));
    }
  }

  /** Ends the program. What it has written so far still comes. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#giveUpAtMs = Math.min(this.#giveUpAtMs, performance.now() + LAST_WORDS_MS);
    this.#isStopped = true;
    this.#stopping.abort();
    if (!this.#isLaunched) return;
    // Where it does not arrive, the sandbox is deleted with everything in it.
    await this.#sandbox.execute(stopCommand(this.#job.id), STOP_MS).catch(() => undefined);
  }

  #take({ chunks, ending }: PollAnswer): void {
    const arrived = new Map(this.#early);
    this.#early.clear();
    for (const { stream, first, next, data } of chunks) {
      // Only what follows directly upon what has arrived; anything else was told before or is a lie.
      if (first !== this.#cursors[stream]) continue;
      this.#cursors = { ...this.#cursors, [stream]: next };
      arrived.set(stream, Buffer.concat([arrived.get(stream) ?? Buffer.alloc(0), data]));
    }
    this.#words.push(...linesOf(this.#said, arrived.get('s')));
    for (const words of linesOf(this.#saidOfStdin, arrived.get('i'))) this.#handlers.onStdin(words);
    this.#handOn(arrived, ending === 'cut');
  }

  /** Output comes after the beginning of its phase and before its end, though each stream came for itself. */
  #handOn(arrived: Map<StreamName, Buffer>, isCut: boolean): void {
    while (this.#words.length > 0) {
      const [words = ''] = this.#words;
      const ends = Object.entries(STREAMS_OF).find(([end]) => words.startsWith(end));
      if (ends !== undefined) {
        for (const stream of ends[1]) this.#giveOut(stream, arrived);
        if (isCut) break;
      }
      for (const stream of STREAMS_BEGUN_BY[words] ?? []) this.#begun.add(stream);
      this.#words.shift();
      this.#handlers.onSaid(words);
    }
    for (const [stream, data] of arrived) {
      if (isOutput(stream) && !this.#begun.has(stream)) this.#early.set(stream, data);
      else this.#giveOut(stream, arrived);
    }
  }

  #giveOut(stream: StreamName, arrived: Map<StreamName, Buffer>): void {
    const data = arrived.get(stream);
    arrived.delete(stream);
    if (data === undefined) return;
    if (stream === 'f') this.#handlers.onFiles(data);
    else if (isOutput(stream)) this.#handlers.onOutput(stream, data);
  }

  /** Null when it is time to give up. */
  async #ask(command: string): Promise<PollAnswer | null> {
    return this.#insist(async () => {
      const answer = parsePollAnswer(await this.#sandbox.execute(command, EXECUTE_MS));
      if (answer === null) throw oddAnswer();
      return answer;
    });
  }

  async #insist<Value>(request: () => Promise<Value>): Promise<Value | null> {
    const unreachableAtMs = performance.now() + this.#sandbox.timing.unreachableMs;
    for (let attempt = 0; ; attempt += 1) {
      if (performance.now() > this.#giveUpAtMs) return null;
      try {
        return await this.#inTime(request());
      } catch (error) {
        const wait = this.#sandbox.timing.retryPausesMs[attempt];
        const isHopeless = wait === undefined || performance.now() > unreachableAtMs;
        if (!(error instanceof ServiceFailure) || isHopeless || error.kind === 'key') throw error;
        if (this.#isStopped && performance.now() > this.#giveUpAtMs) return null;
        await pause(
          Math.min(Math.max(wait, error.retryAfterMs ?? 0), LONGEST_PAUSE_MS),
          this.#stopping.signal,
        );
        if (attempt > 0) await this.#inTime(this.#checkAlive(error));
      }
    }
  }

  /** What is stopped is not waited for longer than its last words may take. */
  async #inTime<Value>(work: Promise<Value>): Promise<Value | null> {
    const { promise: over, resolve } = Promise.withResolvers<null>();
    const timer = setInterval(() => {
      if (performance.now() > this.#giveUpAtMs) resolve(null);
    }, 250);
    try {
      return await Promise.race([work, over]);
    } finally {
      clearInterval(timer);
      work.catch(() => undefined);
    }
  }

  /** A sandbox that has stopped will not answer however often it is asked. */
  async #checkAlive(failure: ServiceFailure): Promise<void> {
    try {
      await this.#sandbox.refresh();
    } catch (error) {
      if (error instanceof ServiceFailure && error.kind === 'missing') throw failure;
      return;
    }
    if (this.#sandbox.state !== 'started') throw failure;
  }
}

/** What has to have come before these words count. */
const STREAMS_OF: Readonly<Record<string, readonly StreamName[]>> = {
  'ended compile': ['co', 'ce'],
  'ended run': ['ro', 're'],
  'files given': ['f'],
};

const STREAMS_BEGUN_BY: Readonly<Record<string, readonly StreamName[]>> = {
  'started compile': ['co', 'ce'],
  'started run': ['ro', 're'],
};

type OutputName = 'co' | 'ce' | 'ro' | 're';

function isOutput(stream: StreamName): stream is OutputName {
  return stream.length === 2;
}

/** The beginning of a line whose rest has not come. */
class PartialLine {
  text = '';
}

function linesOf(partial: PartialLine, data: Buffer | undefined): string[] {
  const lines = (partial.text + (data?.toString('utf8') ?? '')).split('\n');
  partial.text = lines.pop() ?? '';
  return lines;
}

function oddAnswer(): ServiceFailure {
  return serviceFailure('server', 'the sandbox gave an answer that makes no sense');
}

function lost(): ServiceFailure {
  return serviceFailure('server', 'the sandbox knows nothing of the program any more');
}
