import type { GenerationResult } from '@cloche/core';
import type { MessageWriter } from '../../output/message-writer.ts';
import { printable } from '../../output/printable.ts';
import type { GenerationFile } from './generation-file.ts';
import { writeGenerationFile } from './write-generation-file.ts';

/** A program that did not run well is not kept: what is there already is better. */
export async function keepProgram(
  file: GenerationFile,
  result: GenerationResult,
  messages: MessageWriter,
): Promise<void> {
  const { status, code } = result;
  if (code === null || (status !== 'ok' && status !== 'not_executed')) return;
  await writeGenerationFile(file, code.endsWith('\n') ? code : `${code}\n`);
  const shown = printable(file.name);
  messages.note({ en: `The program is in ${shown}`, zh: `程序已保存到 ${shown}` });
}
