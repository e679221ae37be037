import { expect, test } from 'vitest';
import type { LoggerOptions } from '../../src/host/create-logger.ts';
import { createLogger, parseLogSetting } from '../../src/host/create-logger.ts';

function written(options: Omit<LoggerOptions, 'stream'>): string[] {
  const lines: string[] = [];
  const logger = createLogger({ ...options, stream: { write: (text) => lines.push(text) } });
  logger.debug('looked', { count: 1 });
  logger.info('began');
  logger.warn('slow', { name: 'a\nb', ok: false });
  logger.error('broke \u001B[31m\nFAKE', { code: null });
  return lines;
}

test('text is one line each, and steers no terminal', () => {
  expect(written({ level: 'debug' })).toEqual([
    'cloche debug: looked count=1\n',
    'cloche info: began\n',
    'cloche warn: slow name="a\\nb" ok=false\n',
    'cloche error: broke  [31m FAKE code=null\n',
  ]);
});

test.each([
  ['info', 3],
  ['warn', 2],
  ['error', 1],
  ['silent', 0],
] as const)('at %s, %i of four are written', (level, count) => {
  expect(written({ level })).toHaveLength(count);
});

test('JSON is one object a line', () => {
  const [line = ''] = written({ level: 'error', format: 'json' });
  expect(line.match(/\n/gu)).toHaveLength(1);
  expect(JSON.parse(line)).toMatchObject({ level: 'error', message: 'broke \u001B[31m\nFAKE', code: null });
});

test.each([
  ['debug', { level: 'debug', format: 'text' }],
  ['JSON', { level: 'info', format: 'json' }],
  ['warn, json', { level: 'warn', format: 'json' }],
  ['loud', null],
  ['debug,info', null],
  ['', null],
] as const)('CLOCHE_LOG=%j', (setting, expected) => {
  expect(parseLogSetting(setting)).toEqual(expected);
});
