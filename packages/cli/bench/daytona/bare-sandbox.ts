import type { DaytonaServer } from '@cloche/daytona-test-server';

/** A sandbox that runs, asked with nothing in between: the least that a program in it can take. */
export class BareSandbox implements AsyncDisposable {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #address: string;
  readonly #toolbox: string;

  private constructor(apiKey: string, address: string, toolbox: string) {
    this.#headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
    this.#address = address;
    this.#toolbox = toolbox;
  }

  static async create(server: DaytonaServer): Promise<BareSandbox> {
    const { id } = await server.createSandbox({ networkBlockAll: true });
    const address = `${server.apiUrl}/sandbox/${id}`;
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${server.apiKey}` } });
    const { toolboxProxyUrl } = (await answer.json()) as { readonly toolboxProxyUrl: string };
    return new BareSandbox(server.apiKey, address, `${toolboxProxyUrl.replace(/\/$/u, '')}/${id}`);
  }

  /** @throws Error where it does not end with 0 */
  async run(command: string): Promise<void> {
    const answer = await fetch(`${this.#toolbox}/process/execute`, {
      method: 'POST',
      headers: this.#headers,
      body: JSON.stringify({ command }),
    });
    const { exitCode } = (await answer.json()) as { readonly exitCode?: number };
    if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode ?? `HTTP ${answer.status}`}.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { status } = await fetch(this.#address, { method: 'DELETE', headers: this.#headers });
    if (status !== 200) throw new Error(`The bare sandbox was not deleted: HTTP ${status}.`);
  }
}
