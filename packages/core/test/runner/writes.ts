import type { Body } from './scripted-executor.ts';
import { resultOf } from './scripted-executor.ts';

const CHUNK_BYTES = 64 * 1024;

/** Writes `byteCount` bytes in chunks of 64 KiB, as a pipe gives them. */
export function writes(byteCount: number, onWritten: (byteCount: number) => void = () => undefined): Body {
  return async (plan, controller) => {
    controller.emit({ type: 'stage', stage: 'run', state: 'started' });
    const data = new Uint8Array(CHUNK_BYTES);
    for (let written = 0; written < byteCount; written += data.length) {
      if (!controller.emit({ type: 'stdout', phase: 'run', data })) await controller.drained();
      onWritten(written);
    }
    return resultOf(plan);
  };
}
