import { expect, test } from 'vitest';
import { EventParser, readEvents } from '../../src/page/server/read-events.ts';

const stream = ['id: 1', 'data: {"type":"stdout","phase":"run","text":"a\\n"}', '', ': kept open', ''].concat(
  ['id: 2', 'data: {"type":"code","text":"é"}', '', ''],
);

test.each([1, 3, 1000])('events are whole in pieces of %i characters', (size) => {
  const text = stream.join('\n');
  const parser = new EventParser();
  const events = [];
  for (let start = 0; start < text.length; start += size) {
    events.push(...parser.push(text.slice(start, start + size)));
  }
  expect(events).toEqual([
    { number: 1, event: { type: 'stdout', phase: 'run', text: 'a\n' } },
    { number: 2, event: { type: 'code', text: 'é' } },
  ]);
});

test('a character that is cut in two arrives whole', async () => {
  const bytes = new TextEncoder().encode(stream.join('\n'));
  const cut = bytes.indexOf(0xc3) + 1;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(bytes.slice(0, cut));
      controller.enqueue(bytes.slice(cut));
      controller.close();
    },
  });
  const texts: string[] = [];
  await readEvents(body, (events) => {
    for (const { event } of events) if ('text' in event) texts.push(event.text);
  });
  expect(texts).toEqual(['a\n', 'é']);
});

test('a stream whose events cannot be taken is let go of, with the reason', async () => {
  let isLetGo = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(stream.join('\n'))),
    cancel: () => {
      isLetGo = true;
    },
  });
  const reading = readEvents(body, () => {
    throw new Error('not to be shown');
  });
  await expect(reading).rejects.toThrow('not to be shown');
  expect(isLetGo).toBe(true);
});
