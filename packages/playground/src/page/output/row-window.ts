/** Browsers make no element taller than some 17 to 33 million pixels. */
const MAXIMUM_HEIGHT = 15_000_000;

export interface RowWindow {
  /** Of the element that scrolls, in pixels. */
  readonly height: number;
  /** The first row to be drawn, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Where the first drawn row stands, in pixels. */
  readonly top: number;
}

export interface RowWindowRequest {
  readonly rowCount: number;
  readonly rowHeight: number;
  readonly viewHeight: number;
  readonly scrollTop: number;
  /** Rows drawn beyond each edge. */
  readonly margin: number;
}

/**
 * Which rows are seen. Where all of them would be taller than an element can be, the way of the scroll bar is
 * compressed: its end is still the last row.
 */
export function rowWindow({
  rowCount,
  rowHeight,
  viewHeight,
  scrollTop,
  margin,
}: RowWindowRequest): RowWindow {
  const wanted = rowCount * rowHeight;
  const height = Math.min(wanted, MAXIMUM_HEIGHT);
  const way = Math.max(1, height - viewHeight);
  const reached = Math.max(0, Math.min(scrollTop, way));
  const offset = wanted === height ? reached : (reached / way) * (wanted - viewHeight);
  const first = Math.floor(offset / rowHeight);
  const from = Math.max(0, first - margin);
  const to = Math.min(rowCount, Math.ceil((offset + viewHeight) / rowHeight) + margin);
  return { height, from, to, top: reached - (offset - from * rowHeight) };
}
