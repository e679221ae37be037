import { expect, test } from 'vitest';
import type { Settings } from '../../src/api/settings.ts';
import { SettingsChanges } from '../../src/page/state/settings-changes.ts';

const free = <Value>(value: Value): { value: Value; source: null; locked: null } => ({
  value,
  source: null,
  locked: null,
});

/** What a change here can touch; the rest plays no part. */
function settings(timeoutMs: number, memoryBytes: number): Settings {
  const generator = { provider: free(null) };
  return { timeoutMs: free(timeoutMs), memoryBytes: free(memoryBytes), generator } as unknown as Settings;
}

function open(): { changes: SettingsChanges; shown: () => readonly [number, number] } {
  let latest = settings(1, 1);
  const changes = new SettingsChanges((next) => (latest = next));
  return { changes, shown: () => [latest.timeoutMs.value, latest.memoryBytes.value] };
}

test('a change shows at once, beside what an answer says that does not know of it', () => {
  const { changes, shown } = open();
  const first = changes.begin({ timeoutMs: 2 }, settings(1, 1));
  expect(shown()).toEqual([2, 1]);
  changes.begin({ memoryBytes: 2 }, settings(2, 1));
  changes.take(first, settings(2, 1));
  expect(shown()).toEqual([2, 2]);
});

test('an answer that is overtaken by a later one is not shown', () => {
  const { changes, shown } = open();
  const first = changes.begin({ timeoutMs: 2 }, settings(1, 1));
  const second = changes.begin({ memoryBytes: 2 }, settings(2, 1));
  changes.take(second, settings(2, 2));
  changes.take(first, settings(2, 1));
  expect(shown()).toEqual([2, 2]);
});

test('a look that began before a change, or beside one, is not shown', () => {
  const { changes, shown } = open();
  const before = changes.look();
  const number = changes.begin({ timeoutMs: 2 }, settings(1, 1));
  const beside = changes.look();
  changes.take(number, settings(2, 1));
  before(settings(1, 1));
  beside(settings(1, 1));
  expect(shown()).toEqual([2, 1]);
  changes.look()(settings(3, 3));
  expect(shown()).toEqual([3, 3]);
});

test('of a change that comes to nothing, nothing stays after the next look', () => {
  const { changes, shown } = open();
  const number = changes.begin({ timeoutMs: 2 }, settings(1, 1));
  changes.drop(number);
  changes.look()(settings(1, 1));
  expect(shown()).toEqual([1, 1]);
});
