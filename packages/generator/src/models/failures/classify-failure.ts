import { FORBIDDEN_PORT } from './failure-kind.ts';
import type { FailureFacts, FailureKind } from './failure-kind.ts';

interface Rule {
  readonly kind: FailureKind;
  readonly codes?: RegExp;
  /** Of the service's sentence, where it has no code for it. */
  readonly said?: RegExp;
  readonly statuses?: readonly number[];
}

/**
 * The first that fits: what a service means by its codes, then by its words, then by its status. Words count only
 * together with a status that they may stand behind.
 */
const RULES: readonly Rule[] = [
  // Of a setting, not of its value.
  { kind: 'rejected', codes: /unsupported_parameter/u },
  {
    kind: 'no_credit',
    codes: /insufficient_quota|current_quota|billing|insufficient_balance|credit|arrearage/u,
  },
  // Anthropic's has no code of its own: a 400 that says "Your credit balance is too low".
  {
    kind: 'no_credit',
    said: /credit balance|insufficient balance|requires? billing|exceeded your monthly/iu,
    statuses: [400, 402, 403, 429],
  },
  { kind: 'no_credit', statuses: [402] },
  { kind: 'bad_key', codes: /invalid_api_key|authentication|api_key_invalid|unauthenticated/u },
  { kind: 'forbidden', codes: /permission|forbidden|unsupported_country/u },
  { kind: 'bad_key', said: /api[ _-]?key/iu, statuses: [400, 403] },
  { kind: 'bad_key', statuses: [401] },
  { kind: 'unknown_model', codes: /model_not_(?:found|exist|available)|invalid_model/u },
  {
    kind: 'unknown_model',
    said: /\bmodels?\b.*(?:not (?:found|exist|supported|available|valid)|does not exist|unknown)|(?:unknown|invalid|no such|not a valid) model|^model: /iu,
    statuses: [400, 404, 422],
  },
  { kind: 'context_too_long', codes: /context_length_exceeded|request_too_large|string_above_max_length/u },
  {
    kind: 'context_too_long',
    said: /context (?:length|window)|prompt is too long|input token count|too many (?:input )?tokens|maximum context|exceeds? the (?:available )?context/iu,
    statuses: [400, 413, 422, 500],
  },
  { kind: 'context_too_long', statuses: [413] },
  {
    kind: 'output_limit',
    said: /max(?:imum)?[ _](?:completion_|output_|new_)?tokens|maxOutputTokens/u,
    statuses: [400, 422],
  },
  { kind: 'overloaded', codes: /overloaded|unavailable|capacity/u },
  { kind: 'overloaded', statuses: [503, 529] },
  { kind: 'rate_limited', codes: /rate_limit|resource_exhausted|throttl/u },
  { kind: 'rate_limited', statuses: [429] },
  { kind: 'forbidden', statuses: [403] },
  { kind: 'service_failed', codes: /server_error|api_error|internal/u },
];

const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_)|_CERT|^EPROTO$/u;
const NETWORK_KINDS: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'connection_refused',
  ENOTFOUND: 'unknown_host',
  EAI_AGAIN: 'unknown_host',
  EAI_NODATA: 'unknown_host',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  [FORBIDDEN_PORT]: 'forbidden_port',
  UND_ERR_HEADERS_TIMEOUT: 'late',
  UND_ERR_BODY_TIMEOUT: 'silent',
};

/** @param hasKey whether a key was sent */
export function classifyFailure(facts: FailureFacts, hasKey: boolean): FailureKind {
  if (facts.silence !== null) return facts.silence.where === 'answer' ? 'late' : 'silent';
  if (facts.oversizedBytes !== null) return 'oversized';
  const kind = kindOf(facts);
  return (kind === 'bad_key' || kind === 'forbidden') && !hasKey ? 'no_key' : kind;
}

function kindOf(facts: FailureFacts): FailureKind {
  const { networkCode, status } = facts;
  if (networkCode !== null && status === null) return facts.isCut ? 'cut' : networkKind(networkCode);
  if (facts.isCut) return 'cut';
  if (facts.isMalformed) return 'malformed';
  if (facts.isOurs) return 'unknown';
  if (isNoApi(facts)) return 'wrong_address';
  const rule = RULES.find((candidate) => fits(candidate, facts));
  if (rule !== undefined) return rule.kind;
  if (status === null) return facts.said === null ? 'unknown' : 'service_failed';
  // Some services describe a failure under a status that says that all is well.
  if (status >= 500 || status < 400) return 'service_failed';
  // An API that does not know a path does not say which model it does not know.
  return status === 404 || status === 405 ? 'wrong_address' : 'rejected';
}

/** A page, a redirect, or words where an API would answer in JSON: something else listens there. */
function isNoApi({ status, contentType, said }: FailureFacts): boolean {
  if (status === null) return false;
  if (status < 400) return status >= 300 || said === null;
  return contentType === 'text/html' && said === null && status < 500 && status !== 429;
}

function fits({ codes, said, statuses }: Rule, facts: FailureFacts): boolean {
  if (codes !== undefined) return facts.codes.some((code) => codes.test(code));
  const hasStatus = statuses === undefined || (facts.status !== null && statuses.includes(facts.status));
  return hasStatus && (said === undefined || (facts.said !== null && said.test(facts.said)));
}

function networkKind(code: string): FailureKind {
  if (TLS_CODE.test(code)) return 'certificate';
  // Something answers there that does not speak HTTP.
  if (code.startsWith('HPE_') || code === 'HTTPParserError') return 'wrong_address';
  return NETWORK_KINDS[code] ?? 'connection_lost';
}
