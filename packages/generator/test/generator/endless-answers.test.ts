import { setImmediate as tick } from 'node:timers/promises';
import type { CodeModel } from '@cloche/core';
import { expect, test } from 'vitest';
import { generate } from '../support/generate.ts';
import { ScriptedModel } from '../support/scripted-model.ts';

const MEBIBYTE = 1024 * 1024;

/** A model that keeps to no budget, and writes until it is hung up on. */
class EndlessModel implements CodeModel {
  readonly provider = 'endless';
  readonly model = 'endless-model';
  readonly #piece: string;
  length = 0;
  isHungUp = false;

  constructor(piece: string) {
    this.#piece = piece;
  }

  async write(...[, { signal, onText }]: Parameters<CodeModel['write']>): Promise<never> {
    // Far beyond what is heard; a test that fails is to end.
    while (this.length < 64 * MEBIBYTE) {
      this.isHungUp = signal.aborted;
      signal.throwIfAborted();
      onText(this.#piece);
      this.length += this.#piece.length;
      await tick();
    }
    throw new Error('Nobody has hung up.');
  }
}

test.each([
  ['code', '```python\nx = 1\n'.padEnd(10_000, 'x = 1\n')],
  ['words', 'word '.repeat(2000)],
])('of %s without an end, a mebibyte is heard', async (_name, piece) => {
  const model = new EndlessModel(piece);
  const { result } = await generate(model);
  expect(result).toMatchObject({ status: 'failed', endedBy: 'tokens_used', code: null });
  expect(result.usage.outputTokens).toBeNull();
  expect(model.length).toBeLessThan(1.1 * MEBIBYTE);
  await tick();
  expect(model.isHungUp).toBe(true);
});

test('an answer that comes as a whole is heard as far, and a program that is whole by then runs', async () => {
  const program = '```python\nprint(42)\n```\n';
  const model = new ScriptedModel({ pieces: [program.padEnd(3 * MEBIBYTE, 'words ')], isWhole: true });
  const { result } = await generate(model);
  expect(result).toMatchObject({ status: 'ok', code: 'print(42)\n' });
});
