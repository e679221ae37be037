import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { testEnvironment } from '../../environment.ts';

type Mode = 'forward' | 'stall' | 'garbage';

const GARBAGE = '\u0000\u0001 SSH-2.0-nothing\r\n\r\n{"not":"http"}\r\n';

/** Where the tests' own engine listens. */
function engineSocket(): string {
  const address = testEnvironment()['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  if (!address.startsWith('unix://')) throw new Error(`not an engine of this machine: ${address}`);
  return address.slice('unix://'.length);
}

/** A socket that leads to the tests' engine until it is told otherwise. */
export class EngineProxy implements AsyncDisposable {
  readonly #directory: string;
  readonly #clients = new Set<Socket>();
  #server: Server | null = null;
  #mode: Mode = 'forward';
  #cut: RegExp | null = null;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(): Promise<EngineProxy> {
    const proxy = new EngineProxy(await mkdtemp(path.join(os.tmpdir(), 'cloche-proxy-')));
    await proxy.listen();
    return proxy;
  }

  get address(): string {
    return `unix://${this.#path}`;
  }

  get #path(): string {
    return path.join(this.#directory, 'engine.sock');
  }

  async listen(): Promise<void> {
    this.#mode = 'forward';
    this.#server = createServer((client) => this.#accept(client));
    this.#server.listen(this.#path);
    await once(this.#server, 'listening');
  }

  /** Nothing listens any more, and every connection is broken. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    const closed = server === null ? null : once(server, 'close');
    server?.close();
    for (const client of this.#clients) client.destroy();
    await closed;
  }

  /** Accepts, and passes nothing on in either direction any more; or, again, everything. */
  stall(): void {
    this.#mode = 'stall';
    for (const client of this.#clients) client.pause();
  }

  resume(): void {
    this.#mode = 'forward';
    for (const client of this.#clients) client.resume();
  }

  talkGarbage(): void {
    this.#mode = 'garbage';
  }

  /** Breaks the first connection whose request looks like this, once the engine has it. */
  cutOnce(request: RegExp): void {
    this.#cut = request;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
    await rm(this.#directory, { recursive: true, force: true });
  }

  #accept(client: Socket): void {
    this.#clients.add(client);
    client.on('error', () => undefined);
    client.on('close', () => this.#clients.delete(client));
    if (this.#mode === 'garbage') {
      client.end(GARBAGE);
      return;
    }
    const engine = connect(engineSocket());
    engine.on('error', () => client.destroy());
    engine.on('close', () => client.destroy());
    client.on('close', () => engine.destroy());
    client.on('data', (chunk: Buffer) => {
      engine.write(chunk);
      if (this.#cut === null || !this.#cut.test(chunk.toString('latin1'))) return;
      this.#cut = null;
      client.destroy();
    });
    client.on('end', () => engine.end());
    engine.on('data', (chunk: Buffer) => {
      if (this.#mode === 'forward') client.write(chunk);
    });
    if (this.#mode === 'stall') client.pause();
  }
}
