import type { HttpAuthentication } from '../http/http-options.ts';
import type { McpService } from '../service/mcp-service.ts';
import type { CommandSurroundings } from './command-surroundings.ts';
import { isLoopback } from './is-loopback.ts';
import { openHost } from './open-host.ts';
import type { HttpServerOptions } from './read-server-options.ts';
import { readTokenFile } from './read-token-file.ts';
import type { ServerEnding } from './server-ending.ts';

interface HttpRun {
  readonly options: HttpServerOptions;
  readonly service: McpService;
  readonly surroundings: CommandSurroundings;
  readonly ending: ServerEnding;
}

/** Listens until the server is to end. */
export async function serveOverHttp({ options, service, surroundings, ending }: HttpRun): Promise<void> {
  const { host, port, allowedHosts, allowedOrigins } = options;
  const authentication = await authenticationOf(options, surroundings);
  // Loaded on use: most servers speak over standard input and output.
  const { serveHttp } = await import('../http/serve-http.ts');
  const serving = await serveHttp({
    service,
    host,
    port,
    authentication,
    allowedHosts,
    allowedOrigins,
    logger: openHost(surroundings).logger,
  });
  const isMade = authentication.kind === 'token' && authentication.token === undefined;
  tellAddress(serving.url, isMade ? serving.token : null, host, surroundings);
  await ending.ended();
  await serving.close();
}

async function authenticationOf(
  { jwt, tokenFile }: HttpServerOptions,
  surroundings: CommandSurroundings,
): Promise<HttpAuthentication> {
  if (jwt !== null) return jwt;
  const variable = surroundings.environment['CLOCHE_HTTP_TOKEN'] ?? '';
  const token = tokenFile === null ? variable : await readTokenFile(tokenFile, surroundings);
  return tokenFile === null && token === '' ? { kind: 'token' } : { kind: 'token', token };
}

/** @param token null where whoever starts the server knows it already: then it is shown to nobody */
function tellAddress(
  url: string,
  token: string | null,
  host: string,
  { messages }: CommandSurroundings,
): void {
  messages.note({ en: `The MCP server listens on ${url}`, zh: `MCP 服务器正在监听 ${url}` });
  if (token !== null) {
    messages.note(
      {
        en: `Clients send this header, which is shown only now: Authorization: Bearer ${token}`,
        zh: `客户端需发送以下请求头（仅显示这一次）：Authorization: Bearer ${token}`,
      },
      {
        en: 'To keep one token from start to start, set CLOCHE_HTTP_TOKEN or give --token-file.',
        zh: '如需每次启动使用同一令牌，请设置 CLOCHE_HTTP_TOKEN 或使用 --token-file。',
      },
    );
  }
  if (!isLoopback(host)) {
    messages.warning({
      en: 'Other machines can reach this address, and what goes over it is not encrypted. Put a proxy with TLS before it.',
      zh: '其他机器可以访问此地址，且传输内容未加密。请在前面部署启用 TLS 的代理。',
    });
  }
}
