import { describe, expect, test } from 'vitest';
import { describeContext } from '../../src/models/failures/failure-context.ts';
import { NO_FACTS } from '../../src/models/failures/failure-kind.ts';
import type { FailureFacts } from '../../src/models/failures/failure-kind.ts';
import { FAILURE_TEXTS } from '../../src/models/failures/failure-texts.ts';
import { redact } from '../../src/models/failures/redact.ts';
import { resolveModel } from '../../src/index.ts';
import type { ResolvedModel } from '../../src/index.ts';
import { generatorConfig } from './support/test-models.ts';

/** What the kinds that speak of it are made of. */
const SOME_FACTS: FailureFacts = {
  ...NO_FACTS,
  networkCode: 'ECODE',
  silence: { where: 'body', limitMs: 1000 },
  oversizedBytes: 1024 ** 2,
};
const ALL_FACTS: FailureFacts = { ...SOME_FACTS, status: 418, said: 'words', retryAfterMs: 2500 };

function contexts(): readonly [string, ReturnType<typeof describeContext>][] {
  const own = resolved({}, { ANTHROPIC_API_KEY: 'k' });
  const elsewhere = resolved(
    {
      provider: 'openai',
      baseUrl: 'https://models.example.com/api',
      baseUrlSource: { kind: 'user', name: 'config.toml:3' },
    },
    { OPENAI_API_KEY: 'o' },
  );
  const unchosen = resolved({ baseUrl: 'http://127.0.0.1:11434/v1' }, {});
  return [
    ['its own address, everything known', describeContext(own, ALL_FACTS, 'words')],
    ['its own address, little known', describeContext(own, SOME_FACTS, null)],
    [
      'another address, everything known',
      describeContext(elsewhere, { ...ALL_FACTS, location: '/x' }, 'words'),
    ],
    ['another address, little known', describeContext(elsewhere, SOME_FACTS, null)],
    ['no model is chosen yet', describeContext(unchosen, SOME_FACTS, null)],
  ];
}

function resolved(
  given: Parameters<typeof generatorConfig>[0],
  environment: Record<string, string>,
): ResolvedModel {
  const model = resolveModel(generatorConfig(given), environment);
  if (model === null) throw new Error('nothing is configured');
  return model;
}

describe.each(contexts())('%s', (_name, context) => {
  test.each(Object.entries(FAILURE_TEXTS))(
    '%s has whole sentences in both languages, and advice',
    (_kind, { message, hint }) => {
      for (const text of [message(context), hint(context)]) {
        expect(text.en).toMatch(/^\S.*(?:[.”]|\/v1)$/u);
        expect(text.zh).toMatch(/\p{Script=Han}.*(?:[。”]|\/v1)$/u);
        expect(text.zh).not.toContain('the model');
        expect(`${text.en}${text.zh}`).not.toMatch(/undefined|null|\[object|NaN|--\w/u);
      }
    },
  );
});

test('of a service’s words, no key, no control character and no page is left', () => {
  expect(redact('bad key sk-ant-api03-AAAA****ZZZZ and AIzaSyD-0123456789 and Bearer abc', null)).toBe(
    'bad key [key] and [key] and [key]',
  );
  expect(redact('a\u001B[31m\nred\u202E line\r\n', null)).toBe('a [31m red line');
  expect(redact('the mine-1 key', 'mine-1')).toBe('the [key] key');
  expect([...redact('🧊'.repeat(1000), null)]).toHaveLength(301);
});
