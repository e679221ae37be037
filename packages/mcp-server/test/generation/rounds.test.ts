import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../src/http/serve-http.ts';
import { modernCall } from '../http/support/modern-call.ts';
import { openTestService } from '../support/test-service.ts';
import { says } from './support/client-model.ts';
import { fenced } from './support/programs.ts';

const ADA = 'a-token-of-ada-0123456789';
const BOB = 'a-token-of-bob-0123456789';

interface RawResult {
  readonly resultType?: string;
  readonly isError?: boolean;
  readonly content?: readonly { readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly inputRequests?: Readonly<Record<string, { readonly method: string; readonly params: object }>>;
  readonly requestState?: string;
}

type Ask = (
  token: string,
  name: string,
  given: Record<string, unknown>,
  round?: Record<string, unknown>,
) => Promise<RawResult>;

/** Without any SDK at the client's end, at revision 2026-07-28, with a model to lend. */
async function openRounds(): Promise<AsyncDisposable & { readonly ask: Ask }> {
  const opened = await openTestService();
  const authentication = { kind: 'token', token: [ADA, BOB] } as const;
  const serving = await serveHttp({ service: opened.service, authentication });
  return {
    async ask(token, name, given, round = {}) {
      const { headers, body, method } = modernCall(`Bearer ${token}`, name, given);
      const message = JSON.parse(
        body.replace('clientCapabilities":{}', 'clientCapabilities":{"sampling":{}}'),
      ) as {
        readonly params: object;
      };
      const asked = JSON.stringify({ ...message, params: { ...message.params, ...round } });
      const response = await fetch(serving.url, { method, headers, body: asked });
      const text = await response.text();
      const data = /^data: (?<json>\{.*"(?:result|error)".*)$/mu.exec(text)?.groups?.['json'] ?? text;
      return (JSON.parse(data) as { result: RawResult }).result;
    },
    async [Symbol.asyncDispose]() {
      await serving.close();
      await opened[Symbol.asyncDispose]();
    },
  };
}

const REQUEST = { requirement: 'Print 42.' };

describe('a generation in rounds', () => {
  test('asks by its answer, and goes on with the answer of the client’s model alone', async () => {
    await using rounds = await openRounds();
    const asked = await rounds.ask(ADA, 'generate_code', REQUEST);
    expect(asked).toMatchObject({
      resultType: 'input_required',
      inputRequests: { program: { method: 'sampling/createMessage', params: { maxTokens: 32_000 } } },
      requestState: expect.stringMatching(/^[\da-f]{32}\.1$/u),
    });
    const { requestState } = asked;
    // Without an answer it is the same question again.
    expect(await rounds.ask(ADA, 'generate_code', REQUEST, { requestState })).toEqual(asked);
    const inputResponses = { program: says(fenced('print(6 * 7)')) };
    const done = await rounds.ask(ADA, 'generate_code', REQUEST, { requestState, inputResponses });
    expect(done.structuredContent).toMatchObject({ status: 'ok', execution: { stdout: '42\n' } });
    // A round that comes twice tells the same, and runs nothing.
    const again = await rounds.ask(ADA, 'generate_code', REQUEST, { requestState, inputResponses });
    expect(again.structuredContent).toEqual(done.structuredContent);
  });

  test('is nobody else’s, whatever state they send', async () => {
    await using rounds = await openRounds();
    const { requestState } = await rounds.ask(ADA, 'generate_code', REQUEST);
    const inputResponses = { program: says(fenced('print("taken over")')) };
    const taken = await rounds.ask(BOB, 'generate_code', REQUEST, { requestState, inputResponses });
    const never = await rounds.ask(BOB, 'generate_code', REQUEST, {
      requestState: `${'0'.repeat(32)}.1`,
      inputResponses,
    });
    expect(taken.isError).toBe(true);
    expect(taken.content).toEqual(never.content);
    expect(taken.content?.[0]?.text).toContain('There is no run');
    const mine = { program: says(fenced('print("mine")')) };
    const done = await rounds.ask(ADA, 'generate_code', REQUEST, { requestState, inputResponses: mine });
    expect(done.structuredContent).toMatchObject({ execution: { stdout: 'mine\n' } });
  });

  test('takes no run of another tool, and no state that is none', async () => {
    await using rounds = await openRounds();
    const run = await rounds.ask(ADA, 'execute_code', { language: 'bash', code: 'echo 1' });
    const runId = String(run.structuredContent?.['run_id']);
    for (const requestState of [`${runId}.1`, runId, '../../etc', '']) {
      const other = await rounds.ask(ADA, 'generate_code', REQUEST, { requestState });
      const text = other.content?.[0]?.text;
      expect([other.isError, text]).toEqual([true, expect.stringContaining('There is no run')]);
    }
    const anew = await rounds.ask(ADA, 'generate_code', REQUEST);
    expect(anew).toMatchObject({ resultType: 'input_required' });
    const late = await rounds.ask(ADA, 'generate_code', REQUEST, {
      requestState: anew.requestState?.replace('.1', '.7'),
      inputResponses: { program: says(fenced('print("of another question")')) },
    });
    expect(late).toEqual(anew);
  });
});
