import { describe, expect, test } from 'vitest';
import type { CapturedOutput } from '../../src/executor/index.ts';
import { OutputCapture, outputText } from '../../src/executor/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function capture(limitBytes: number, chunks: readonly Uint8Array[]): CapturedOutput {
  const output = new OutputCapture(limitBytes);
  for (const chunk of chunks) output.append(chunk);
  return output.finish();
}

/** The rule itself, over the whole output at once. */
function expected(limitBytes: number, whole: Uint8Array): CapturedOutput {
  const truncated = whole.length > limitBytes;
  const headBytes = truncated ? Math.ceil(limitBytes / 2) : whole.length;
  return {
    head: whole.slice(0, headBytes),
    tail: truncated ? whole.slice(whole.length - Math.floor(limitBytes / 2)) : new Uint8Array(0),
    byteCount: whole.length,
    truncated,
  };
}

describe('OutputCapture', () => {
  test('keeps head and tail by the rule, however the output is cut into chunks', () => {
    for (const limitBytes of [0, 1, 2, 3, 7, 8, 64, 5000, 10_000]) {
      for (const length of [0, 1, 2, 7, 8, 9, 63, 64, 65, 200, 9999, 10_001]) {
        const whole = Uint8Array.from({ length }, (_, index) => index % 251);
        for (const size of [1, 3, 64, 8192, 20_000]) {
          const chunks: Uint8Array[] = [];
          for (let start = 0; start < length; start += size) chunks.push(whole.subarray(start, start + size));
          expect(capture(limitBytes, chunks), `${limitBytes} of ${length} by ${size}`).toEqual(
            expected(limitBytes, whole),
          );
        }
      }
    }
  });

  test('keeps its own copy: a read buffer may be used again', () => {
    const buffer = Buffer.from('first');
    const output = new OutputCapture(100);
    output.append(buffer);
    buffer.write('XXXXX');
    expect(outputText(output.finish())).toBe('first');
  });

  test('a few bytes of a large read buffer do not keep the buffer alive', () => {
    const output = capture(100, [Buffer.alloc(64 * 1024).subarray(0, 10)]);
    expect(output.head.buffer.byteLength).toBeLessThan(100);
  });

  test('a program that writes single bytes costs no more than the cap', () => {
    const limitBytes = 4 * 1024 * 1024;
    const output = new OutputCapture(limitBytes);
    const before = process.memoryUsage();
    const byte = new Uint8Array(1);
    for (let index = 0; index < limitBytes / 2; index += 1) output.append(byte);
    const after = process.memoryUsage();
    expect(after.rss - before.rss).toBeLessThan(10 * limitBytes);
    expect(output.finish().byteCount).toBe(limitBytes / 2);
  });
});

describe('outputText', () => {
  test('whole output is decoded, and what is no UTF-8 is replaced', () => {
    expect(outputText(capture(100, [bytes('żółć '), Uint8Array.of(0xff), bytes('!')]))).toBe('żółć �!');
  });

  test('a byte order mark is output like any other', () => {
    expect(outputText(capture(100, [bytes('\uFEFFx')]))).toBe('\uFEFFx');
  });

  test('the cut never goes through a character, wherever it falls', () => {
    const whole = bytes('aé€😀'.repeat(20));
    for (let limitBytes = 0; limitBytes < whole.length; limitBytes += 1) {
      const output = capture(limitBytes, [whole]);
      const text = outputText(output);
      expect(text).not.toContain('\uFFFD');
      const missing = Number(/\[\.\.\. (?<count>\d+) bytes left out \.\.\.\]/u.exec(text)?.groups?.['count']);
      const [head = '', tail = ''] = text.split(/\n\[.*\]\n/u);
      expect(bytes(head).length + missing + bytes(tail).length).toBe(whole.length);
    }
  });

  test('binary output around a cut is shown, not swallowed', () => {
    const whole = new Uint8Array(100).fill(0x80);
    const text = outputText(capture(20, [whole]));
    expect(text.split('�').length - 1).toBeGreaterThanOrEqual(10 + 7);
  });
});
