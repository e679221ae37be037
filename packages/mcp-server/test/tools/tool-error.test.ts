import { createLogger } from '@cloche/core';
import type { LogLevel } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import { internalError } from '../../src/command/internal-error.ts';
import { toolError } from '../../src/tools/tool-error.ts';

function logOf(error: unknown, level: LogLevel): string {
  let log = '';
  const stream = {
    write: (text: string) => {
      log += text;
    },
  };
  toolError(error, 'en', createLogger({ level, stream }));
  return log;
}

test.each([
  ['thrown by a tool', new TypeError('nobody foresaw this')],
  ['that a run ended with', internalError(new TypeError('nobody foresaw this'))],
])('a defect %s is in the log, and at the level that its hint names the log says where', (_what, error) => {
  const answer = toolError(error, 'en', createLogger({ level: 'silent' }));
  expect(JSON.stringify(answer.content)).toContain('CLOCHE_LOG=debug');
  expect(logOf(error, 'error')).toContain('nobody foresaw this');
  expect(logOf(error, 'error')).not.toContain('tool-error.test.ts');
  expect(logOf(error, 'debug')).toContain('tool-error.test.ts');
});

test('what was refused for a reason is not in the log', () => {
  const refusal = new ClocheError({ code: 'ERR_REQUEST_INVALID', message: { en: 'No.', zh: '不。' } });
  expect(logOf(refusal, 'debug')).toBe('');
});
