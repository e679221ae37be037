import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { NEWEST, toolCall } from './message.ts';
import type { ServerPackage, ServerProcess } from './server-package.ts';

const TOKEN = 'a-token-of-the-benchmark-0123456789';

/** One connection that is kept, in the newest revision. */
export class HttpClient implements AsyncDisposable {
  readonly #process: ServerProcess;
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(server: ServerProcess, url: string) {
    this.#process = server;
    this.#url = url;
  }

  static async start(server: ServerPackage): Promise<HttpClient> {
    const child = server.start(['--http', '--port', '0'], { environment: { CLOCHE_HTTP_TOKEN: TOKEN } });
    let said = '';
    for await (const chunk of child.stderr) {
      said += String(chunk);
      const url = /http:\S+/u.exec(said)?.[0];
      if (url !== undefined) return new HttpClient(child, url);
    }
    throw new Error(`The server does not listen: ${said}`);
  }

  /** @throws Error for an answer that is an error */
  async call(
    name: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const call = request(this.#url, {
      agent: this.#agent,
      method: 'POST',
      headers: {
        Authorization: `Bearer ${TOKEN}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'MCP-Protocol-Version': NEWEST,
        'Mcp-Method': 'tools/call',
        'Mcp-Name': name,
      },
    });
    call.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...toolCall(NEWEST, name, input) }));
    const [response] = (await once(call, 'response')) as [NodeJS.ReadableStream];
    const body = await text(response);
    const message = body.startsWith('{')
      ? body
      : (/^data: (?<json>\{.*\})$/mu.exec(body)?.groups?.['json'] ?? '{}');
    const { result } = JSON.parse(message) as {
      result?: { structuredContent?: Record<string, unknown>; isError?: boolean };
    };
    if (result?.structuredContent === undefined || result.isError === true)
      throw new Error(`${name} failed: ${body}`);
    return result.structuredContent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#agent.destroy();
    this.#process.kill('SIGTERM');
    await ended;
  }
}
