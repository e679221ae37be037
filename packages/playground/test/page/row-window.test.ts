import { describe, expect, test } from 'vitest';
import { rowWindow } from '../../src/page/output/row-window.ts';

const view = { rowHeight: 20, viewHeight: 400, margin: 5 };

describe('the rows that are drawn', () => {
  test('are those that are seen and some more, whatever there is', () => {
    const window = rowWindow({ ...view, rowCount: 1_000_000, scrollTop: 0 });
    expect(window).toMatchObject({ from: 0, to: 25, top: 0 });
  });

  test('are all of them where there are few', () => {
    expect(rowWindow({ ...view, rowCount: 3, scrollTop: 0 })).toEqual({ height: 60, from: 0, to: 3, top: 0 });
  });

  test.each([1000, 700_000, 1_000_000, 2_000_000])('of %i, the last one is at the end', (rowCount) => {
    const { height } = rowWindow({ ...view, rowCount, scrollTop: 0 });
    expect(height).toBeLessThan(17_000_000);
    const { from, to, top } = rowWindow({ ...view, rowCount, scrollTop: height - view.viewHeight });
    expect(to).toBe(rowCount);
    // Its lower edge is the lower edge of what is scrolled.
    expect(top + (to - from) * view.rowHeight).toBeCloseTo(height, 3);
  });

  test('between two screens of a million no row is passed over', () => {
    const rowCount = 1_000_000;
    const { height } = rowWindow({ ...view, rowCount, scrollTop: 0 });
    for (let scrollTop = 0; scrollTop <= height - view.viewHeight; scrollTop += 4000) {
      const { from, to } = rowWindow({ ...view, rowCount, scrollTop });
      expect(to - from).toBeLessThan(35);
      const below = rowWindow({ ...view, rowCount, scrollTop: scrollTop + view.viewHeight / 2 });
      expect(below.from).toBeLessThan(to);
      expect(from).toBeLessThan(below.from);
    }
  });
});
