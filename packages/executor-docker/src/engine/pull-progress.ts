import type { PullProgress } from './engine.ts';

interface LayerState {
  bytesDone: number;
  bytesTotal: number | null;
  isDone: boolean;
}

/** Adds up what an engine says about single layers while it pulls. */
export class PullProgressTracker {
  readonly #layers = new Map<string, LayerState>();

  /** @returns whether the line told of progress */
  read(line: Readonly<Record<string, unknown>>): boolean {
    const { id, status } = line;
    if (typeof id !== 'string' || typeof status !== 'string') return false;
    const layer = this.#layers.get(id);
    if (status === 'Pulling fs layer' || status === 'Waiting') {
      if (layer === undefined) this.#layers.set(id, { bytesDone: 0, bytesTotal: null, isDone: false });
      return layer === undefined;
    }
    // What was here before is no byte to be fetched.
    if (status === 'Already exists') {
      this.#layers.set(id, { bytesDone: 0, bytesTotal: 0, isDone: true });
      return true;
    }
    const update = UPDATES[status];
    if (update === undefined) return false;
    const state = layer ?? { bytesDone: 0, bytesTotal: null, isDone: false };
    update(state, readDetail(line['progressDetail']));
    this.#layers.set(id, state);
    return true;
  }

  progress(): PullProgress {
    const layers = [...this.#layers.values()];
    const totals = layers.map((layer) => layer.bytesTotal);
    return {
      layersDone: layers.filter((layer) => layer.isDone).length,
      layersTotal: layers.length,
      bytesDone: layers.reduce((sum, layer) => sum + layer.bytesDone, 0),
      bytesTotal: totals.every((total) => total !== null)
        ? totals.reduce((sum, total) => sum + total, 0)
        : null,
    };
  }
}

interface ProgressDetail {
  readonly current: number | null;
  readonly total: number | null;
}

const UPDATES: Readonly<Record<string, (layer: LayerState, detail: ProgressDetail) => void>> = {
  Downloading: (layer, { current, total }) => {
    layer.bytesDone = current ?? layer.bytesDone;
    layer.bytesTotal = total ?? layer.bytesTotal;
  },
  'Verifying Checksum': () => {},
  'Download complete': (layer) => {
    // A small layer is there at once, without a word about its size.
    layer.bytesTotal ??= layer.bytesDone;
    layer.bytesDone = layer.bytesTotal;
  },
  Extracting: () => {},
  'Pull complete': (layer) => {
    layer.bytesTotal ??= layer.bytesDone;
    layer.bytesDone = layer.bytesTotal;
    layer.isDone = true;
  },
};

function readDetail(detail: unknown): ProgressDetail {
  const isObject = typeof detail === 'object' && detail !== null;
  const current = isObject && 'current' in detail ? detail.current : null;
  const total = isObject && 'total' in detail ? detail.total : null;
  return {
    current: typeof current === 'number' ? current : null,
    // Where the registry does not say, engines put 0 or -1.
    total: typeof total === 'number' && total > 0 ? total : null,
  };
}
