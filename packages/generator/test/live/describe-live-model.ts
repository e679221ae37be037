import { inspect } from 'node:util';
import { LANGUAGE_IDS, outputText } from '@cloche/core/executor';
import type { ExecutionResult } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { listModels, openCodeModel, probeModel } from '../../src/index.ts';
import { generate } from '../support/generate.ts';
import type { LiveEndpoint } from './live-endpoint.ts';
import { resolveEndpoint } from './live-endpoint.ts';

/** A model on somebody's own computer takes its time. */
const TIMEOUT_MS = 600_000;
const NO_CODE = 'You answer questions in one short sentence.';
const signal = new AbortController().signal;

/**
 * What any endpoint with any model that can program has to pass, or a skip with its reason.
 *
 * @param problem why it cannot run here; null where it can
 */
export function describeLiveModel(name: string, problem: string | null, open: () => LiveEndpoint): void {
  const register = problem === null ? () => describeAt(name, open) : () => skip(name, problem);
  register();
}

function skip(name: string, problem: string): void {
  test(`${name} passes the suite`, (context) => {
    context.skip(problem);
    expect.fail('a test that was skipped went on');
  });
}

function describeAt(name: string, open: () => LiveEndpoint): void {
  describe(name, { timeout: TIMEOUT_MS }, () => {
    test('says what it offers, and that it is there', async () => {
      const resolved = resolveEndpoint(open());
      expect(await listModels(resolved, { signal })).not.toEqual([]);
      expect(await probeModel(resolved, { signal })).toMatchObject({ available: true });
    });

    test('another key is refused, and shown nowhere', async (context) => {
      const endpoint = open();
      if (endpoint.apiKey === null) context.skip('not run: the endpoint wants no key');
      const apiKey = 'wrong-key-5b1e9c';
      const model = openCodeModel(resolveEndpoint({ ...endpoint, model: endpoint.model ?? 'any', apiKey }));
      const prompt = {
        system: NO_CODE,
        messages: [{ role: 'user', text: 'Say yes.' }],
        maximumOutputTokens: 1000,
      } as const;
      const error: unknown = await model
        .write(prompt, { signal, onText: () => undefined })
        .catch((failure: unknown) => failure);
      expect(error).toMatchObject({ code: 'ERR_GENERATOR_FAILED', retryable: false });
      expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(apiKey);
    });

    test('answers in pieces that are its text', async () => {
      const pieces: string[] = [];
      const answer = await openCodeModel(resolveEndpoint(open())).write(
        {
          system: NO_CODE,
          messages: [{ role: 'user', text: 'What is the capital of France?' }],
          maximumOutputTokens: 4000,
        },
        { signal, onText: (text) => pieces.push(text) },
      );
      expect(answer.text).toMatch(/paris/iu);
      expect(pieces.join('')).toBe(answer.text);
      expect(answer.ending).toBe('stop');
    });

    test('stopped at its length, it says so', async () => {
      const answer = await openCodeModel(resolveEndpoint(open())).write(
        {
          system: 'You write programs.',
          messages: [{ role: 'user', text: 'Write a text editor in C, in full.' }],
          maximumOutputTokens: 32,
        },
        { signal, onText: () => undefined },
      );
      expect(answer.ending).toBe('length');
    });

    test('cancelled, it ends with the reason', async () => {
      const stop = new AbortController();
      const reason = new Error('enough');
      const written = openCodeModel(resolveEndpoint(open())).write(
        {
          system: 'You write programs.',
          messages: [{ role: 'user', text: 'Write a text editor in C, in full.' }],
          maximumOutputTokens: 4000,
        },
        { signal: stop.signal, onText: () => stop.abort(reason) },
      );
      await expect(written).rejects.toBe(reason);
    });

    test.each(LANGUAGE_IDS)(
      'writes a program in %s that runs and prints what was asked for',
      async (language) => {
        const endpoint = open();
        const { result, events } = await generate(openCodeModel(resolveEndpoint(endpoint)), {
          requirement:
            'Print the first ten Fibonacci numbers, from 0 on, in one line, separated by single spaces.',
          language,
        });
        expect(result).toMatchObject({ status: 'ok', language });
        expect(outputOf(result.execution)).toContain('0 1 1 2 3 5 8 13 21 34');
        expect(inspect(events, { depth: Infinity })).not.toContain(endpoint.apiKey ?? '\0');
      },
    );

    test('writes what passes tests that it is given', async () => {
      const { result } = await generate(openCodeModel(resolveEndpoint(open())), {
        requirement: 'A function roman(number) that gives the Roman numeral of a number from 1 to 3999.',
        language: 'python',
        tests: {
          fileName: 'tests.py',
          language: 'python',
          code: 'from solution import roman\nassert roman(1994) == "MCMXCIV"\nassert roman(3999) == "MMMCMXCIX"\n',
        },
      });
      expect(result).toMatchObject({ status: 'ok', endedBy: 'success' });
    });

    test('chooses the language, and says which', async () => {
      const { result } = await generate(openCodeModel(resolveEndpoint(open())), {
        requirement: 'Print the word done.',
        language: null,
      });
      expect(result.status).toBe('ok');
      expect(LANGUAGE_IDS).toContain(result.language);
      expect(outputOf(result.execution)).toMatch(/done/iu);
    });
  });
}

function outputOf(execution: ExecutionResult | null): string {
  const run = execution?.run ?? null;
  return run === null ? '' : outputText(run.stdout);
}
