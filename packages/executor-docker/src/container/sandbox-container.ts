import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OwnerIdentity } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import type { Engine } from '../engine/engine.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { AgentDialogue } from './agent-dialogue.ts';
import { AGENT_ANNOUNCEMENT, AGENT_SCRIPT } from './agent-script.ts';
import type { ContainerSpec } from './container-spec.ts';
import { AGENT_PROCESSES, containerDefinition } from './container-spec.ts';
import type { ContainerEvents } from './container-events.ts';
import { containerEvents } from './container-events.ts';
import type { Ending } from './ending.ts';
import { readEnding } from './ending.ts';
import { FrameDemultiplexer } from './frame-demultiplexer.ts';
import { filterNetwork } from './filter-network.ts';
import type { Greeting } from './greeting.ts';
import { readGreeting } from './greeting.ts';
import type { StartedAhead } from './job-script.ts';
import { aheadScript } from './job-script.ts';
import type { OutputHandler } from './job-output.ts';
import { JobOutput } from './job-output.ts';

const MARKER_BYTES = 16;
const NAME_BYTES = 8;
/** The host gives up a waiting container first, so that it never hands out one that is just going. */
const IDLE_SLACK_SECONDS = 10;
const ENGINE_PATIENCE_MS = 1500;
const MAKING_PAUSES_MS = [0, 400, 1600];
const GREETING_PAUSE_MS = 3000;
const GREETING_ATTEMPTS = 10;

export interface ContainerSetup {
  readonly engine: Engine;
  readonly spec: ContainerSpec;
  readonly owner: OwnerIdentity;
  /** How long it waits for a job until it ends by itself, milliseconds. */
  readonly idleMs: number;
  /** When nobody can need it any more, milliseconds since the epoch. */
  readonly deadlineMs: number;
  /** A program to be started ahead; null for none. */
  readonly ahead: StartedAhead | null;
}

/** One single-use container, from its creation to its removal. */
export class SandboxContainer {
  readonly name: string = `cloche-${randomBytes(NAME_BYTES).toString('hex')}`;
  readonly spec: ContainerSpec;
  readonly ahead: StartedAhead | null;
  /** It waits for its job, and what it found in force. Rejects where it ended before it could say, or cannot be used. */
  readonly greeting: Promise<Greeting>;
  /** The program has ended and all of its output was handed on. Rejects where the container ended without saying so. */
  readonly ending: Promise<Ending>;
  /** Everything that it had to say has been said, or it is gone. */
  readonly over: Promise<void>;
  readonly startedAtMs: number = Date.now();
  readonly #setup: ContainerSetup;
  readonly #dialogue: AgentDialogue;
  readonly #events: ContainerEvents;
  #socket: Duplex | null = null;
  #id: string | null = null;
  #creation: Promise<string> | null = null;
  // An image whose interpreter prints without end before it has a program is of no use started ahead.
  readonly #output: JobOutput = new JobOutput(() => this.#socket?.destroy());
  #isLost = false;
  #isNetworkFiltered = false;
  #removal: Promise<void> | null = null;
  /** What stands at the end of its output; known to nobody else before the program starts. */
  readonly #marker: string = randomBytes(MARKER_BYTES).toString('hex');

  constructor(setup: ContainerSetup) {
    this.#setup = setup;
    this.spec = setup.spec;
    this.ahead = setup.ahead;
    const events = containerEvents();
    this.#events = events;
    this.greeting = Promise.all([events.greeting.promise, events.prepared.promise]).then(
      ([greeting]) => greeting,
    );
    this.greeting.catch(() => undefined);
    this.ending = events.ending.promise;
    this.over = events.over.promise;
    this.#dialogue = new AgentDialogue(this.#marker, {
      onGreeting: (lines) => {
        const own = { processCount: AGENT_PROCESSES, scratchBytes: setup.spec.scratchBytes };
        events.greeting.resolve(readGreeting(lines, own));
      },
      onOutput: (stream, data) => this.#output.push(stream, data),
      onEnding: (lines) => events.ending.resolve(readEnding(lines)),
      onFiles: (chunk) => this.#output.pushFiles(chunk),
      onDone: () => events.over.resolve(),
    });
  }

  /** Whether its network, where it has one, is kept away from the gateway, the local network and the metadata address. */
  get isNetworkFiltered(): boolean {
    return this.#isNetworkFiltered;
  }

  /** Whether the agent has said everything, files and all. */
  get hasToldAll(): boolean {
    return this.#dialogue.isDone;
  }

  /** Whether it has ended by itself, or the engine has let go of it. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** @throws ClocheError when the engine cannot, the signal's reason when it aborts; {@link remove} is for the caller. */
  async start(signal: AbortSignal): Promise<void> {
    const { engine, spec, owner, deadlineMs } = this.#setup;
    try {
      signal.throwIfAborted();
      this.#creation = engine.containers.create(this.name, containerDefinition(spec, owner, deadlineMs));
      this.#id = await unlessAborted(this.#creation, signal);
      this.#listen(await engine.containers.attach(this.#id, { signal }));
      this.#send(this.#opening());
      await engine.containers.start(this.#id, { signal });
      void this.#watchForGreeting();
      if (spec.network === 'full') {
        this.#isNetworkFiltered = await unlessAborted(filterNetwork(engine, this.#id, spec, owner), signal);
      }
      this.#events.prepared.resolve();
    } catch (error) {
      this.#lose();
      throw error;
    }
  }

  /** A container that has started says so at once, unless the engine no longer passes it on. */
  async #watchForGreeting(): Promise<void> {
    const greeted = this.#events.greeting.promise.then(
      () => true,
      () => true,
    );
    for (let attempt = 0; attempt < GREETING_ATTEMPTS; attempt += 1) {
      if (await Promise.race([greeted, sleep(GREETING_PAUSE_MS, false, { ref: false })])) return;
      if ((await this.engineProblem()) !== null) break;
    }
    this.#socket?.destroy();
  }

  /**
   * Sends a job; its output goes to `handler` from now on. Once only.
   *
   * @param isAhead the job's program is the one that waits: what that has printed already is the job's output too
   */
  run(message: Buffer, handler: OutputHandler, isAhead = false): void {
    this.#output.open(handler, isAhead);
    this.#send(message);
  }

  /** The way to the program's stdin, where the job has one. */
  get stdin(): Duplex | null {
    return this.#socket;
  }

  /** Reads no further until {@link resume}: the program is slowed down when the pipes are full. */
  pause(): void {
    this.#socket?.pause();
  }

  resume(): void {
    this.#socket?.resume();
  }

  /** Whether the engine saw that memory ran out, for a container that ended without a word. */
  async wasOutOfMemory(): Promise<boolean> {
    return (
      this.#id !== null && (await this.#setup.engine.containers.wasOutOfMemory(this.#id, this.startedAtMs))
    );
  }

  /** Why the engine does not answer; null where it does. */
  async engineProblem(): Promise<ClocheError | null> {
    try {
      await this.#setup.engine.identify({ timeoutMs: ENGINE_PATIENCE_MS });
      return null;
    } catch (error) {
      if (ClocheError.isInstance(error)) return error;
      throw error;
    }
  }

  /** Whether this process may end while the container is there. A waiting one must not hold it. */
  keepProcess(keeps: boolean): void {
    const socket: (Duplex & Partial<Pick<Socket, 'ref' | 'unref'>>) | null = this.#socket;
    if (keeps) socket?.ref?.();
    else socket?.unref?.();
  }

  /** Ends whatever runs in it, and removes it. Without effect the second time. */
  remove(): Promise<void> {
    this.#removal ??= this.#remove();
    return this.#removal;
  }

  async #remove(): Promise<void> {
    if (this.#creation === null) return;
    try {
      // A creation comes about, whoever has given it up.
      const id = await this.#creation.catch(() => null);
      if (id === null) await this.#removeByName();
      else await this.#setup.engine.containers.remove(id);
    } finally {
      // Who waits for its end must not wait for an engine that does not answer.
      this.#socket?.destroy();
    }
  }

  /** The engine may still be about to make it, where it was lost while it was asked to. */
  async #removeByName(): Promise<void> {
    for (const pauseMs of MAKING_PAUSES_MS) {
      await sleep(pauseMs);
      await this.#setup.engine.containers.remove(this.name);
    }
  }

  #opening(): Buffer {
    const agent = Buffer.from(
      `cloche_idle=${Math.ceil(this.#setup.idleMs / 1000) + IDLE_SLACK_SECONDS} cloche_marker=${this.#marker}\n${AGENT_SCRIPT}`,
    );
    const ahead = this.ahead === null ? '' : aheadScript(this.ahead);
    return Buffer.concat([
      Buffer.from(`${AGENT_ANNOUNCEMENT}${agent.length}\n`),
      agent,
      Buffer.from(ahead, 'latin1'),
    ]);
  }

  #listen(socket: Duplex): void {
    this.#socket = socket;
    const demultiplexer = new FrameDemultiplexer((stream, payload) => this.#dialogue.push(stream, payload));
    socket.on('data', (chunk: Buffer) => demultiplexer.push(chunk));
    for (const end of ['end', 'close', 'error']) socket.once(end, () => this.#lose());
  }

  #lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#dialogue.end();
    this.#events.lose();
  }

  #send(message: Buffer): void {
    this.#socket?.write(message);
  }
}
