import { GENERATOR_PROVIDERS } from '@cloche/core';
import type { ConfigKey } from '@cloche/core';
import { NETWORK_POLICIES } from '@cloche/core/executor';
import { durationText, sizeText } from './quantity-text.ts';
import { JsonFields } from '../http/json-fields.ts';
import { badRequest } from '../http/request-refused.ts';

/** A patch by the keys of the configuration: text as it reads it, or null for what the configuration itself says. */
export interface ParsedPatch {
  readonly changes: ReadonlyMap<ConfigKey, string | null>;
  readonly isSaved: boolean;
}

/** @throws RequestRefused 400 */
export function parseSettingsPatch(body: unknown): ParsedPatch {
  const fields = new JsonFields(body);
  const changes = new Map<ConfigKey, string | null>();
  const set = (key: ConfigKey, value: string | null | undefined): void => {
    if (value === undefined) return;
    if (value !== null && /[\p{Cc}\p{Cs}]/u.test(value)) throw controlCharacter(key);
    changes.set(key, value);
  };
  const setNumber = (
    key: ConfigKey,
    value: number | null | undefined,
    format: (value: number) => string,
  ): void => set(key, typeof value === 'number' ? format(value) : value);

  set('executor', fields.textOrNull('executor'));
  set('network', fields.oneOfOrNull('network', NETWORK_POLICIES));
  setNumber('limits.timeout', fields.numberOrNull('timeoutMs'), durationText);
  setNumber('limits.memory', fields.numberOrNull('memoryBytes'), sizeText);
  const daytona = fields.object('daytona');
  set('daytona.apiKey', daytona?.textOrNull('apiKey'));
  set('daytona.apiUrl', daytona?.textOrNull('apiUrl'));
  daytona?.refuseOthers();
  const generator = fields.object('generator');
  set('generator.provider', generator?.oneOfOrNull('provider', GENERATOR_PROVIDERS));
  set('generator.model', generator?.textOrNull('model'));
  set('generator.baseUrl', generator?.textOrNull('baseUrl'));
  set('generator.apiKey', generator?.textOrNull('apiKey'));
  setNumber('generator.maxAttempts', generator?.numberOrNull('maximumAttempts'), String);
  generator?.refuseOthers();
  const isSaved = fields.boolean('save') ?? false;
  fields.refuseOthers();
  return { changes, isSaved };
}

function controlCharacter(key: ConfigKey): Error {
  return badRequest(`${key} holds a control character or a line break.`, `${key} 含有控制字符或换行。`);
}
