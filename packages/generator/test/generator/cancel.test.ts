import { getEventListeners } from 'node:events';
import type { GenerationEvent } from '@cloche/core';
import { describe, expect, test, vi } from 'vitest';
import { openGenerator } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';
import { openTestRunner } from '../support/test-runner.ts';

const REQUEST = { requirement: 'x', language: 'python' } as const;

describe('cancelled', () => {
  test('before it began, no model is asked', async () => {
    const model = new ScriptedModel(fenced('python', 'print(1)'));
    const generation = openGenerator(model).generate(REQUEST, { signal: AbortSignal.abort() });
    expect(await generation.result).toMatchObject({
      status: 'cancelled',
      endedBy: 'cancelled',
      attempts: [],
    });
    expect(model.prompts).toEqual([]);
  });

  test.each(['until aborted', 'deaf'] as const)(
    'while a model that listens %s is writing, nothing is waited for, and nothing is run',
    async (hangs) => {
      const model = new ScriptedModel({ pieces: ['```python\nprint(1)\n'], hangs });
      const abort = new AbortController();
      const generation = openGenerator(model).generate(REQUEST, { signal: abort.signal });
      const types: string[] = [];
      for await (const event of generation) {
        types.push(event.type);
        if (event.type === 'code') abort.abort();
      }
      expect(types).toEqual(['attempt', 'code', 'attempted', 'result']);
      const result = await generation.result;
      expect(result).toMatchObject({
        status: 'cancelled',
        endedBy: 'cancelled',
        code: null,
        execution: null,
      });
      expect(result.attempts).toMatchObject([{ status: 'cancelled', code: null }]);
      expect(result.durationMs).toBeLessThan(2000);
    },
  );

  test('what a model says afterwards is not heard', async () => {
    const abort = new AbortController();
    let say: (text: string) => void = () => undefined;
    const model = {
      provider: 'late',
      model: null,
      write: (_: unknown, { onText }: { onText: (text: string) => void }): Promise<never> => {
        say = onText;
        onText('```python\nprint(1)\n');
        return new Promise(() => undefined);
      },
    };
    const events: GenerationEvent[] = [];
    const generation = openGenerator(model).generate(REQUEST, { signal: abort.signal });
    for await (const event of generation) {
      events.push(event);
      if (event.type === 'code') {
        abort.abort();
        say('print(2)\n');
      }
    }
    say('print(3)\n');
    expect(JSON.stringify(events)).not.toMatch(/print\([23]\)/u);
  });

  test('while its program runs, the program is stopped, and what it printed stays', async () => {
    const model = new ScriptedModel(
      fenced('python', 'import sys, time\nsys.stdout.write("up\\n")\ntime.sleep(600)'),
      fenced('python', 'print(2)'),
    );
    const abort = new AbortController();
    const generation = openGenerator(model).generate(REQUEST, { signal: abort.signal });
    for await (const event of generation) {
      if (event.type === 'execution' && event.event.type === 'stdout') abort.abort();
    }
    const result = await generation.result;
    expect(result).toMatchObject({ status: 'cancelled', endedBy: 'cancelled' });
    expect(result.attempts).toMatchObject([{ status: 'cancelled', language: 'python' }]);
    expect(result.execution).toMatchObject({ status: 'cancelled', run: { stoppedBy: 'cancelled' } });
    expect(result.execution?.run?.stdout.byteCount).toBe(3);
    expect(model.repliesLeft).toBe(1);
  });

  test('when all is over, nothing changes, and nothing is left that listens or waits', async () => {
    const abort = new AbortController();
    const model = new ScriptedModel(fenced('python', 'print(1)'), fenced('python', 'print(2)'));
    const runner = openTestRunner();
    const generator = openGenerator(model, runner);
    await generator.generate(REQUEST, { signal: abort.signal }).result;
    const timers = timerCount();
    const { result } = generator.generate(REQUEST, { signal: abort.signal });
    await result;
    await vi.waitFor(() => expect(timerCount()).toBeLessThanOrEqual(timers));
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
    abort.abort();
    expect((await result).status).toBe('ok');
  });

  test.each([
    ['a model that cannot be had', { pieces: [], failure: new Error('no') }],
    ['a request that is refused', null],
  ])('%s leaves nothing that listens either', async (_, reply) => {
    const abort = new AbortController();
    const model = new ScriptedModel(...(reply === null ? [] : [reply]));
    const request = reply === null ? { ...REQUEST, requirement: '' } : REQUEST;
    await expect(
      openGenerator(model).generate(request, { signal: abort.signal }).result,
    ).rejects.toHaveProperty('code');
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });
});

function timerCount(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
