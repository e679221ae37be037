import { NotAnEngineError, readFailure, SshFailedError } from './engine-failure.ts';

/** Why an engine was not reached, or was lost. */
export type ConnectionFailure =
  | 'missing'
  | 'refused'
  | 'permission'
  | 'silent'
  | 'cut'
  | 'unreachable'
  | 'tls'
  | 'ssh'
  | 'not-an-engine';

const BY_CODE: Readonly<Record<string, ConnectionFailure>> = {
  ENOENT: 'missing',
  ENOTSOCK: 'missing',
  ECONNREFUSED: 'refused',
  EACCES: 'permission',
  EPERM: 'permission',
  ETIMEDOUT: 'silent',
  ECONNRESET: 'cut',
  ECONNABORTED: 'cut',
  EPIPE: 'cut',
  ERR_STREAM_PREMATURE_CLOSE: 'cut',
  ERR_STREAM_DESTROYED: 'cut',
  ABORT_ERR: 'cut',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_UNTRUSTED: 'tls',
  CERT_SIGNATURE_FAILURE: 'tls',
};

const BY_CODE_PREFIX: readonly (readonly [prefix: string, failure: ConnectionFailure])[] = [
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['ERR_OSSL_', 'tls'],
  ['UNABLE_TO_', 'tls'],
  ['HPE_', 'not-an-engine'],
];

/** Null where the engine itself answered. */
export function classifyConnectionFailure(error: unknown): ConnectionFailure | null {
  if (error instanceof SshFailedError) return 'ssh';
  if (error instanceof NotAnEngineError) return 'not-an-engine';
  const { code, statusCode } = readFailure(error);
  if (code === null || statusCode !== null) return null;
  return BY_CODE[code] ?? BY_CODE_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
}
