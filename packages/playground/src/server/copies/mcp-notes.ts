import { DEFAULT_RUNNER_CONFIG } from '@cloche/core';
import { LANGUAGES } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import type { RunRequest } from '../../api/runs.ts';
import { durationText } from '../settings/quantity-text.ts';
import type { ChosenValues } from './chosen-values.ts';

interface Note {
  readonly isNeeded: (request: RunRequest, chosen: ChosenValues) => boolean;
  readonly text: (chosen: ChosenValues) => LocalizedText;
}

const NOTES: readonly Note[] = [
  {
    isNeeded: ({ kind, stdin, arguments: words = [] }) =>
      kind === 'generate' && (stdin !== undefined || words.length > 0),
    text: () => ({
      en: 'generate_code takes neither standard input nor arguments: the program runs without them.',
      zh: 'generate_code 不接受标准输入和参数：程序将在没有它们的情况下运行。',
    }),
  },
  {
    isNeeded: (request) =>
      request.kind === 'execute' &&
      request.fileName !== undefined &&
      request.fileName !== LANGUAGES[request.language].entryFileName(request.code),
    text: () => ({
      en: 'execute_code takes no name of the program’s file: it gets the usual one of its language.',
      zh: 'execute_code 不接受程序文件名：将使用该语言的常用文件名。',
    }),
  },
  {
    isNeeded: (_, { executor, memoryBytes }) => executor !== undefined || memoryBytes !== undefined,
    text: () => ({
      en: 'Executor and memory are those of the server: start it with --executor and --memory.',
      zh: '执行器和内存由服务器决定：请用 --executor 和 --memory 启动服务器。',
    }),
  },
  {
    isNeeded: ({ kind }, { provider, model, baseUrl }) =>
      kind === 'generate' && (provider ?? model ?? baseUrl) !== undefined,
    text: () => ({
      en: 'The model is the one of the server: start it with --provider, --model and --base-url.',
      zh: '模型由服务器决定：请用 --provider、--model 和 --base-url 启动服务器。',
    }),
  },
  {
    isNeeded: ({ kind }, { timeoutMs, network }) =>
      kind === 'generate' && (timeoutMs !== undefined || network !== undefined),
    text: () => ({
      en: 'The time of a run and the network are those of the server: start it with --timeout and --network.',
      zh: '单次运行的时限和网络由服务器决定：请用 --timeout 和 --network 启动服务器。',
    }),
  },
  {
    isNeeded: ({ kind }, { timeoutMs = 0 }) =>
      kind === 'execute' && timeoutMs > DEFAULT_RUNNER_CONFIG.limits.runTimeoutMs,
    text: ({ timeoutMs = 0 }) => ({
      en: `A server refuses a longer time than its own: start it with --timeout ${durationText(timeoutMs)}.`,
      zh: `服务器拒绝超过自身时限的请求：请用 --timeout ${durationText(timeoutMs)} 启动服务器。`,
    }),
  },
  {
    isNeeded: ({ kind }, { network }) => kind === 'execute' && network === 'full',
    text: () => ({
      en: 'A server refuses the network unless it is its own setting: start it with --network full.',
      zh: '除非服务器自身允许，否则会拒绝联网：请用 --network full 启动服务器。',
    }),
  },
];

/** What somebody has to know who sends the call. */
export function mcpNotes(request: RunRequest, chosen: ChosenValues): readonly LocalizedText[] {
  return NOTES.filter(({ isNeeded }) => isNeeded(request, chosen)).map(({ text }) => text(chosen));
}
