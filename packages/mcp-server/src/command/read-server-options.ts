import type { HttpAuthentication } from '../http/http-options.ts';
import { configFlags } from './config-flags.ts';
import { invalidOption } from './invalid-option.ts';
import type { ConfigFlags } from './open-runner.ts';
import type { OptionReader } from './option-reader.ts';
import { DEFAULT_PORT } from './server-options.ts';

type JwtAuthentication = Extract<HttpAuthentication, { readonly kind: 'jwt' }>;

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Null: the token is of the environment, or made at the start. */
  readonly tokenFile: string | null;
  /** Null: clients send a token that this server knows. */
  readonly jwt: JwtAuthentication | null;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

export interface ServerOptions {
  /** Null: over standard input and output. */
  readonly http: HttpServerOptions | null;
  readonly flags: ConfigFlags;
}

const HTTP_TEXTS = ['host', 'port', 'token-file', 'jwt-issuer', 'jwt-keys', 'jwt-resource'] as const;
const HTTP_LISTS = ['allowed-host', 'allowed-origin', 'jwt-scope'] as const;
const HIGHEST_PORT = 65_535;

/** @throws ClocheError `ERR_REQUEST_INVALID` naming the option at fault */
export function readServerOptions(options: OptionReader): ServerOptions {
  const flags = configFlags(options);
  if (options.isSet('http')) return { flags, http: readHttpOptions(options) };
  const given =
    HTTP_TEXTS.find((name) => options.text(name) !== null) ??
    HTTP_LISTS.find((name) => options.list(name).length > 0);
  if (given === undefined) return { flags, http: null };
  throw invalidOption(
    {
      en: `--${given} is for HTTP, and --http is not given.`,
      zh: `--${given} 只用于 HTTP，但没有给出 --http。`,
    },
    { en: `Add --http, or leave --${given} out.`, zh: `请加上 --http，或去掉 --${given}。` },
  );
}

function readHttpOptions(options: OptionReader): HttpServerOptions {
  const jwt = readJwt(options);
  const tokenFile = options.text('token-file');
  if (jwt !== null && tokenFile !== null) {
    throw invalidOption(
      {
        en: '--token-file and --jwt-issuer contradict each other: one is a token of this server, the other takes those of another.',
        zh: '--token-file 与 --jwt-issuer 互相矛盾：前者使用本服务器的令牌，后者使用其他服务器签发的令牌。',
      },
      { en: 'Leave one of them out.', zh: '请去掉其中一个。' },
    );
  }
  return {
    host: options.text('host') ?? '127.0.0.1',
    port: readPort(options.text('port')),
    tokenFile,
    jwt,
    allowedHosts: options.list('allowed-host'),
    allowedOrigins: options.list('allowed-origin'),
  };
}

function readPort(given: string | null): number {
  if (given === null) return DEFAULT_PORT;
  const port = /^\d{1,5}$/u.test(given) ? Number(given) : Number.NaN;
  if (port <= HIGHEST_PORT) return port;
  const shown = JSON.stringify(given);
  throw invalidOption(
    { en: `--port is ${shown}, which is no port.`, zh: `--port 的值 ${shown} 不是端口。` },
    { en: `Give a number from 0 to ${HIGHEST_PORT}.`, zh: `请给出 0 到 ${HIGHEST_PORT} 之间的数字。` },
  );
}

function readJwt(options: OptionReader): JwtAuthentication | null {
  const issuer = options.text('jwt-issuer');
  const jwksUrl = options.text('jwt-keys');
  const resource = options.text('jwt-resource');
  const requiredScopes = options.list('jwt-scope');
  if (issuer !== null && resource !== null) {
    return { kind: 'jwt', issuer, resource, requiredScopes, ...(jwksUrl !== null && { jwksUrl }) };
  }
  if (issuer === null && jwksUrl === null && resource === null && requiredScopes.length === 0) return null;
  throw invalidOption(
    {
      en: '--jwt-issuer and --jwt-resource belong together, and not both of them are given.',
      zh: '--jwt-issuer 和 --jwt-resource 必须同时给出。',
    },
    {
      en: 'The issuer signs the tokens, the resource says whom they are for.',
      zh: '签发者签发令牌，resource 说明令牌的使用对象。',
    },
  );
}
