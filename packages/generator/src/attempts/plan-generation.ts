import type { Config, GenerationRequest, GenerationTests } from '@cloche/core';
import type { LocalizedText } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { byteCount } from '../byte-count.ts';
import { LEAST_ANSWER_TOKENS } from './budget.ts';
import type { GenerationTask } from './generation-task.ts';
import { planOf } from './program-request.ts';
import { testedFileName } from './tested-file-name.ts';
import { testsRunNothing } from './tests-run-nothing.ts';

/** All of it is sent to the model, anew with every attempt. */
const MAXIMUM_TEXT_BYTES = 1024 * 1024;
const LONGEST_TIMEOUT_MS = 86_400_000;
const MOST_ATTEMPTS = 100;

/**
 * Checks a request and fills in what it leaves open, before a model is asked.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` with what is wrong, or what a plan of its runs is refused for
 */
export function planGeneration(
  request: GenerationRequest,
  config: Pick<Config, 'generator' | 'limits' | 'network'>,
): GenerationTask {
  const { generator } = config;
  const tests = request.tests ?? null;
  const task: GenerationTask = {
    request,
    language: request.language ?? tests?.language ?? null,
    context: (request.context ?? []).filter(({ path }) => path !== tests?.fileName),
    tests,
    executes: request.executes ?? true,
    maximumAttempts: count(
      'maximumAttempts',
      request.maximumAttempts ?? generator.maximumAttempts,
      MOST_ATTEMPTS,
    ),
    maximumOutputTokens: count(
      'maximumOutputTokens',
      request.maximumOutputTokens ?? generator.maximumOutputTokens,
      Number.MAX_SAFE_INTEGER,
      LEAST_ANSWER_TOKENS,
    ),
    timeoutMs: count('timeoutMs', request.timeoutMs ?? generator.timeoutMs, LONGEST_TIMEOUT_MS),
    limits: { ...config.limits, ...request.limits },
    network: request.network ?? config.network,
  };
  if (request.requirement.trim() === '') {
    throw invalid(
      { en: 'The requirement is empty.', zh: '需求为空。' },
      { en: 'Say what the program is to do.', zh: '请说明程序要做什么。' },
    );
  }
  if (!task.executes) refuseWhatNeedsARun(request);
  checkSize(request);
  if (tests !== null) checkTests(task, tests);
  planOf(task, task.language ?? 'python');
  return task;
}

function count(name: string, value: number, maximum: number, minimum = 1): number {
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value;
  throw invalid({
    en: `${name} is ${value}; it must be a whole number between ${minimum} and ${maximum}.`,
    zh: `${name} 的值为 ${value}；必须是 ${minimum} 和 ${maximum} 之间的整数。`,
  });
}

function refuseWhatNeedsARun({ tests, stdin, arguments: words = [] }: GenerationRequest): void {
  const given =
    tests !== undefined ? 'tests' : stdin !== undefined ? 'stdin' : words.length > 0 ? 'arguments' : null;
  if (given === null) return;
  throw invalid(
    {
      en: `${given} is given, and the program is not to be run.`,
      zh: `给出了 ${given}，但不要求运行程序。`,
    },
    { en: 'Leave one of them out.', zh: '请去掉其中一个。' },
  );
}

function checkSize({ requirement, tests, context = [] }: GenerationRequest): void {
  const bytes = context.reduce(
    (sum, { content }) => sum + byteCount(content),
    byteCount(requirement) + byteCount(tests?.code ?? ''),
  );
  if (bytes <= MAXIMUM_TEXT_BYTES) return;
  throw invalid(
    {
      en: `Requirement, tests and context have ${bytes} bytes, more than the ${MAXIMUM_TEXT_BYTES} that are sent to a model.`,
      zh: `需求、测试和上下文共 ${bytes} 字节，超过可发送给模型的 ${MAXIMUM_TEXT_BYTES} 字节。`,
    },
    { en: 'Give a part of it, or a sample of the data.', zh: '请只提供一部分或数据样本。' },
  );
}

function checkTests({ language }: GenerationTask, tests: GenerationTests): void {
  if (tests.code.trim() === '') {
    throw invalid(
      { en: 'The tests are empty: whatever is written would pass.', zh: '测试为空：无论写什么都会通过。' },
      {
        en: 'Give a program that exits 0 where all is well.',
        zh: '请提供一个在一切正常时退出码为 0 的程序。',
      },
    );
  }
  if (testsRunNothing(tests)) {
    const shown = JSON.stringify(tests.fileName);
    throw invalid(
      {
        en: `${shown} only declares tests, for a tool that runs them. Started as a program, it would test nothing.`,
        zh: `${shown} 只声明了测试，需由测试工具运行；作为程序启动时不会执行任何测试。`,
      },
      {
        en: 'Let it run them itself: `unittest.main()` or calls at the end in Python, `func main` in a file like tests.go in Go, `fn main` with assertions in Rust.',
        zh: '请让它自行运行测试：Python 在末尾调用 `unittest.main()` 或各测试函数，Go 在 tests.go 这样的文件中使用 `func main`，Rust 在 `fn main` 中使用断言。',
      },
    );
  }
  if (language === null || testedFileName(language, tests) !== tests.fileName) return;
  throw invalid(
    {
      en: `The tests are named ${JSON.stringify(tests.fileName)}, which is the name of the program itself.`,
      zh: `测试的文件名 ${JSON.stringify(tests.fileName)} 与程序本身的文件名相同。`,
    },
    { en: 'Give them another name, such as tests.py.', zh: '请换一个文件名，例如 tests.py。' },
  );
}

function invalid(message: LocalizedText, hint?: LocalizedText): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message, ...(hint === undefined ? {} : { hint }) });
}
