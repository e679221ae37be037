import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import { byteCount } from '../byte-count.ts';
import type { GenerationTask } from '../attempts/generation-task.ts';
import { planOf } from '../attempts/program-request.ts';

const MEBIBYTE = 1024 * 1024;

const ONLY_STANDARD =
  'Only what comes with the language is sure to be there: nothing can be installed, so do without other packages.';

/** What the program may count on where it runs, one fact a line. */
export function describeSandbox(
  task: GenerationTask,
  language: LanguageId | null,
  version: string | null,
): string {
  const { limits, network, request } = task;
  const stdin = request.stdin === undefined ? 'empty' : `given, ${byteCount(request.stdin)} bytes`;
  const argumentsGiven = request.arguments ?? [];
  const facts = [
    ...(language === null ? OF_ANY_LANGUAGE : factsOf(task, language, version)),
    ONLY_STANDARD,
    network === 'none'
      ? 'No network.'
      : 'The network can be reached, where the place that it runs in allows that.',
    `Time: ${limits.runTimeoutMs / 1000} s. Memory: ${Math.floor(limits.memoryBytes / MEBIBYTE)} MiB. Standard input: ${stdin}.`,
    ...(argumentsGiven.length === 0 ? [] : [`Arguments: ${JSON.stringify(argumentsGiven)}`]),
    'The work directory is writable, and is the current directory.',
  ];
  return facts.map((fact) => `- ${fact}`).join('\n');
}

const OF_ANY_LANGUAGE: readonly string[] = [
  'TypeScript runs on Node.js, its types taken out. C++ is compiled as C++20, Rust as edition 2021 without Cargo.',
];

function factsOf(task: GenerationTask, wanted: LanguageId, version: string | null): readonly string[] {
  const { language, compile, runArgv, entry } = planOf(task, wanted);
  const { displayName } = LANGUAGES[language];
  const named = version === null ? displayName : `${displayName} ${version}`;
  // Of Java, the names of file and class are the program's own choice.
  const isNameOpen = language === 'java' && task.tests === null;
  if (isNameOpen) return [`${named}. The file is saved under the name of its public class.`];
  const argumentCount = task.request.arguments?.length ?? 0;
  const command = runArgv.slice(0, runArgv.length - argumentCount).join(' ');
  return [
    `${named}. What is started is ${entry}, with: ${command}`,
    ...(compile?.kind === 'command' ? [`Compiled with: ${compile.argv.join(' ')}`] : []),
    ...(compile?.kind === 'host-transform' ? ['Types are taken out, and not checked.'] : []),
  ];
}
