import type { CapturedOutput } from '@cloche/core/executor';
import { EMPTY_OUTPUT } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { boundedText } from '../../src/attempts/bounded-text.ts';
import { generate } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';

function captured(text: string): CapturedOutput {
  const head = new TextEncoder().encode(text);
  return { ...EMPTY_OUTPUT, head, byteCount: head.length };
}

describe('a bounded text', () => {
  const bounds = { head: 10, tail: 5 };
  test('is whole where there is room', () => {
    expect(boundedText(captured('0123456789abcde'), bounds)).toBe('0123456789abcde');
  });

  test('is its beginning and its end where there is not', () => {
    expect(boundedText(captured('0123456789 in the middle abcde'), bounds)).toBe(
      '0123456789\n[... 15 characters left out ...]\nabcde',
    );
  });

  test('never ends inside of a character', () => {
    const text = boundedText(captured('012345678😀 in the middle 😀abcd'), bounds);
    expect(text).toBe('012345678\n[... 19 characters left out ...]\nabcd');
  });

  test('has lines where a terminal would write over them', () => {
    expect(boundedText(captured('10%\r20%\r\ndone'), { head: 100, tail: 0 })).toBe('10%\n20%\ndone');
  });
});

/** The failure of one program, as the model is shown it. */
async function evidenceOf(language: 'python' | 'c', code: string, limits = {}): Promise<string> {
  const model = new ScriptedModel(fenced(language, code));
  const { result } = await generate(model, { language, limits, maximumAttempts: 1 });
  return result.attempts[0]?.error ?? '';
}

describe('the evidence', () => {
  test('of a program has little of what it printed, and the end of what it complained of', async () => {
    const code =
      'import sys\nprint("o" * 200000)\nsys.stderr.write("first\\n" + "e" * 200000 + "\\nlast\\n")\nsys.exit(9)';
    const evidence = await evidenceOf('python', code);
    expect(evidence.length).toBeLessThan(9000);
    expect(evidence).toMatch(/^It failed while it ran: exit code 9\.\n\nstderr:\nfirst\n/u);
    expect(evidence).toMatch(/e\nlast\n\nstdout:\no+/u);
    expect(evidence).toContain('characters left out');
  });

  test('of a compiler has the first of its messages', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `int a${index} = missing_${index};`);
    const evidence = await evidenceOf('c', `${lines.join('\n')}\nint main(void) { return 0; }`);
    expect(evidence).toContain('It did not compile: exit code 1.');
    expect(evidence).toContain('missing_0');
    expect(evidence).not.toContain('missing_150');
    expect(evidence.length).toBeLessThan(5000);
  });

  test('names the signal that ended a program', async () => {
    const code = 'import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\nimport time\ntime.sleep(5)';
    expect(await evidenceOf('python', code)).toContain('SIGSEGV');
  });

  test('of a program that was too slow has what it printed before', async () => {
    const evidence = await evidenceOf('python', 'print("step 1")\nwhile True: pass', { runTimeoutMs: 1000 });
    expect(evidence).toContain('It was stopped while it ran, since it took longer than 1 s.');
    expect(evidence).toContain('stdout:\nstep 1');
  });

  test('names what could be done, by a program and not by the person who runs it', async () => {
    const model = new ScriptedModel(fenced('python', 'while True: pass'), fenced('python', 'print(1)'));
    await generate(model, { limits: { runTimeoutMs: 500 } });
    const failure = model.prompts[1]?.messages.at(-1)?.text ?? '';
    expect(failure).toContain('Look for an endless loop');
    expect(failure).not.toContain('CLOCHE_');
  });

  test('of a program that says nothing says so', async () => {
    const model = new ScriptedModel(fenced('python', 'raise SystemExit(2)'), fenced('python', 'print(1)'));
    await generate(model);
    expect(model.prompts[1]?.messages.at(-1)?.text).toContain('exit code 2.\n\nIt printed nothing.');
  });
});
