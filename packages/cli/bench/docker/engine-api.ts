import { request } from 'node:http';

/** The engine's API with nothing in between, which is the quickest that there is. */
export class EngineApi {
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** Names of the containers with this label, and whether each runs. */
  async containers(label: string): Promise<ReadonlyMap<string, boolean>> {
    const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
    const answer = await this.#call('GET', `/containers/json?all=1&filters=${filters}`);
    const listed = JSON.parse(answer.toString()) as { Id: string; State: string }[];
    return new Map(listed.map(({ Id, State }) => [Id, State === 'running']));
  }

  /** Runs a command in a running container, up to the end of its output and its exit code. */
  async exec(container: string, argv: readonly string[]): Promise<void> {
    const definition = { AttachStdout: true, AttachStderr: true, Cmd: argv };
    const created = await this.#call('POST', `/containers/${container}/exec`, definition);
    const { Id: id } = JSON.parse(created.toString()) as { Id: string };
    await this.#call('POST', `/exec/${id}/start`, { Detach: false, Tty: false });
    const ended = await this.#call('GET', `/exec/${id}/json`);
    const { ExitCode: exitCode } = JSON.parse(ended.toString()) as { ExitCode: number | null };
    if (exitCode !== 0) throw new Error(`${argv.join(' ')} ended with ${exitCode}.`);
  }

  #call(method: string, path: string, body?: object): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    const headers = { 'Content-Type': 'application/json' };
    const call = request({ socketPath: this.#socketPath, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answer = Buffer.concat(chunks);
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300) resolve(answer);
        else reject(new Error(`${method} ${path}: ${statusCode} ${answer.toString()}`));
      });
    });
    call.on('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
    return promise;
  }
}
