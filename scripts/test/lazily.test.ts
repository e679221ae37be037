import { describe, expect, test, vi } from 'vitest';
import { lazily, once } from '../lazily.ts';

class Box {
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  double(): number {
    return this.size * 2;
  }
}

describe('what is made lazily', () => {
  test('is made when something is asked of it, and once', () => {
    const make = vi.fn<() => Box>(() => new Box(2));
    const box = lazily(make);
    expect(make).not.toHaveBeenCalled();
    expect([box.size, box.double(), box.size]).toEqual([2, 4, 2]);
    expect(make).toHaveBeenCalledOnce();
  });

  test.each([
    ['a property', (box: Box) => 'size' in box],
    ['a class', (box: Box) => box instanceof Box],
  ])('is what it stands for, first asked for %s', (_, ask) => {
    expect(ask(lazily(() => new Box(2)))).toBe(true);
  });

  test('is made again where the first time failed', () => {
    const make = vi
      .fn<() => number>(() => 7)
      .mockImplementationOnce(() => {
        throw new Error('not yet');
      });
    const value = once(make);
    expect(value).toThrow('not yet');
    expect([value(), value()]).toEqual([7, 7]);
  });
});
