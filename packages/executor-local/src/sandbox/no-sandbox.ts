import type { LocalizedText } from '@cloche/core/executor';
import { startDirectPlace } from '../place/direct-place.ts';
import type { Sandbox } from './sandbox.ts';

/** @param reasons why there is no sandbox, for people */
export function noSandbox(reasons: readonly LocalizedText[]): Sandbox {
  return {
    isolation: 'none',
    detail: 'no sandbox',
    holdsScratch: false,
    holdsProcesses: false,
    canDenyNetwork: false,
    holdsProcessTree: false,
    warnings: [
      {
        en: 'Programs run without a sandbox: they can read your files, use your network and change what you can change.',
        zh: '程序在没有沙箱的情况下运行：它们可以读取您的文件、使用您的网络，并更改您能更改的内容。',
      },
      ...reasons,
    ],
    startPlace: (pipes, setup) => startDirectPlace(pipes, setup, () => []),
  };
}
