import { expect, test } from 'vitest';
import { PAGE_MESSAGES } from '../../src/page/text/page-messages.ts';
import { RESULT_MESSAGES } from '../../src/page/text/result-messages.ts';
import { SETTINGS_MESSAGES } from '../../src/page/text/settings-messages.ts';

const messages = Object.entries({ ...PAGE_MESSAGES, ...SETTINGS_MESSAGES, ...RESULT_MESSAGES });

test('every message exists in both languages, with the same parameters', () => {
  for (const [key, { en, zh }] of messages) {
    const parameters = (text: string): string[] => (text.match(/\{\w+\}/gu) ?? []).toSorted();
    expect(
      [en, zh].every((text) => text.trim() !== ''),
      key,
    ).toBe(true);
    expect(parameters(zh), key).toEqual(parameters(en));
  }
});
