import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/config/parse-duration.ts';
import { parseSize } from '../../src/config/parse-size.ts';

describe('durations', () => {
  test.each([
    ['90', 90_000],
    ['120s', 120_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    [' 1 S ', 1000],
    ['1d', 86_400_000],
    ['0', 0],
  ])('%j', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each([
    '',
    's',
    '-1s',
    '1e3',
    '1x',
    '1s1s',
    '0x10',
    '１s',
    'NaN',
    'Infinity',
    '9'.repeat(400),
    'constructor',
    '1constructor',
    '1 minute',
  ])('%j is none', (text) => {
    expect(() => parseDuration(text)).toThrow(`${JSON.stringify(text)} is not a duration.`);
  });
});

describe('sizes', () => {
  test.each([
    ['4096', 4096],
    ['512MiB', 536_870_912],
    ['512m', 536_870_912],
    ['1GB', 1_000_000_000],
    ['1.5 KiB', 1536],
    ['64kB', 64_000],
    ['10b', 10],
    ['1Gi', 1_073_741_824],
    ['1t', 1024 ** 4],
  ])('%j', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(['', 'MiB', '-1', '1ib', '1i', '1PiB', '1e9', '12 parsecs', '1,5k', '9'.repeat(30)])(
    '%j is none',
    (text) => {
      expect(() => parseSize(text)).toThrow(`${JSON.stringify(text)} is not a size.`);
    },
  );
});
