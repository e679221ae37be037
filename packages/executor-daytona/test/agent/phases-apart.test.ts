import { expect, test } from 'vitest';
import { JobDialogue } from '../../src/execution/job-dialogue.ts';
import { testJob } from '../support/shell-sandbox.ts';

const chunk = (stream: string, first: number, text: string): string =>
  `D ${stream} ${first} ${first + 1} ${Buffer.from(text).toString('base64')}`;

/** What is told in which order, where the sandbox answers so. */
async function told(answers: readonly (readonly string[])[]): Promise<string[]> {
  const left = answers.map((lines) => `\n${lines.join('\n')}\n`);
  const events: string[] = [];
  const dialogue = new JobDialogue(
    {
      execute: () => Promise.resolve(left.shift() ?? '\nlost\n'),
      upload: () => Promise.resolve(),
      refresh: () => Promise.resolve(),
      state: 'started',
      timing: { unreachableMs: 1000, retryPausesMs: [] },
    } as unknown as ConstructorParameters<typeof JobDialogue>[0],
    testJob(['true']),
    {
      onSaid: (words) => events.push(words),
      onStdin: () => undefined,
      onOutput: (stream, data) => events.push(`${stream}: ${data.toString()}`),
      onFiles: () => undefined,
      onLaunch: () => undefined,
      room: () => Promise.resolve(),
    },
  );
  expect(await dialogue.run()).toBe('done');
  return events;
}

test('what a program printed while an answer was being put together belongs to its own phase', async () => {
  const events = await told([
    // Looked at in this order: the phase began, printed and ended after the words were read.
    [chunk('s', 0, 'ready\nstarted compile\n'), chunk('ro', 0, 'first '), 'E'],
    [chunk('ro', 1, 'second '), 'E'],
    [
      chunk('s', 1, 'ended compile 0 - 0 1\nstarted run\nended run 0 - 0 1\n'),
      chunk('ro', 2, 'third'),
      'done',
    ],
  ]);
  expect(events).toEqual([
    'ready',
    'started compile',
    'ended compile 0 - 0 1',
    'started run',
    'ro: first second third',
    'ended run 0 - 0 1',
  ]);
});

test('nor does it come before the end of a phase whose output is more than one answer holds', async () => {
  const events = await told([
    [
      chunk('s', 0, 'started compile\nended compile 0 - 0 1\nstarted run\n'),
      chunk('co', 0, 'a'),
      chunk('ro', 0, 'c'),
      'cut',
    ],
    [chunk('co', 1, 'b'), 'E'],
    [chunk('s', 1, 'ended run 0 - 0 1\n'), 'done'],
  ]);
  expect(events).toEqual([
    'started compile',
    'co: a',
    'co: b',
    'ended compile 0 - 0 1',
    'started run',
    'ro: c',
    'ended run 0 - 0 1',
  ]);
});
