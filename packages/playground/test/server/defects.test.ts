import { describe, expect, test } from 'vitest';
import type { PlaygroundGeneration } from '../../src/index.ts';
import { ROUTES } from '../../src/index.ts';
import { PageClient } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';

/** Of somebody whose generator has a defect. */
const DEFECTIVE: PlaygroundGeneration = {
  describe: () => Promise.resolve(null),
  open: () => Promise.reject(new TypeError('at what the program says')),
  listModels: () => Promise.reject(new RangeError('at what the service says')),
};

describe('what nobody foresaw', () => {
  test('in a run is told without its words, and logged with the place where it happened', async () => {
    const log: string[] = [];
    const { serving } = await startServer({ generation: DEFECTIVE, log });
    const client = await PageClient.of(serving);
    const { id } = await client.start({ kind: 'generate', language: null, requirement: 'x' });
    const [failed] = await client.events(id);
    expect(failed).toMatchObject({ type: 'failed', error: { code: 'ERR_INTERNAL' } });
    const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 'error', run: id, error: 'TypeError' }),
        expect.objectContaining({
          level: 'debug',
          run: id,
          frames: expect.stringContaining('defects.test') as string,
        }),
      ]),
    );
    expect(log.join('')).not.toContain('what the program says');
  });

  test('in a request, too', async () => {
    const log: string[] = [];
    const { serving } = await startServer({ generation: DEFECTIVE, log });
    const client = await PageClient.of(serving);
    expect((await client.send('GET', ROUTES.models)).status).toBe(500);
    expect(log.join('')).toContain('"error":"RangeError"');
    expect(log.join('')).toContain('defects.test');
    expect(log.join('')).not.toContain('what the service says');
  });

  test('is all that is logged: what was foreseen is told alone', async () => {
    const log: string[] = [];
    const { serving } = await startServer({ log });
    const client = await PageClient.of(serving);
    const { id } = await client.start({ kind: 'generate', language: null, requirement: 'x' });
    expect(await client.events(id)).toMatchObject([{ error: { code: 'ERR_GENERATOR_FAILED' } }]);
    expect((await client.send('GET', ROUTES.models)).status).toBe(502);
    expect(log.filter((line) => line.includes('"error"'))).toEqual([]);
  });
});
