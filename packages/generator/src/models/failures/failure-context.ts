import type { LocalizedText } from '@cloche/core/executor';
import type { ResolvedModel } from '../resolved-model.ts';
import { serviceOf } from '../resolve/known-services.ts';
import type { FailureFacts } from './failure-kind.ts';

/** What the words of an error are made of. */
export interface FailureContext {
  readonly provider: string;
  /** `Anthropic (api.anthropic.com)`. */
  readonly service: string;
  readonly address: string;
  /** Whether the address is the provider's own, which nobody set. */
  readonly isOwnAddress: boolean;
  readonly model: LocalizedText;
  readonly keySource: string;
  readonly withheldKey: string | null;
  /** Variable, flag or file, or what could be one. */
  readonly addressSource: string;
  /** What is most likely wrong with the address. Null: nothing is known to be. */
  readonly addressFlaw: LocalizedText | null;
  /** `: “words of the service”`, or a full stop. */
  readonly said: LocalizedText;
  readonly status: number | null;
  readonly networkCode: string | null;
  readonly delaySeconds: number | null;
  readonly limitSeconds: number | null;
  readonly limitMebibytes: number | null;
  /** Where a redirect leads: the host alone, since the rest may hold what is secret. */
  readonly location: string | null;
}

const ANY_ADDRESS = 'generator.baseUrl (CLOCHE_GENERATOR_BASE_URL)';
/** What people paste behind a base address. */
const CALL_PATH = /\/(?:chat\/completions|completions|responses|messages|models)$/u;

/** @param said the service's own words, already fit to be shown */
export function describeContext(
  resolved: ResolvedModel,
  facts: FailureFacts,
  said: string | null,
): FailureContext {
  const { provider, service, baseUrl } = resolved;
  const address = baseUrl ?? serviceOf(provider)?.baseUrl ?? '';
  const { host } = new URL(address);
  return {
    provider,
    service: service === host ? service : `${service} (${host})`,
    address,
    isOwnAddress: resolved.baseUrlSource === null,
    model: { en: resolved.model ?? 'the model', zh: resolved.model ?? '该模型' },
    keySource: resolved.keySource ?? 'generator.apiKey',
    withheldKey: resolved.withheldKey,
    addressSource: resolved.baseUrlSource ?? ANY_ADDRESS,
    addressFlaw: baseUrl === null ? null : addressFlaw(baseUrl),
    said: said === null ? { en: '.', zh: '。' } : { en: `: “${said}”`, zh: `：“${said}”` },
    status: facts.status,
    networkCode: facts.networkCode,
    delaySeconds: facts.retryAfterMs === null ? null : Math.ceil(facts.retryAfterMs / 1000),
    limitSeconds: facts.silence === null ? null : Math.ceil(facts.silence.limitMs / 1000),
    limitMebibytes: facts.oversizedBytes === null ? null : Math.ceil(facts.oversizedBytes / 1024 ** 2),
    location: facts.location === null ? null : hostOf(facts.location, address),
  };
}

function hostOf(location: string, address: string): string {
  return URL.canParse(location, address) ? new URL(location, address).origin : '?';
}

function addressFlaw(baseUrl: string): FailureContext['addressFlaw'] {
  const [path] = CALL_PATH.exec(baseUrl) ?? [];
  if (path !== undefined) {
    const short = baseUrl.slice(0, -path.length);
    return { en: `Leave out ${path} at its end: ${short}`, zh: `请去掉末尾的 ${path}：${short}` };
  }
  if (/\/v\d+\w*(?:\/|$)/u.test(new URL(baseUrl).pathname)) return null;
  return {
    en: `Most services want a version at its end: ${baseUrl}/v1`,
    zh: `多数服务要求末尾带版本号：${baseUrl}/v1`,
  };
}
